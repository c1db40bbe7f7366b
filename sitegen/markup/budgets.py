"""What a body may cost, by count and size, so that the same body passes or fails on every machine.

The default engine counts its steps as it reads (`kramdown.document.STEPS`), for its time goes with them; the limits
here are for what is deep, since a parser recurses into it, and for the compiled engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sitegen.frozen import dataclass
from sitegen.markup.lines import text_lines
from sitegen.markup.rendered import MarkupError
from sitegen.patterns import regex

CELLS = 10_000  # of one table, columns times rows
REPEATS = 500  # references to one footnote
DEPTH = 30  # lists and quotes in one another
HTML_DEPTH = 100  # the author's elements in one another

_UNSTORABLE = regex("[\x00\ud800-\udfff]")  # no file can hold a lone surrogate, no page shows NUL
_MARK = r"(?:[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}\.(?=[ \t])))"
_NESTED = regex(f"{_MARK}+")
_DEEP = regex(rf"\n{_MARK}{{{DEPTH + 1}}}")
_RULE = regex(r" *([*_-])(?: *\1)+ *$")
_CELLS = regex(r"(?=[^-]*-)[ :|-]+$")


def readable(body: str) -> str:
    """The body with one kind of line end, and without signs that no file can hold or that the engine uses itself."""
    text = body.replace("\r\n", "\n").replace("\r", "\n") if "\r" in body else body
    text = text if _is_storable(text) else _UNSTORABLE.sub("\ufffd", text)
    return text.replace("\x02", "").replace("\x03", "")


def _is_storable(text: str) -> bool:
    try:
        return b"\x00" not in text.encode()
    except UnicodeEncodeError:
        return False


@dataclass(frozen=True)
class _Paragraph:
    """Lines of text without a blank line between them; `line` is the first one's number from 1."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def check_shape(body: str) -> None:
    """Raise `MarkupError` for what would be too much for a page of the compiled engine."""
    if _is_flat(body):
        return
    for paragraph in _paragraphs(text_lines(body)):
        _check_depth(paragraph)
        _check_table(paragraph)


def _is_flat(body: str) -> bool:
    """Whether no line of it begins too deep, and all of it would make no table that is too large."""
    cells = (body.count("|") + 1) * (body.count("\n") + 1)
    return cells <= CELLS and not _DEEP.search("\n" + body)


def _paragraphs(lines: Iterable[tuple[int, str]]) -> Iterator[_Paragraph]:
    block: list[str] = []
    first = last = 0
    for at, line in lines:
        blank = not line.strip(" \t>")
        if block and (blank or at != last + 1):
            yield _Paragraph(first + 1, tuple(block))
            block = []
        if not blank:
            first = first if block else at
            block.append(line)
        elif _NESTED.match(line):
            yield _Paragraph(at + 1, (line,))
        last = at
    if block:
        yield _Paragraph(first + 1, tuple(block))


def _check_depth(paragraph: _Paragraph) -> None:
    for at, line in enumerate(paragraph.lines):
        match = _NESTED.match(line)
        if match and len(re.findall(r">|[*+-]|\d+\.", match[0])) > DEPTH and not _RULE.match(line):
            raise MarkupError(f"lists and quotes more than {DEPTH} deep", paragraph.line + at)


def _check_table(paragraph: _Paragraph) -> None:
    if "|" in paragraph.text and any(_CELLS.match(line) for line in paragraph.lines[:3]):
        columns = max(line.count("|") for line in paragraph.lines) + 1
        if columns * len(paragraph.lines) > CELLS:
            raise MarkupError(f"a table of more than {CELLS:,} cells", paragraph.line)
