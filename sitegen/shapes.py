"""What may stand as a value, said in JSON Schema, so that editors can complete and check it. Pure data and functions.

A shape lets through whatever the code that reads the value does. It refuses what can be told from the value alone:
which time zones there are, only the reader knows. Blanks around a text are the reader's matter, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sitegen.frozen import dataclass

Shape = Mapping[str, Any]


@dataclass(frozen=True)
class Key:
    """One key that an author may write: a sentence on it, and what may stand there."""

    doc: str
    shape: Shape


def text(pattern: str = "", **more: Any) -> Shape:
    """Text, or what counts as such without quotes: a number, a truth value. The pattern (ECMA's) is for text."""
    return {"type": ["string", "number", "boolean"], **({"pattern": pattern} if pattern else {}), **more}


def string(pattern: str, **more: Any) -> Shape:
    """Text that looks like the pattern, and nothing else."""
    return {"type": "string", "pattern": pattern, **more}


def one_of(values: Iterable[Any]) -> Shape:
    """One of some words, or other plain values."""
    return {"enum": list(values)}


def either(*shapes: Shape) -> Shape:
    """What fits any of the shapes; editors offer those that come first."""
    return {"anyOf": list(shapes)}


def optional(shape: Shape) -> Shape:
    """The same, or nothing behind the colon."""
    if isinstance(shape.get("type"), list):
        return {**shape, "type": [*shape["type"], "null"]}
    return either(shape, NOTHING)


def usually(shape: Shape) -> Shape:
    """Anything at all; editors offer what fits the shape."""
    return either(shape, {})


def one_or_more(item: Shape) -> Shape:
    """A list, or a single one that stands alone."""
    return either(list_of(item), item)


def list_of(item: Shape, **more: Any) -> Shape:
    """A list whose items have one shape."""
    return {"type": "array", "items": item, **more}


def whole(least: int, most: int) -> Shape:
    """A whole number."""
    return {"type": "integer", "minimum": least, "maximum": most}


def table(keys: Mapping[str, Key], *, strict: bool = True, **more: Any) -> Shape:
    """A mapping with these keys; `strict`: and with no others."""
    properties = {name: described(key) for name, key in keys.items()}
    return {"type": "object", "properties": properties, **({"additionalProperties": False} if strict else {}), **more}


def described(key: Key) -> Shape:
    """The shape of a key with the sentence on it."""
    return {"description": key.doc, **key.shape}


def any_case(word: str) -> str:
    """A pattern for a word in any case of letters: ECMA has no flag for it within a pattern.

    >>> any_case("ok")
    '[oO][kK]'
    """
    return "".join(f"[{letter.lower()}{letter.upper()}]" for letter in word)


NOTHING: Shape = {"type": "null"}
TEXT = text()
SAID: Shape = {"type": ["string", "number", "null"]}  # where `yes` is more likely a slip than a word
TRUTH: Shape = {"type": "boolean"}
DATE = string("[0-9]{4}")  # of the many ways to write one each has the year
ANYTHING: Shape = {}
TABLE: Shape = {"type": "object"}
_ADDRESS = rf"{any_case('http')}[sS]?://[^\s\x00-\x1f<>\"\\^`{{|}}]+"
WEB_ADDRESS = string(f"^({_ADDRESS})?/*$")
LINK = string(f"^({_ADDRESS}|mailto:.*)$")
