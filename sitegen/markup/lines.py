"""The lines of a Markdown body that are not text: fenced code and the author's own HTML blocks.

What stands in them is nobody's markup: the list rules, the separator of excerpts and the budgets pass it over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from sitegen.frozen import dataclass
from sitegen.patterns import regex

FENCE = regex(r" *(?:(?P<ticks>`{3,})(?P<info>[^`]*)|(?P<tildes>~{3,})(?P<words>.*))$")
_VERBATIM = regex(r" {0,3}<(pre|script|style|textarea|svg|math)\b(?![^>]*/>)", re.IGNORECASE)
_BLOCK = regex(
    r" {0,3}<(address|article|aside|blockquote|body|center|details|dialog|dir|div|dl|fieldset|figcaption|figure"
    r"|footer|form|frameset|h[1-6]|head|header|html|iframe|legend|li|main|map|menu|nav|object|ol|optgroup|option"
    r"|p|picture|section|select|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio|canvas)\b([^>]*)",
    re.IGNORECASE,
)
_AS_MARKDOWN = regex(r"""\bmarkdown\s*=\s*["']?(?:1|block|span)""", re.IGNORECASE)


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


class Part(NamedTuple):
    """Lines `start` to `end` (from 0; the latter is the next part's): one of text, or a whole block that is none."""

    start: int
    end: int
    is_text: bool


def block_end(lines: Sequence[str], *, html: bool = True) -> Callable[[int], int]:
    """A look-up: the line after the fenced or HTML block that begins at a line; that line itself if none does."""
    fenced, others = FencedBlocks(lines), HtmlBlocks(lines)
    return lambda start: max(fenced.end(start), others.end(start) if html else start)


def parts(lines: Sequence[str], *, html: bool = True) -> Iterator[Part]:
    """All of a body: each line of text, and each block of fenced code or, with `html`, of HTML."""
    end_of, at = block_end(lines, html=html), 0
    while at < len(lines):
        end = end_of(at)
        yield Part(at, max(end, at + 1), is_text=end == at)
        at = max(end, at + 1)


def text_lines(body: str, *, html: bool = True) -> Iterator[tuple[int, str]]:
    """The lines of text, with their numbers from 0: those outside fenced code and, with `html`, HTML blocks."""
    lines = body.split("\n")
    return ((part.start, lines[part.start]) for part in parts(lines, html=html) if part.is_text)


def unfenced(body: str) -> Iterator[tuple[int, str]]:
    """The lines outside fenced code, with their numbers from 0."""
    return text_lines(body, html=False)


def fences(body: str) -> Iterator[tuple[Part, Fence]]:
    """Each fence, with its block; with its line alone, which is text, where nothing closes it."""
    lines = body.split("\n")
    for part in parts(lines):
        if (fence := fence_at(lines[part.start].lstrip(" >"))) is not None:
            yield part, fence


def outside_fences(body: str, wanted: str) -> int:
    """Where the wanted text first stands outside fenced code and code marks; -1 if nowhere."""
    at = body.find(wanted)
    if at < 0:
        return -1
    lines = body.split("\n")
    places = list(accumulate((len(line) + 1 for line in lines), initial=0))
    fenced = [(places[part.start], places[part.end]) for part in parts(lines, html=False) if not part.is_text]
    while at >= 0 and (body[at - 1 : at] == "`" or any(start <= at < end for start, end in fenced)):
        at = body.find(wanted, at + 1)
    return at
