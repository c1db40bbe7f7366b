"""Pieces of Jinja code, with what is known of their values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_RESERVED = frozenset((
    "and", "caller", "else", "elif", "false", "if", "import", "in", "is", "loop", "none", "not", "ns", "or", "range",
    "self", "super", "true", "varargs", "kwargs", "False", "None", "True",
))  # fmt: skip


class Level(IntEnum):
    """How tightly the outermost sign of a piece of code binds, as Jinja's parser has it."""

    OR = 1
    AND = 2
    NOT = 3
    COMPARISON = 4
    SUM = 5
    JOINED = 6  # by `~`
    PRODUCT = 7
    FILTERED = 8  # filters, and tests with `is`
    ATOM = 9


class Surety(IntEnum):
    """What a value can be at a place: not there at all; nothing; something for sure."""

    MISSING = 0
    EMPTY = 1
    THERE = 2


@dataclass(frozen=True)
class Value:
    """Code, and the kind of its value (see `known.py`). What is `lazy` can be walked through, once."""

    code: str
    kind: str = "any"
    surety: Surety = Surety.THERE
    level: Level = Level.ATOM
    lazy: bool = False

    def within(self, level: Level) -> str:
        """The code where at least that level is wanted: in brackets if it binds less tightly."""
        return self.code if self.level >= level else f"({self.code})"

    def piped(self, call: str, kind: str | None = None, *, lazy: bool = False) -> Value:
        """The value through a filter of Jinja's."""
        code = f"{self.within(Level.FILTERED)} | {call}"
        return Value(code, kind or self.kind, Surety.THERE, Level.FILTERED, lazy)

    def or_else(self, default: str) -> Value:
        """The value, or a default for what is missing, nothing or empty; itself if it is there for sure."""
        return self if self.there else self.piped(f"default({default}, true)")

    @property
    def there(self) -> bool:
        """Whether it is something for sure."""
        return self.surety == Surety.THERE


def literal(value: str | int | float | bool | None) -> Value:
    """The code of a plain value."""
    if value is None:
        return Value("none", "any", Surety.EMPTY)
    if isinstance(value, bool):
        return Value(str(value).lower(), "truth")
    if isinstance(value, float):
        return Value(repr(value), "float")
    if isinstance(value, int):
        return Value(str(value), "number")
    return Value(quoted(value), "text" if re.search("[<>&\"']", value) else "plain")


def quoted(text: str) -> str:
    r"""A text as Jinja reads it: there, unlike in Liquid, a backslash means something.

    >>> print(quoted('a "b"'), quoted("it's"), quoted(r"\\d"))
    'a "b"' "it's" "\\\\d"
    """
    sign = "'" if '"' in text and "'" not in text else '"'
    return sign + text.replace("\\", "\\\\").replace(sign, "\\" + sign) + sign


def name_of(word: str) -> str:
    """The name that a variable of Liquid's has in Jinja, where some words are taken.

    >>> name_of("post"), name_of("post-title"), name_of("in"), name_of("_x"), name_of("2x")
    ('post', 'post_title', 'in_', 'x_', 'x2x_')
    """
    plain = re.sub(r"\W", "_", word)
    bare = plain.lstrip("_")
    bare = bare if bare[:1].isalpha() else f"x{bare}"
    return f"{bare}_" if bare != plain or bare in _RESERVED else bare


def step(code: str, word: str) -> str:
    """An attribute, in brackets where it is no plain name.

    >>> step("page", "title"), step("page", "sub-title")
    ('page.title', 'page["sub-title"]')
    """
    return f"{code}.{word}" if _PLAIN_NAME.fullmatch(word) else f"{code}[{quoted(word)}]"


def joined(values: Iterable[Value], sign: str, level: Level) -> str:
    """Several pieces with a sign between them."""
    return f" {sign} ".join(value.within(level) for value in values)


def as_list(value: Value) -> Value:
    """The value as something that can be looked at more than once."""
    return value.piped("list") if value.lazy else value


def as_number(value: Value) -> Value:
    """The value as a number: Liquid takes texts for the numbers that they look like."""
    there = value.or_else("0")
    if value.kind in ("number", "float"):
        return there
    if value.kind == "any" and "." in value.code and not value.code.startswith("include."):  # YAML knows numbers
        return Value(there.code, "number", level=there.level)
    return there.piped("int", "number")
