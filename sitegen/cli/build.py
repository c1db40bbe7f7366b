"""`sitegen build`: the site."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from sitegen.cli.left_out import show_left_out
from sitegen.cli.options import add_building, add_source, load_for_building, require_site
from sitegen.cli.report import plural, say_waiting, show_problems, shown_path, styled

NAME = "build"
HELP = "build the site"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    add_source(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUTPUT",
        help="where the site is written (default: SOURCE/output)",
    )
    add_building(parser)
    parser.add_argument("--clean", action="store_true", help="render everything anew")


def run(args: argparse.Namespace) -> int:
    """Build, and say in one line what came of it, and in a few what is left out and why."""
    from sitegen.build import build
    from sitegen.build.build import source_date_epoch

    require_site(args.source)
    config = load_for_building(args, args.output, strict=args.strict)
    report = build(config, now=datetime.now(UTC), epoch=source_date_epoch(), clean=args.clean, waiting=say_waiting)
    show_problems(report.notices, sys.stderr)
    parts = [f"{report.written} written", f"{report.unchanged} unchanged"]
    if report.deleted:
        parts.append(f"{report.deleted} removed")
    site = report.site
    what = [plural(len(site.posts), "post"), *([plural(len(site.calls), "call")] if site.calls else [])]
    print(
        f"{styled('Built', 'bold', sys.stdout)} {shown_path(config.output)}/: {', '.join(what)}, "
        f"{plural(report.files, 'file')} ({', '.join(parts)}) in {report.seconds:.2f} s"
    )
    show_left_out(site.left_out, site.now, sys.stdout)
    return 0
