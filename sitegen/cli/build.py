"""`sitegen build`: the site."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from sitegen.cli.bar import Bar
from sitegen.cli.executors import hired
from sitegen.cli.left_out import show_left_out
from sitegen.cli.options import add_building, add_jobs, add_source, load_for_building, require_site
from sitegen.cli.pages_weight import weight_lines
from sitegen.cli.report import plural, say_waiting, show_problems, shown_path, styled
from sitegen.errors import Problem, SiteError, UsageError

if TYPE_CHECKING:
    from sitegen.build.timings import Timings

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
    parser.add_argument(
        "--forms",
        type=Path,
        metavar="FILE",
        help="also write what `sitegen receive --forms FILE` needs on another machine",
    )
    parser.add_argument(
        "--weight",
        nargs="?",
        const="table",
        choices=("table", "json"),
        help="show how heavy the pages are: the heaviest as a table, or all as `json`, in bytes",
    )
    parser.add_argument(
        "--timings",
        nargs="?",
        const="table",
        metavar="FILE.html",
        help="show where the time went: as a table, or as a picture in FILE.html",
    )
    add_jobs(parser)
    parser.add_argument("--clean", action="store_true", help="render everything anew")


def run(args: argparse.Namespace) -> int:
    """Build, and say in one line what came of it, and in a few what is left out and why."""
    from sitegen.build import build
    from sitegen.build.build import source_date_epoch

    require_site(args.source)
    config = load_for_building(args, args.output, strict=args.strict)
    _check_timings_file(args.timings)
    if args.forms is not None:
        _check_forms_file(args.forms, config.output)
    with hired(args.jobs, args.executor) as crew:
        report = build(
            config,
            now=datetime.now(UTC),
            epoch=source_date_epoch(),
            clean=args.clean,
            weighing=args.weight is not None,
            crew=crew,
            waiting=say_waiting,
            progress=Bar(sys.stderr).show,
        )
    show_problems(report.notices, sys.stderr)
    told = sys.stderr if args.weight == "json" else sys.stdout
    parts = [f"{report.written} written", f"{report.unchanged} unchanged"]
    if report.deleted:
        parts.append(f"{report.deleted} removed")
    site = report.site
    what = [plural(len(site.posts), "post"), *([plural(len(site.calls), "call")] if site.calls else [])]
    outcome = f"{', '.join(what)}, {plural(report.files, 'file')} ({', '.join(parts)}) in {report.seconds:.2f} s"
    print(f"{styled('Built', 'bold', told)} {shown_path(config.output)}/: {outcome}", file=told)
    show_left_out(site.left_out, site.now, told)
    for line in weight_lines(report.weights, args.weight, config):
        print(line)
    if args.timings is not None:
        _show_timings(args.timings, report.timings, outcome, told)
    if args.forms is not None:
        _write_forms_file(args)
    return 0


def _show_timings(way: str, timings: Timings, outcome: str, told: TextIO) -> None:
    """As a table, or in a file."""
    from sitegen.cli.timings import timing_lines, write_page

    if way == "table":
        for line in timing_lines(timings):
            print(line, file=told)
        return
    write_page(Path(way), timings, outcome)
    print(f"Wrote {shown_path(Path(way))}: where the time went", file=told)


def _check_timings_file(way: str | None) -> None:
    """Raises `UsageError` for what is no name of a page: `--timings posts` is a slip."""
    if way not in (None, "table") and not str(way).endswith(".html"):
        raise UsageError(f'--timings: "{way}" is no name of a page; it ends in .html')


def _check_forms_file(file: Path, output: Path) -> None:
    """It holds posts to come: nobody is to find it on the site. Raises `UsageError`."""
    if file.resolve().is_relative_to(output.resolve()):
        raise UsageError(f"--forms: {file} would be published with the site; write it outside of {shown_path(output)}")


def _write_forms_file(args: argparse.Namespace) -> None:
    """Replace the file whole, so that a receiver never reads half of it. Raises `SiteError`."""
    from sitegen.forms.receiver.exported import pack
    from sitegen.forms.receiver.loading import load_site

    site = load_site(args.source, datetime.now(UTC), url=args.url, baseurl=args.baseurl)
    file, staged = args.forms, args.forms.with_name(f".{args.forms.name}.new")
    try:
        data = pack(site, args.url, args.baseurl)
        file.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(data)
        os.replace(staged, file)
    except OSError as error:
        staged.unlink(missing_ok=True)
        raise SiteError(
            [Problem(str(file), None, f"cannot be written: {error.strerror}", "name another --forms")]
        ) from error
    print(f"Wrote {shown_path(file)} for `sitegen receive --forms`: {plural(len(site.calls), 'call')}")
