"""Finds what stands in Liquid's braces, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.liquid.vocabulary import TAGS, WHOLE, is_known_output

_OPENING = re.compile(r"\{[{%]")
_NAME = re.compile(r"\s*(\w+)\s*")
_END = {name: re.compile(r"\{%-?\s*end" + name + r"\b[^%{}]*%\}") for name in WHOLE}


@dataclass(frozen=True)
class Mark:
    """A tag (`name` says which) or an output (`name` is ""), from `start` to `end` of its text.

    `expression` is what stands in it, beginning at `inside`. `left` and `right` tell whether blanks around it go.
    `known`: it is Liquid's or Jekyll's. `raw` is the text between the two ends of a block in which nothing is Liquid.
    """

    start: int
    end: int
    name: str
    expression: str
    inside: int
    left: bool = False
    right: bool = False
    known: bool = True
    raw: str | None = None

    @property
    def is_output(self) -> bool:
        """Whether it is no tag."""
        return not self.name


class Scan:
    """The marks of one text. `names` are those that stand for values in it; in an include (`free`) all may."""

    def __init__(self, text: str, names: frozenset[str] = frozenset(), *, free: bool = False) -> None:
        self._text, self._names, self._free = text, names, free
        self._ends = {"%}": -1, "}}": -1}
        self._never: set[str] = set()

    def marks(self) -> Iterator[Mark]:
        """Every mark, known or not. Inside of an unknown one there may be more."""
        at = 0
        while match := _OPENING.search(self._text, at):
            mark = self._mark(match.start(), "%}" if match[0] == "{%" else "}}")
            at = mark.end if mark is not None and mark.known else match.end()
            if mark is not None:
                yield mark

    def _mark(self, start: int, closing: str) -> Mark | None:
        close = self._close(start + 2, closing)
        if close < 0:
            return None
        inside = start + 3 if self._text[start + 2] == "-" else start + 2
        until = close - 1 if self._text[close - 1] == "-" and close - 1 >= inside else close
        strips = (inside > start + 2, until < close)
        if closing == "%}":
            return self._tag(start, close + 2, inside, until, strips)
        expression = self._text[inside:until]
        known = self._free or is_known_output(expression, self._names)
        return Mark(start, close + 2, "", expression, inside, *strips, known=bool(expression.strip()) and known)

    def _close(self, after: int, closing: str) -> int:
        """Where the next closing sign is; the same one is not looked for twice."""
        if self._ends[closing] < after:
            found = self._text.find(closing, after)
            self._ends[closing] = found if found >= 0 else len(self._text)
        return self._ends[closing] if self._ends[closing] < len(self._text) else -1

    def _tag(self, start: int, end: int, inside: int, until: int, strips: tuple[bool, bool]) -> Mark | None:
        match = _NAME.match(self._text, inside, until)
        if match is None or (match[1] not in TAGS and match.end(1) == match.end() < until):
            return None  # OCaml's `{%sql|` is no tag of anybody's
        mark = Mark(start, end, match[1], self._text[match.end() : until], match.end(), *strips, known=match[1] in TAGS)
        return self._whole(mark) if mark.name in WHOLE else mark

    def _whole(self, mark: Mark) -> Mark:
        """A block whose inside is not looked at. One that nothing ends is no block, but a single (wrong) tag."""
        match = _END[mark.name].search(self._text, mark.end) if mark.name not in self._never else None
        if match is None:
            self._never.add(mark.name)
            return mark
        text = self._text[mark.end : match.start()]
        return Mark(
            mark.start, match.end(), mark.name, mark.expression, mark.inside, mark.left, match[0][-3] == "-", raw=text
        )
