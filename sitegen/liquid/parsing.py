"""From the marks of a text to python-liquid's nodes. What cannot be read is taken for what Liquid makes of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from liquid.ast import Node
from liquid.exceptions import LiquidError, LiquidSyntaxError
from liquid.parser import get_parser
from liquid.stream import TokenStream

from sitegen.liquid.budgets import TooMuch
from sitegen.liquid.context import WrongTag
from sitegen.liquid.environment import environment
from sitegen.liquid.lax import relaxed
from sitegen.liquid.lexer import tokens
from sitegen.liquid.marks import Mark
from sitegen.liquid.structure import structured
from sitegen.liquid.vocabulary import BLOCKS


@dataclass(frozen=True)
class Parsed:
    """One text: its marks that are run, its nodes, and what is wrong in it: a place, a sentence and a hint each."""

    marks: Sequence[Mark]
    nodes: Sequence[Node]
    wrong: Sequence[tuple[int, str, str]]


class Unreadable(Exception):
    """One of the marks cannot be read, and nothing can be made of it: `reason` is python-liquid's."""

    def __init__(self, reason: LiquidError, marks: Sequence[Mark]) -> None:
        super().__init__(str(reason))
        self.reason, self.marks = reason, marks


def parse(text: str, marks: Iterable[Mark], text_ones: Collection[int]) -> Parsed:
    """The nodes of a text; a mark at one of `text_ones` stays text. Raises `Unreadable` and `TooMuch`."""
    found = structured(marks, text_ones)
    wrong = [(mark.start, message, "") for mark, message in found.wrong]
    try:
        return Parsed(found.marks, _nodes(text, found.marks), wrong)
    except LiquidError:
        mended = [(_mended(mark), mark) for mark in found.marks]
    good = tuple(fresh for (fresh, _), _ in mended)
    wrong += [
        (mark.start, said(error), f"taken for: {fresh.expression}")
        for (fresh, error), mark in mended
        if error is not None
    ]
    try:
        return Parsed(good, _nodes(text, good), wrong)
    except LiquidError as error:
        raise Unreadable(error, good) from error


def said(error: Exception) -> str:
    """What is wrong, in one sentence."""
    if isinstance(error, WrongTag):
        return str(error.message)
    if isinstance(error, LiquidError):
        return f"Liquid: {error.message}"
    return f"Liquid cannot run this: {error} ({type(error).__name__})"


def _nodes(text: str, marks: Iterable[Mark]) -> list[Node]:
    try:
        return get_parser(environment()).parse(TokenStream(tokens(text, marks)))
    except RecursionError as error:
        raise TooMuch("blocks nested too deeply") from error
    except LiquidError:
        raise
    except Exception as error:  # python-liquid meets whatever the author writes
        raise LiquidSyntaxError(f"this cannot be read: {error}", token=None) from error


def _mended(mark: Mark) -> tuple[Mark, LiquidError | None]:
    """A mark that can be read, and what was wrong with the one that could not."""
    expression = relaxed(mark)
    error = _fault(mark) if expression is not None else None
    if expression is None or error is None:
        return mark, None
    return replace(mark, expression=expression), error


def _fault(mark: Mark) -> LiquidError | None:
    """What is wrong with a mark by itself: a block is tried with nothing inside of it."""
    alone = replace(mark, start=0, end=0, inside=0, name="if" if mark.name == "elsif" else mark.name)
    ends = [Mark(0, 0, BLOCKS[alone.name].end, "", 0)] if alone.name in BLOCKS else []
    try:
        _nodes("", [alone, *ends])
    except LiquidError as error:
        return error
    return None
