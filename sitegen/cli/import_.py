"""`sitegen import`: a site of sitegen's from one of Jekyll's, and the proof that it is the same."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.columns import show_rows
from sitegen.cli.init import own_command
from sitegen.cli.report import plural, printable, shown_path, styled

if TYPE_CHECKING:
    from sitegen.importing.comparing.compare import Comparison
    from sitegen.importing.report import Group, Import

MOST = 8  # of one kind that are shown; IMPORT.md has all


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("kind", choices=("jekyll",), metavar="jekyll", help="what builds the site so far")
    parser.add_argument("source", type=Path, metavar="SOURCE", help="the folder of that site; it stays as it is")
    parser.add_argument(
        "dest", type=Path, nargs="?", metavar="DEST", help="a new folder for the site (default: only report)"
    )
    parser.add_argument(
        "--compare", type=Path, metavar="_site", help="compare every page with what Jekyll has written into that folder"
    )


def run(args: argparse.Namespace) -> int:
    """Import, say what came of it, and compare; 1 if a page is not the same."""
    from sitegen.importing.comparing.compare import compare
    from sitegen.importing.comparing.written import require_written
    from sitegen.importing.jekyll import import_site, jekyll_site, report_in_place

    now = datetime.now(UTC)
    if args.compare is not None:
        require_written(args.compare)  # a wrong name is better told before than after
    if args.dest is not None:
        report, rehearsal = import_site(jekyll_site(args.source), args.dest, now=now)
        _show(f"Imported {shown_path(args.source)} into {shown_path(args.dest)}", report, MOST)
        print(f"\nIMPORT.md has all of this. Next: cd {args.dest} && {own_command()} serve")
    else:
        config = jekyll_site(args.source, or_ours=args.compare is not None)
        report, rehearsal = report_in_place(config, now=now)
        _show(f"{shown_path(args.source)} as a build takes it", report, None)
        print("\nNothing was written.")
    if args.compare is None:
        return 0
    comparison = compare(rehearsal, args.compare, args.source)
    _show_comparison(comparison, args.compare)
    return int(bool(comparison.differences))


def _show(head: str, report: Import, most: int | None) -> None:
    """What was taken over, what was changed, what was left, and last what needs a hand."""
    print(styled(head, "bold", sys.stdout))
    show_rows(((f"{row.number:>5,} {row.kind}", row.where, "") for row in report.taken), sys.stdout)
    if report.left:
        _head("Left alone")
        print(f"  {_listed(report.left)}")
    if report.changed:
        _head("Changed on the way")
        for group in report.changed:
            print(f"  {group.name}: {plural(len({problem.path for problem in group.problems}), 'file')}")
    if report.hands:
        _head("Needs a hand")
        for group in report.hands:
            _show_group(group, most)


def _show_group(group: Group, most: int | None) -> None:
    print(f"  {group.name}")
    for problem in group.problems[:most]:
        print(f"    {styled(printable(problem.where), 'bold', sys.stdout)}: {printable(problem.message)}")
        if problem.hint:
            print("        " + styled(f"hint: {printable(problem.hint)}", "quiet", sys.stdout))
    if more := len(group.problems) - len(group.problems[:most]):
        print(f"    … and {more:,} more")


def _show_comparison(found: Comparison, site: Path) -> None:
    """Each difference on a line, and in the end how many pages are the same."""
    _head(f"Compared with {shown_path(site)}")
    for difference in found.differences:
        print(f"{styled(printable(difference.url), 'bold', sys.stdout)}: {printable(difference.what)}")
    if found.missing:
        print(f"Not here, and not of that site's own (a theme, a plugin or Sass made it): {_listed(found.missing)}")
    if found.added:
        print(f"Only here: {_listed(found.added)}")
    all_same = found.same == found.pages and not found.differences
    text = f"{found.same:,} of {found.pages:,} {'page is' if found.pages == 1 else 'pages are'} the same"
    print(styled(text, "good" if all_same else "warning", sys.stdout))


def _head(text: str) -> None:
    print(f"\n{styled(text, 'bold', sys.stdout)}")


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST:,} more" if len(names) > MOST else ""
    return ", ".join(map(printable, names[:MOST])) + more
