"""What several actions print: tables and lines, and what became of answers."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from sitegen.cli.report import is_coloured

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from sitegen.forms.inbox.store import Changes
    from sitegen.forms.submission import Submission

UNCUT = 100_000  # columns where there is no terminal: more than a line of ours has signs
NAMED = 10  # changed answers that are named one by one


def width() -> int | None:
    """The columns of the terminal, or those that `COLUMNS` says; None elsewhere: nothing is cut or wrapped."""
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return shutil.get_terminal_size().columns
    return None


def show(what: RenderableType) -> None:
    """Print it as wide as `width` says."""
    console = _console(width() or UNCUT)
    with console.capture() as text:
        console.print(what)
    print("\n".join(line.rstrip(" ") for line in text.get().splitlines()))


def show_lines(lines: Iterable[Text]) -> None:
    """Print lines that know how wide they may be, one at a time: there may be very many."""
    if not is_coloured(sys.stdout):
        sys.stdout.writelines(f"{line.plain.rstrip(' ')}\n" for line in lines)
        return
    console = _console(UNCUT)
    for line in lines:
        line.rstrip()
        console.print(line, no_wrap=True, crop=False)


def show_submissions(submissions: Sequence[Submission]) -> None:
    """Print a table of some."""
    from sitegen.forms.inbox.overview import columns_for, lines_of

    columns = columns_for({one.form for one in submissions}, {one.state for one in submissions}, width())
    show_lines(lines_of(submissions, columns))


def _console(columns: int) -> Console:
    from rich.console import Console

    coloured = is_coloured(sys.stdout)
    colours: Literal["auto"] | None = "auto" if coloured else None
    return Console(width=columns, color_system=colours, force_terminal=coloured, highlight=False, emoji=False)


def report(args: argparse.Namespace, changes: Changes, became: Callable[[Submission], str]) -> None:
    """Tell what submissions have become ("joined now"), and who has moved up because of it; or all of it as JSON."""
    if args.json:
        lists = {"submissions": changes.submissions, "promoted": changes.promoted}
        print(json.dumps({name: [one.as_json() for one in those] for name, those in lists.items()}))
        return
    for what, those in _grouped(changes.submissions, became):
        print(f"{what} {'is' if len(those) == 1 else 'are'} {became(those[0])}")
    tell_promoted(changes.promoted)


def tell_promoted(promoted: Sequence[Submission]) -> None:
    """Tell who has moved up."""
    for what, those in _grouped(promoted, lambda _: "new"):
        words = (
            "has moved up from the waitlist: it is" if len(those) == 1 else "have moved up from the waitlist: they are"
        )
        print(f"{what} {words} new now")


def _grouped(
    those: Sequence[Submission], key: Callable[[Submission], str]
) -> Iterator[tuple[str, Sequence[Submission]]]:
    """How to name them, each by itself; many of one kind by their number."""
    if len(those) <= NAMED:
        yield from ((one.id, [one]) for one in those)
        return
    kinds = Counter(key(one) for one in those)
    for kind in kinds:
        same = [one for one in those if key(one) == kind]
        yield (same[0].id if len(same) == 1 else f"{len(same):,} submissions"), same
