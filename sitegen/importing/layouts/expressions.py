"""Liquid's expressions: what they consist of."""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(Exception):
    """An expression that is not Liquid; the message says why."""


@dataclass(frozen=True)
class Literal:
    """A text, a number, `true`, `false` or `nil`."""

    value: str | int | float | bool | None


@dataclass(frozen=True)
class Nothing:
    """`empty` or `blank`."""

    word: str


@dataclass(frozen=True)
class Path:
    """`page.image["path"]`: a name, and steps from there: other names, or values in brackets."""

    root: str
    steps: tuple[str | Operand, ...] = ()


@dataclass(frozen=True)
class Range:
    """`(1..5)`."""

    first: Operand
    last: Operand


Operand = Literal | Nothing | Path | Range


@dataclass(frozen=True)
class Filter:
    """A filter and what it is given; `text` is how it is written."""

    name: str
    args: tuple[Operand, ...]
    text: str


@dataclass(frozen=True)
class Chain:
    """A value, and the filters that it goes through. What Liquid does not read either stands in `ignored`."""

    value: Operand
    filters: tuple[Filter, ...] = ()
    ignored: str = ""


@dataclass(frozen=True)
class Comparison:
    """`a == b`, `a contains b`."""

    left: Operand
    word: str
    right: Operand


@dataclass(frozen=True)
class Both:
    """`a and b`, or `a or b`; what stands to the right belongs together, whatever its words are."""

    word: str
    left: Condition
    right: Condition


Condition = Operand | Comparison | Both
