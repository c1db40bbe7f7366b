"""Tables. Source: kramdown/parser/kramdown/table.rb.

Not as kramdown: for it any line with a `|` between blank lines is a table. Here a table has a line of dashes, or
each line begins with `|`, or there are several lines of as many cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.markup.kramdown.document import Document
from sitegen.markup.kramdown.nodes import Node
from sitegen.markup.kramdown.paragraphs import BOUNDARY
from sitegen.markup.kramdown.patterns import BLANKS, TABLE_LINE, here

if TYPE_CHECKING:
    from sitegen.markup.kramdown.blocks import Blocks

_LINE = here(TABLE_LINE)
_SEPARATOR = here(r"^(?=[^\n-]*-)([+|: \t-]+)\n")
_FOOTER = here(r"^(?=[^\n=]*=)[+|: \t=]+\n")
_ALIGN = re.compile(r"[ \t]?(:?)-+(:?)[ \t]?")
_CODE = re.compile(r"<code\b|`+")
_PIPE = re.compile(r"(?<!\\)\|")
_ALIGNMENTS = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}


@dataclass
class _Table:
    """What was read: groups of rows by their tag, the rows that belong to none yet."""

    groups: list[tuple[str, list[list[str]]]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    alignment: list[str] = field(default_factory=list)
    footer: bool = False
    lines: bool = False  # whether there was a line of dashes

    def close(self, tag: str, *, force: bool = False) -> None:
        if self.rows and (not self.footer or tag != "tbody" or force):
            self.groups.append((tag, self.rows))
            self.rows = []

    def separator(self, line: str) -> None:
        self.lines = True
        if not self.rows:
            return
        if self.alignment or self.footer:
            self.close("tbody")
        else:
            self.close("thead")
            self.alignment = [_ALIGNMENTS[pair] for pair in _ALIGN.findall(line)]


def table(blocks: Blocks, match: re.Match[str]) -> bool:
    """Lines with `|` in them, between blank lines."""
    if not blocks.at_boundary():
        return False
    start = blocks.at
    found = _read(blocks)
    if found is None or not _is_whole(blocks, found, start):
        blocks.at = start
        return False
    _write(blocks.add(Node("table")), found, blocks.document)
    return True


def _is_whole(blocks: Blocks, found: _Table, start: int) -> bool:
    """Whether the table ends where text ends, is meant as one, and has rows."""
    if not BOUNDARY.match(blocks.text, blocks.at) or not _is_meant(found, blocks.text[start : blocks.at]):
        return False
    found.close("tfoot" if found.footer else "tbody")
    return any(tag == "tbody" for tag, _ in found.groups)


def _read(blocks: Blocks) -> _Table | None:
    """The table's lines; None if one of them has no `|` outside code."""
    found = _Table()
    leading = blocks.text.startswith("|", blocks.at) or blocks.line().lstrip(BLANKS).startswith("|")
    if line := blocks.scan(_SEPARATOR):
        found.lines = True
    while blocks.at < len(blocks.text) and _LINE.match(blocks.text, blocks.at):
        if line := blocks.scan(_SEPARATOR):
            found.separator(line[1])
        elif blocks.scan(_FOOTER):
            found.close("tbody", force=True)
            found.footer = found.lines = True
        else:
            text = blocks.line()
            cells = _cells(text.strip(BLANKS))
            if len(cells) < 2:
                return None
            if leading and not cells[0].strip(BLANKS):
                del cells[0]
            if cells and not cells[-1].strip(BLANKS):
                del cells[-1]
            found.rows.append([cell.strip(BLANKS) for cell in cells])
            blocks.at += len(text)
    return found


def _is_meant(found: _Table, source: str) -> bool:
    """Whether it is a table, or text with a `|` in it."""
    if found.lines:
        return True
    lines = source.rstrip("\n").split("\n")
    if all(line.lstrip().startswith("|") for line in lines):
        return True
    return len(found.rows) > 1 and len(found.rows[0]) > 1 and len({len(row) for row in found.rows}) == 1


def _cells(line: str) -> list[str]:
    """The line cut at `|`, but for those in code and those with a backslash."""
    cells, last = [""], 0
    for start, end in [*_codes(line), (len(line), len(line))]:
        first, *rest = _PIPE.split(line[last:start])
        cells[-1] += first.replace("\\|", "|")
        cells += [cell.replace("\\|", "|") for cell in rest]
        cells[-1] += line[start:end]
        last = end
    return cells


def _codes(line: str) -> Iterator[tuple[int, int]]:
    """Where each code in the line begins and ends."""
    at = 0
    never: set[str] = set()
    while opening := _CODE.search(line, at):
        at, closing = opening.end(), "</code>" if opening[0][0] == "<" else opening[0]
        end = -1 if closing in never else line.find(closing, at)
        if end < 0:
            never.add(closing)
        else:
            at = end + len(closing)
            yield opening.start(), at


def _write(node: Node, found: _Table, document: Document) -> None:
    rows = [row for _, group in found.groups for row in group]
    columns = max(map(len, rows))
    document.spend(2 * columns * len(rows))
    for tag, group in found.groups:
        section = Node(tag)
        node.append(section)
        for row in group:
            section.append(_row(row, columns, found.alignment, "th" if tag == "thead" else "td"))


def _row(row: list[str], columns: int, alignment: list[str], tag: str) -> Node:
    node = Node("tr")
    for at in range(columns):
        cell = Node(tag)
        if at < len(alignment) and alignment[at]:
            cell.set("style", f"text-align: {alignment[at]}")
        cell.source = row[at] if at < len(row) else ""
        node.append(cell)
    return node
