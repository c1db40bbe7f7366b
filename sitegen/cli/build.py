"""`sitegen build`: the site."""

from __future__ import annotations

from time import perf_counter, time_ns

from sitegen import seal
from sitegen.cli.options import add_building, add_jobs, add_source
from sitegen.cli.report import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    add_source(parser, str)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUTPUT",
        help="where the site is written (default: SOURCE/output)",
    )
    add_building(parser)
    parser.add_argument(
        "--forms",
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
    return build_at(args, time_ns())


def build_at(args: argparse.Namespace, now: int) -> int:
    """The same at a moment, in nanoseconds since 1970. Where nothing has changed, that is all there is to find out."""
    started = perf_counter()
    view = look(args) if seal.is_kept(args.source) else None
    said = None if view is None else seal.answer(view, now)
    if said is None:
        from sitegen.cli.building import build_whole

        return build_whole(args, now, view)
    say(said, perf_counter() - started)
    return 0


def look(args: argparse.Namespace) -> seal.View | None:
    """What there is to see before the build; None for a build that wants more than a site."""
    if args.clean or any(one is not None for one in (args.executor, args.weight, args.timings, args.forms)):
        return None
    options = (args.drafts, args.future, args.expired, args.url, args.baseurl, args.strict)
    return seal.look(args.source, args.output, options)
