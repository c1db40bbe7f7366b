"""Shortcodes: `::name{key="value"}` as a block of its own, and `:::name` … `:::` around Markdown.

Before an engine reads a body, each of them becomes a comment that names the digest of the body, so that nothing in it
can be taken for one. In the HTML the comments tell the places, and are gone.

The spelling is that of CommonMark's proposal for directives (remark-directive).
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape, unescape
from itertools import accumulate

from sitegen.digests import digest_of
from sitegen.frozen import dataclass
from sitegen.markup.budgets import DEPTH
from sitegen.markup.lines import block_end
from sitegen.markup.rendered import MarkupError, Rendered, Shortcode
from sitegen.markup.tokens import tokens
from sitegen.patterns import regex

_OPENING = regex(r"(:{2,})([a-z][a-z0-9-]*)(?:[ \t]*(?=\{)|(?=[ \t]*$))", re.MULTILINE)
_CLOSING = regex(r":{3,}[ \t]*$")
_LINE_END = regex(r"[ \t]*(?:\n|\Z)")
_SPACE = regex(r"(?:[ \t]|\n(?![ \t]*(?:\n|\Z)))*")  # no blank line: what nothing closes would go on to the end
_WITHIN = r"(?:[^{0}\n]|\n(?![ \t]*\n))*"
_ATTRIBUTE = regex(
    rf"""([A-Za-z_][\w-]*)(?:=(?:"({_WITHIN.format('"')})"|'({_WITHIN.format("'")})'|([^\s"'=<>`{{}}][^\s"'<>`{{}}]*)))?(?=[\s}}]|\Z)"""
)
_ENTITY = regex(r"&#?\w{1,32};")
_TICKS = regex("`+")
_BLANK_LINE = regex(r"^[ \t]*$", re.MULTILINE)
_IMG, _A = ("img", "src"), ("a", "href")
_TAGS = {"src": _IMG, "poster": _IMG, "captions": _IMG, "href": _A, "link": _A}
_IN_SITE = regex(r"/|(?![A-Za-z][A-Za-z0-9+.-]*:)\S[^?#]*\.\w{2,5}(?:[?#]|\Z)")  # a path, or a file beside
_HINT = 'attributes are written as key="value", between { and }'
_TEXT_HINT = r"a line that is to be text begins with a backslash: \::"


@dataclass(frozen=True)
class _Found:
    """One shortcode as it is written; `within` is the number of the one around it."""

    name: str
    values: Mapping[str, str | bool]
    line: int
    wraps: bool
    within: int | None

    @property
    def written(self) -> str:
        """Its beginning, for problems."""
        return f"{':::' if self.wraps else '::'}{self.name}"


@dataclass(frozen=True)
class Prepared:
    """A body with comments for its shortcodes, in the order of `marks`.

    `lines` has for each line of the text the body's (both from 1); it is empty where they are the same.
    """

    text: str
    key: str = ""
    lines: Sequence[int] = ()
    found: Sequence[_Found] = ()
    marks: Sequence[str] = ()

    def told(self, error: MarkupError) -> MarkupError:
        """The error with the body's line."""
        if error.line is None or not self.lines:
            return error
        return MarkupError(error.message, self.lines[min(error.line, len(self.lines)) - 1], error.hint)

    def located(self, html: str) -> tuple[str, tuple[Shortcode, ...]]:
        """The HTML without the comments, and where in it the shortcodes are. Raises `MarkupError`."""
        if not self.found:
            return html, ()
        comment = re.compile(rf"<!--{self.key}(/?\d+)-->")
        places: dict[str, int] = {}
        parts: list[str] = []
        at = 0
        for token in tokens(html):
            if match := comment.fullmatch(token.source) if token.kind == "comment" else None:
                places[match[1]] = at
            else:
                parts.append(token.source)
                at += len(token.source)
        self._check(list(places))
        return "".join(parts), self._tree(places)

    def references(self) -> Iterator[str]:
        """Tags with the addresses that shortcodes are given, where name and value are plainly those of one."""
        for found in self.found:
            for key, value in found.values.items():
                if key in _TAGS and isinstance(value, str) and _IN_SITE.match(value):
                    name, attribute = _TAGS[key]
                    yield f'<{name} {attribute}="{escape(value)}">'

    def _check(self, marks: Sequence[str]) -> None:
        """Every comment has to be where it was put, and no part of another one, or of a text that is no HTML."""
        for at, mark in enumerate(self.marks):
            if mark != (marks[at] if at < len(marks) else ""):
                found = self.found[int(mark.lstrip("/"))]
                hint = "is there something open above it, a comment or a <title>?"
                raise MarkupError(f"`{found.written}` cannot stand here", found.line, hint)

    def _tree(self, places: Mapping[str, int]) -> tuple[Shortcode, ...]:
        """Those that are in no other, with all that are in them. What is inside of something comes behind it."""
        inside: dict[int | None, list[Shortcode]] = {}
        for number in range(len(self.found) - 1, -1, -1):
            found = self.found[number]
            end = places[f"/{number}" if found.wraps else str(number)]
            inner = tuple(reversed(inside.pop(number, ())))
            one = Shortcode(found.name, found.values, found.line, found.wraps, places[str(number)], end, inner)
            inside.setdefault(found.within, []).append(one)
        return tuple(reversed(inside.get(None, ())))


def prepared(body: str) -> Prepared:
    """The body for an engine. Raises `MarkupError` for a shortcode that is not well written."""
    return _Reader(body).read() if body.startswith("::") or "\n::" in body else Prepared(body)


