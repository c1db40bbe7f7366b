"""Liquid's expressions, read: values with filters, and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.importing.layouts.expressions import (
    Both,
    Chain,
    Comparison,
    Condition,
    Filter,
    Literal,
    Nothing,
    Operand,
    Path,
    Range,
    Unreadable,
)

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<sign>\.\.|==|!=|<>|<=|>=|[<>|:,.\[\]()=])"""
    r"""|(?P<name>[A-Za-z_][\w-]*\??))""",
    re.DOTALL,
)
_BLANK = re.compile(r"\s*")
_COMPARISONS = ("==", "!=", "<>", "<", ">", "<=", ">=", "contains")
_CONSTANTS = {"true": True, "false": False, "nil": None, "null": None}


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


class Reader:
    """Reads one expression from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = list(_tokens(text))
        self._at = 0

    @property
    def word(self) -> str:
        """What comes next, "" at the end. Quoted texts are none."""
        token = self._token
        return token.text if token is not None and token.kind != "text" else ""

    @property
    def _token(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    @property
    def at_end(self) -> bool:
        """Whether all is read."""
        return self._token is None

    def skip(self, *words: str) -> bool:
        """Go over one of these words, if it comes next."""
        if self.word and self.word in words:
            self._at += 1
            return True
        return False

    def expect(self, word: str) -> None:
        """Go over this word. Raises `Unreadable` where something else stands."""
        if not self.skip(word):
            raise Unreadable(f"`{word}` is missing in `{self.text.strip()}`")

    def name(self) -> str:
        """One name."""
        token = self._token
        if token is None or token.kind != "name":
            raise Unreadable(f"a name is missing in `{self.text.strip()}`")
        self._at += 1
        return token.text

    def end(self) -> None:
        """Raises `Unreadable` if there is more."""
        if not self.at_end:
            raise Unreadable(f"`{self.text[self._tokens[self._at].start :].strip()}` is one too many")

    def chain(self) -> Chain:
        """A value with its filters."""
        value = self.operand()
        start = self._at
        while not self.at_end and self.word != "|":
            self._at += 1  # `{{ a or b }}` is a
        ignored = self.text[self._tokens[start].start : self._tokens[self._at - 1].end] if self._at > start else ""
        filters = []
        while self.skip("|") and not self.at_end:  # `{{ x | }}` is x
            filters.append(self._filter())
        return Chain(value, tuple(filters), ignored)

    def _filter(self) -> Filter:
        start = self._tokens[self._at].start
        name = self.name()
        args: list[Operand] = []
        if self.skip(":"):
            args = list(self._arguments())
        return Filter(name, tuple(args), self.text[start : self._tokens[self._at - 1].end])

    def _arguments(self) -> Iterator[Operand]:
        """Values between commas; those with a name (`allow_false: true`) are left out."""
        while not self.at_end and self.word != "|":
            value = self.operand()
            if self.skip(":"):
                self.operand()
            else:
                yield value
            if not self.skip(","):
                return

    def condition(self) -> Condition:
        """`and` and `or` bind alike, and from the right."""
        left = self._comparison()
        word = self.word
        return Both(word, left, self.condition()) if self.skip("and", "or") else left

    def _comparison(self) -> Condition:
        if self._groups():
            self.expect("(")
            inside = self.condition()
            self.expect(")")
            return inside
        left = self.operand()
        word = self.word
        if not self.skip(*_COMPARISONS):
            return left
        return Comparison(left, "!=" if word == "<>" else word, self.operand())

    def _groups(self) -> bool:
        """Whether a bracket holds conditions, and no range. Liquid itself knows no such brackets, authors do."""
        if self.word != "(":
            return False
        depth = 0
        for token in self._tokens[self._at :]:
            depth += (token.text == "(") - (token.text == ")") if token.kind == "sign" else 0
            if depth == 1 and token.text == ".." and token.kind == "sign":
                return False
            if depth == 0:
                break
        return True

    def operand(self) -> Operand:
        """One value."""
        token = self._token
        if token is None:
            raise Unreadable(f"a value is missing in `{self.text.strip()}`")
        self._at += 1
        if token.kind == "text":
            return Literal(token.text[1:-1])
        if token.kind == "number":
            return Literal(float(token.text) if "." in token.text else int(token.text))
        if token.text == "(":
            return self._range()
        if token.kind != "name":
            raise Unreadable(f"`{token.text}` stands where a value should, in `{self.text.strip()}`")
        if self.word not in (".", "["):
            if token.text in _CONSTANTS:
                return Literal(_CONSTANTS[token.text])
            if token.text in ("empty", "blank"):
                return Nothing(token.text)
        return Path(token.text, tuple(self._steps()))

    def _range(self) -> Range:
        first = self.operand()
        self.expect("..")
        last = self.operand()
        self.expect(")")
        return Range(first, last)

    def _steps(self) -> Iterator[str | Operand]:
        while True:
            if self.skip("."):
                yield self.name()
            elif self.skip("["):
                step = self.operand()
                self.expect("]")
                yield step.value if isinstance(step, Literal) and isinstance(step.value, str) else step
            else:
                return


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while not _BLANK.fullmatch(text, at):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unreadable(f"`{text[at:].strip()}` cannot be read")
        kind = match.lastgroup or ""
        yield _Token(kind, match[kind], match.start(kind), match.end())
        at = match.end()


def chain_of(text: str) -> Chain:
    """A whole text as a value with filters. Raises `Unreadable`."""
    reader = Reader(text)
    found = reader.chain()
    reader.end()
    return found


def condition_of(text: str) -> Condition:
    """A whole text as a condition. Raises `Unreadable`."""
    reader = Reader(text)
    found = reader.condition()
    reader.end()
    return found
