"""The lines of a Markdown body that are not text: fenced code and the author's own HTML blocks.

What stands in them is nobody's markup: the list rules, the separator of excerpts and the budgets pass it over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FENCE = re.compile(r" *(?:(?P<ticks>`{3,})(?P<info>[^`]*)|(?P<tildes>~{3,})(?P<words>.*))$")
_VERBATIM = re.compile(r" {0,3}<(pre|script|style|textarea|svg|math)\b(?![^>]*/>)", re.IGNORECASE)
_BLOCK = re.compile(
    r" {0,3}<(address|article|aside|blockquote|body|center|details|dialog|dir|div|dl|fieldset|figcaption|figure"
    r"|footer|form|frameset|h[1-6]|head|header|html|iframe|legend|li|main|map|menu|nav|object|ol|optgroup|option"
    r"|p|picture|section|select|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio|canvas)\b([^>]*)",
    re.IGNORECASE,
)
_AS_MARKDOWN = re.compile(r"""\bmarkdown\s*=\s*["']?(?:1|block|span)""", re.IGNORECASE)


@dataclass(frozen=True)
class Fence:
    """How a fenced block begins: the sign and length of its fence, its blanks before, its info string."""

    sign: str
    length: int
    indent: int
    info: str


def fence_at(line: str) -> Fence | None:
    """The fence that the line opens, if it does."""
    if not (match := FENCE.match(line)):
        return None
    marks = match["ticks"] or match["tildes"]
    info = match["info"] if match["ticks"] else match["words"]
    return Fence(marks[0], len(marks), len(line) - len(line.lstrip(" ")), info.strip())


def closes(line: str, fence: Fence) -> bool:
    """Whether the line, marks of quotes before it or not, ends the fenced block."""
    marks = line.strip().lstrip("> ")
    return len(marks) >= fence.length and not marks.strip(fence.sign)


class FencedBlocks:
    """Finds where fenced blocks end, in linear time for the whole document. What nothing closes is text."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._never: set[tuple[str, int]] = set()

    def end(self, start: int) -> int:
        """The line after the fenced block that begins at `start`; `start` itself if none does."""
        fence = fence_at(self._lines[start].lstrip(" >"))
        if not fence or (fence.sign, fence.length) in self._never:
            return start
        for at in range(start + 1, len(self._lines)):
            if closes(self._lines[at], fence):
                return at + 1
        self._never.add((fence.sign, fence.length))
        return start


class HtmlBlocks:
    """Finds where HTML blocks end, in linear time for the whole document.

    A tag that nothing closes ends at the next blank line; it is remembered, so that the search is made once.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._never: set[str] = set()

    def end(self, start: int, column: int = 0) -> int:
        """The line after the block that begins at `start` (and that column); `start` itself if none does."""
        line = self._lines[start][column:]
        if "<" not in line[:4]:
            return start
        if line.lstrip(" ").startswith("<!--"):
            return self._line_with("-->", start)
        if match := _VERBATIM.match(line):
            return self._line_with(f"</{match[1].lower()}", start)
        if (match := _BLOCK.match(line)) and not _AS_MARKDOWN.search(match[2]):
            return self._balanced(match[1].lower(), start)
        return start

    def _line_with(self, mark: str, start: int) -> int:
        if mark not in self._never:
            for at in range(start, len(self._lines)):
                if mark in self._lines[at].lower():
                    return at + 1
            self._never.add(mark)
        return self._blank_line(start)

    def _balanced(self, tag: str, start: int) -> int:
        if tag not in self._never:
            depth = 0
            pattern = re.compile(rf"<(/?){tag}\b", re.IGNORECASE)
            for at in range(start, len(self._lines)):
                depth += sum(-1 if slash else 1 for slash in pattern.findall(self._lines[at]))
                if depth <= 0:
                    return at + 1
            self._never.add(tag)
        return self._blank_line(start)

    def _blank_line(self, start: int) -> int:
        for at in range(start, len(self._lines)):
            if not self._lines[at].strip():
                return at
        return len(self._lines)


def outside_fences(body: str, wanted: str) -> int:
    """Where the wanted text first stands outside fenced code and code marks; -1 if nowhere."""
    at = body.find(wanted)
    if at < 0:
        return -1
    fences = list(_fences(body))
    while at >= 0 and (body[at - 1 : at] == "`" or any(start <= at < end for start, end in fences)):
        at = body.find(wanted, at + 1)
    return at


def _fences(body: str) -> Iterator[tuple[int, int]]:
    """Where each fenced block begins and ends in the body."""
    lines = body.split("\n")
    blocks = FencedBlocks(lines)
    offset = at = 0
    while at < len(lines):
        fenced = blocks.end(at)
        end = max(fenced, at + 1)
        length = sum(len(line) + 1 for line in lines[at:end])
        if fenced > at:
            yield offset, offset + length
        offset, at = offset + length, end


def text_lines(body: str) -> Iterator[tuple[int, str]]:
    """The lines outside fenced code and HTML blocks, with their numbers from 0."""
    lines = body.split("\n")
    html, fenced = HtmlBlocks(lines), FencedBlocks(lines)
    at = 0
    while at < len(lines):
        if (end := max(fenced.end(at), html.end(at))) > at:
            at = end
        else:
            yield at, lines[at]
            at += 1