class _Codes:
    """Finds the lines that begin within code marks, in linear time for a whole body, if asked from top to bottom."""

    def __init__(self, body: str) -> None:
        self._runs = [(match.start(), match.end()) for match in _TICKS.finditer(body)]
        self._closing: list[int | None] = [None] * len(self._runs)
        blanks = [match.start() for match in _BLANK_LINE.finditer(body)]
        after: dict[tuple[int, int], int] = {}
        for number in range(len(self._runs) - 1, -1, -1):
            start, end = self._runs[number]
            key = end - start, bisect(blanks, start)  # as many backticks close them, within the same paragraph
            self._closing[number] = after.get(key)
            after[key] = number
        self._at = 0

    def cover(self, paragraph: int, place: int) -> bool:
        """Whether the place is within code that begins in the paragraph which begins there."""
        while self._at < len(self._runs) and self._runs[self._at][0] < place:
            other = self._closing[self._at] if self._runs[self._at][0] >= paragraph else None
            if other is not None and self._runs[other][0] >= place:
                return True
            self._at = other + 1 if other is not None else self._at + 1
        return False


class _Reader:
    """Reads a body line by line. `open` are the numbers of the shortcodes that a `:::` has to close."""

    def __init__(self, body: str) -> None:
        self.body, self.lines, self.key = body, body.split("\n"), digest_of(body)
        self.places = list(accumulate((len(row) + 1 for row in self.lines), initial=0))
        self.codes = _Codes(body)
        self.rows: list[str] = []
        self.numbers: list[int] = []
        self.found: list[_Found] = []
        self.marks: list[str] = []
        self.open: list[int] = []
        self.paragraph = 0  # the line (from 0) where the text begins that is read

    def read(self) -> Prepared:
        """The whole body."""
        end_of, at = block_end(self.lines), 0
        while at < len(self.lines):
            if (end := end_of(at)) > at:
                self._keep(at, end)
                self.paragraph = end
            elif (end := self._mark(at)) == at:
                end = at + 1
                self._keep(at, end)
                self.paragraph = self.paragraph if self.lines[at].strip() else end
            at = end
        if self.open:
            found = self.found[self.open[-1]]
            raise MarkupError(f"`{found.written}` is not closed", found.line, "a line `:::` closes it")
        return Prepared("\n".join(self.rows), self.key, self.numbers, self.found, self.marks)

    def _keep(self, start: int, end: int) -> None:
        self.rows += self.lines[start:end]
        self.numbers += range(start + 1, end + 1)

    def _mark(self, at: int) -> int:
        """The line behind the shortcode, or the end of one, that begins at `at`; `at` itself where there is none."""
        if not self.lines[at].startswith("::"):
            return at
        place = self.places[at]
        closing = bool(self.open and _CLOSING.match(self.lines[at]))
        match = None if closing else _OPENING.match(self.body, place)
        if not (closing or match) or self.codes.cover(self.places[self.paragraph], place):
            return at
        if match is None:
            return self._put(f"/{self.open.pop()}", at, at + 1)
        values, end = _attributes(self.body, match.end(), at + 1, match[0])
        found = _Found(match[2], values, at + 1, match[1] != "::", self.open[-1] if self.open else None)
        self.found.append(found)
        if found.wraps:
            self.open.append(len(self.found) - 1)
        if len(self.open) > DEPTH:
            raise MarkupError(f"shortcodes more than {DEPTH} deep", at + 1)
        return self._put(str(len(self.found) - 1), at, at + 1 + self.body.count("\n", place, end))

    def _put(self, mark: str, at: int, end: int) -> int:
        self.rows += ["", f"<!--{self.key}{mark}-->", ""]
        self.numbers += [at + 1] * 3
        self.marks.append(mark)
        self.paragraph = end
        return end


def _attributes(body: str, start: int, line: int, written: str) -> tuple[dict[str, str | bool], int]:
    """The attributes that stand there, and where they end. Raises `MarkupError`."""
    values: dict[str, str | bool] = {}
    if body[start : start + 1] != "{":
        return values, start
    at = _behind_space(body, start + 1)
    while body[at : at + 1] != "}":
        match = _ATTRIBUTE.match(body, at)
        if not match or match[1] in values:
            message = f"has `{match[1]}` twice" if match else _complaint(body, at)
            raise MarkupError(f"`{written}` {message}", line + body.count("\n", start, at), _HINT)
        given = next((text for text in match.groups()[1:] if text is not None), None)
        values[match[1]] = True if given is None else _ENTITY.sub(lambda entity: unescape(entity[0]), given)
        at = _behind_space(body, match.end())
    if not _LINE_END.match(body, at + 1):
        raise MarkupError(f"behind the }} of `{written}` stands more", line + body.count("\n", start, at), _TEXT_HINT)
    return values, at + 1


def _behind_space(body: str, at: int) -> int:
    match = _SPACE.match(body, at)
    return match.end() if match else at


def _complaint(body: str, at: int) -> str:
    rest = body[at : at + 60].split("\n")[0].strip()
    return f"has something that is no attribute: {rest}" if rest else "has attributes that no } closes"


def filled(body: Rendered, make: Callable[[Shortcode, str], str]) -> str:
    """The HTML with what `make` makes of each shortcode and of the HTML in it, the innermost first."""
    return _between(body.html, 0, len(body.html), body.shortcodes, make)


def _between(
    html: str, start: int, end: int, shortcodes: Sequence[Shortcode], make: Callable[[Shortcode, str], str]
) -> str:
    parts = []
    for one in shortcodes:
        inner = _between(html, one.start, one.end, one.inside, make)
        parts += [html[start : one.start], make(one, inner)]
        start = one.end
    return "".join([*parts, html[start:end]])
