"""What stands in Liquid's tags, read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.importing.layouts.expressions import Chain, Literal, Operand, Unreadable
from sitegen.importing.layouts.syntax import Reader, chain_of

_ASSIGN = re.compile(r"([\w-]+)\s*=(.*)", re.DOTALL)
_CAPTURE = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*")
_OUTPUT = re.compile(r"\{\{-?(.*?)-?\}\}", re.DOTALL)
_FIRST = re.compile(r"\s*((?:\{\{.*?\}\}|[^\s{}]+)+)\s*", re.DOTALL)
_PAIR = re.compile(r"""\s*([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w.\-\[\]'"]+)\s*,?\s*""", re.DOTALL)


@dataclass(frozen=True)
class Loop:
    """`for variable in collection`; `limit` and `offset` are None where they are not given.

    Liquid reads `reversed` behind the collection only: where it stands further on, it is `unread`.
    """

    variable: str
    collection: Operand
    limit: Operand | None = None
    offset: Operand | None = None
    backwards: bool = False
    unread: bool = False


@dataclass(frozen=True)
class Include:
    """A file's name, made of texts and of values with filters, and what the file is given."""

    name: tuple[str | Chain, ...]
    given: Mapping[str, Operand]

    @property
    def file(self) -> str | None:
        """The name, if it is known beforehand."""
        return self.name[0] if len(self.name) == 1 and isinstance(self.name[0], str) else None


def assignment(expression: str) -> tuple[str, Chain]:
    """`name = value`. Raises `Unreadable`, as all here do."""
    match = _ASSIGN.search(expression)
    if match is None:
        raise Unreadable("`assign` wants a name, `=` and a value")
    return match[1], chain_of(match[2])


def captured(expression: str) -> str:
    """The name that `capture` gives."""
    match = _CAPTURE.fullmatch(expression)
    if match is None:
        raise Unreadable("`capture` wants a name")
    return match[1]


def loop(expression: str) -> Loop:
    """What `for` goes through."""
    reader = Reader(expression)
    variable = reader.name()
    reader.expect("in")
    collection = reader.operand()
    given: dict[str, Operand] = {}
    backwards, unread = reader.skip("reversed"), False
    while not reader.at_end:
        if reader.skip(","):
            continue
        word = reader.name()
        if word == "reversed":
            unread = True
            continue
        reader.expect(":")
        if word not in ("limit", "offset") or reader.word == "continue":
            raise Unreadable(f"`for` with `{word}: {reader.word}` has no like in Jinja")
        given[word] = reader.operand()
    return Loop(variable, collection, given.get("limit"), given.get("offset"), backwards, unread)


def wanted(expression: str) -> list[Operand]:
    """The values of a `when`, between which commas or `or` stand."""
    reader = Reader(expression)
    found = [reader.operand()]
    while reader.skip(",", "or") and not reader.at_end:
        found.append(reader.operand())
    reader.end()
    return found


def cycled(expression: str) -> list[Operand]:
    """The values of a `cycle`, without the name of its group."""
    reader = Reader(expression)
    found = [reader.operand()]
    if reader.skip(":"):
        found = [reader.operand()]
    while reader.skip(",") and not reader.at_end:
        found.append(reader.operand())
    reader.end()
    return found


def included(expression: str) -> Include:
    """A file and what it is given."""
    first = _FIRST.match(expression)
    if first is None:
        raise Unreadable("`include` names no file")
    given: dict[str, Operand] = {}
    at = first.end()
    while at < len(expression):
        match = _PAIR.match(expression, at)
        if match is None:
            raise Unreadable(f'this is no `name="value"`: {expression[at : at + 40].strip()}')
        given[match[1]] = _given(match[2])
        at = match.end()
    return Include(tuple(_pieces(first[1])), given)


def _given(text: str) -> Operand:
    if text[0] in "\"'" and text[-1] == text[0] and len(text) > 1:
        return Literal(re.sub(r"\\([\"'])", r"\1", text[1:-1]))
    reader = Reader(text)
    found = reader.operand()
    reader.end()
    return found


def _pieces(name: str) -> list[str | Chain]:
    found: list[str | Chain] = []
    at = 0
    for match in _OUTPUT.finditer(name):
        found += [name[at : match.start()]] if at < match.start() else []
        found.append(chain_of(match[1]))
        at = match.end()
    found += [name[at:]] if at < len(name) else []
    return found
