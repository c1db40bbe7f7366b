"""Rows in columns: aligned on a terminal and elsewhere, and cut to fit a terminal only."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable
from typing import TextIO

from sitegen.cli.report import printable, styled

Row = tuple[str, str, str]  # what it is, what there is, a remark
WIDEST = 56  # signs of a column: what is longer moves the next one of its row only
LEAST = 28  # signs of the second one, however narrow the terminal


def show_rows(rows: Iterable[Row], stream: TextIO, *, prose: bool = False) -> None:
    """Each row on a line; the remark is quiet. On a terminal `prose` is cut to its column, but for addresses in it."""
    shown = [tuple(map(printable, row)) for row in rows]
    widths = [max((width_of(row[at]) for row in shown), default=0) for at in range(3)]
    first, second = (min(WIDEST, width) for width in widths[:2])
    if stream.isatty() and second:
        second = min(second, max(LEAST, shutil.get_terminal_size().columns - 6 - first - widths[2]))
    for name, text, remark in shown:
        if stream.isatty() and prose and not text.startswith("/"):
            text = _cut(text, second)
        cells = [_padded(name, first), *([_padded(text, second)] if second else []), styled(remark, "quiet", stream)]
        print("  " + "  ".join(cells if remark else cells[:-1]).rstrip(), file=stream)


def width_of(text: str) -> int:
    """The columns that a text takes: signs of East Asia take two, those that join another one none."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))


def _cut(text: str, width: int) -> str:
    if width_of(text) <= width:
        return text
    while width_of(text) >= width:
        text = text[:-1]
    return f"{text.rstrip()}…"
