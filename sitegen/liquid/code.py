"""Where a body has code: fenced, indented, between backticks, in `<pre>`. Braces there are most often not Liquid's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_FENCE = re.compile(r"[ \t>]*(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)$")
_ITEM = re.compile(r"[ \t>]*(?:[*+-]|\d{1,9}[.)])[ \t]")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)\s*\S")
_INLINE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S]){1,2000}?(?<!`)\1(?!`)")
_PRE = re.compile(r"<pre\b.*?(?:</pre\s*>|\Z)", re.IGNORECASE | re.DOTALL)


class Code:
    """The code of one body; `html`: it is no Markdown, and `<pre>` alone is code."""

    def __init__(self, body: str, *, html: bool = False) -> None:
        spans = [match.span() for match in _PRE.finditer(body)]
        if not html:
            spans += _blocks(body)
            text = _without(body, spans)
            spans += [match.span() for match in _INLINE.finditer(text)]
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def holds(self, at: int) -> bool:
        """Whether that place of the body is in code."""
        place = bisect_right(self._starts, at) - 1
        return any(at < end for _, end in self._spans[max(0, place - 3) : place + 1])


def _without(body: str, spans: list[tuple[int, int]]) -> str:
    """The body with blanks where the spans are, so that a backtick in a block begins nothing."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            pieces += [body[at : max(at, start)], "\n" * (end - max(at, start))]
            at = end
    return "".join([*pieces, body[at:]])


def _blocks(body: str) -> Iterator[tuple[int, int]]:
    """Fenced and indented blocks: a line indented by four is code after a blank line, but not in a list."""
    offset, fence, listed, coded, blank = 0, "", False, False, True
    start = 0
    for line in body.split("\n"):
        end = offset + len(line) + 1
        if fence:
            if _closes(line, fence):
                yield start, end
                fence = ""
        elif match := _FENCE.match(line):
            start, fence = offset, match[1] or match[2]
        elif not line.strip():
            blank = True
            offset = end
            continue
        elif _INDENTED.match(line) and not listed and (blank or coded):
            yield offset, end
            coded, offset, blank = True, end, False
            continue
        elif _ITEM.match(line):
            listed = True
        elif not line[0].isspace():
            listed = listed and not blank
        coded = blank = False
        offset = end
    if fence:
        yield start, len(body)


def _closes(line: str, fence: str) -> bool:
    marks = line.strip(" \t>")
    return len(marks) >= len(fence) and not marks.strip(fence[0])
