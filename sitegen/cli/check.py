"""`sitegen check`: what is wrong with a site that builds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.options import add_building, add_source, load_for_building, require_site
from sitegen.cli.report import plural, show_problems, shown_path, styled, summary
from sitegen.errors import SiteError, did_you_mean
from sitegen.settings.names import CHECK_NAMES

if TYPE_CHECKING:
    from sitegen.check.run import CheckReport, Finding
    from sitegen.config import Config

FORMATS = ("text", "json", "github")
EXTERNAL = "external"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    add_source(parser)
    add_building(parser)
    parser.add_argument("--only", type=_names, metavar="NAMES", help="only these checks, with commas between them")
    parser.add_argument("--skip", type=_names, default=(), metavar="NAMES", help="all checks but these")
    parser.add_argument(
        "--external", action="store_true", help="ask other sites, too, whether links to them still work"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="how findings are printed (default: text)")
    parser.add_argument("--json", action="store_const", dest="format", const="json", help="the same as --format json")


def run(args: argparse.Namespace) -> int:
    """Check, show what was found, and say in one line what came of it."""
    require_site(args.source)
    report = _report(args)
    show(report, args.format, args.source)
    failing = ("error", "warning") if args.strict else ("error",)
    return int(any(finding.problem.severity in failing for finding in report.findings))


def _report(args: argparse.Namespace) -> CheckReport:
    from sitegen.build.build import source_date_epoch
    from sitegen.check.external import Asking
    from sitegen.check.run import refused
    from sitegen.check.run import run as check

    try:
        config = load_for_building(args)
    except SiteError as error:
        return refused(error)
    names, now = wanted_names(args, config), datetime.now(UTC)
    asking = Asking(config.memory / "external.json", now) if EXTERNAL in names else None
    return check(config, names, now=now, epoch=source_date_epoch(), asking=asking, waiting=_say_waiting)


def wanted_names(args: argparse.Namespace, config: Config) -> list[str]:
    """The checks that the command line asks for, or else all but those that the setting leaves out.

    Other sites are asked only if that is said.
    """
    usual = [name for name in CHECK_NAMES if name not in config.check_skip and name != EXTERNAL]
    names = [*(args.only or usual), *([EXTERNAL] if args.external else [])]
    return [name for name in names if name not in args.skip]


def show(report: CheckReport, style: str, source: Path) -> None:
    """Print what was found in the style asked for."""
    from sitegen.cli.findings import github_lines, json_text, merged, named, shortened

    found = merged(report.findings)
    if style == "json":
        print(json_text(report.findings))
    elif style == "github":
        for line in github_lines(found, shown_path(source)):
            print(line)
    else:
        show_problems((named(finding) for finding in shortened(found)), sys.stderr)
        print(_summary(report, found, source), flush=True)


def _summary(report: CheckReport, found: Sequence[Finding], source: Path) -> str:
    outcome = summary(finding.problem for finding in found) or "nothing to mend"
    where = shown_path(source)
    if report.site is None:
        return f"{styled('Not checked', 'bold', sys.stdout)}, since {where}/ cannot be built: {outcome}"
    what = [plural(len(report.site.posts), "post"), plural(report.pages, "page")]
    return (
        f"{styled('Checked', 'bold', sys.stdout)} {where}/: {', '.join(what)}, "
        f"{report.addresses} addresses: {outcome} in {report.seconds:.2f} s"
    )


def _names(text: str) -> Sequence[str]:
    """Names of checks, as argparse takes them."""
    names = tuple(filter(None, (name.strip() for name in text.split(","))))
    for name in names:
        if name not in CHECK_NAMES:
            raise argparse.ArgumentTypeError(f'there is no check "{name}"; {did_you_mean(name, CHECK_NAMES)}')
    return names


def _say_waiting() -> None:
    print("a build of this site is running; waiting for it", file=sys.stderr, flush=True)
