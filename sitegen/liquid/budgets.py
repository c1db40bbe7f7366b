"""What the Liquid of one body may cost, by count and size: the same body passes or fails on every machine."""

from __future__ import annotations

from collections.abc import Callable, Sized
from functools import wraps
from typing import Any

ITERATIONS = 200_000  # of all loops together, filters with an expression included
OUTPUT_BYTES = 4_000_000
HELD_BYTES = 4_000_000  # in variables
INCLUDES = 2_000
DEPTH = 30  # includes and loops in one another
NESTING = 40  # blocks in one another
RETRIES = 25  # wrong tags in one body

_GROWING = ("replace", "replace_first", "join", "append", "prepend", "concat", "times", "split")  # can multiply


class TooMuch(Exception):
    """A body costs more than it may: the message says of what."""


def guarded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """One of python-liquid's own filters, refusing what would make something far too large of something small."""

    @wraps(function)
    def filter_(value: object, *args: object, **named: object) -> object:
        for one in (value, *args):
            if isinstance(one, range) and (one.stop - one.start) > ITERATIONS:
                raise TooMuch(f"a range of more than {ITERATIONS:,}")
        if name in _GROWING and _size(value) * max(1, *map(_size, args), 0) > 100 * OUTPUT_BYTES:
            raise TooMuch(f"`{name}` makes something far too large")
        return function(value, *args, **named)

    return filter_


def _size(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value.bit_length()
    return len(value) if isinstance(value, Sized) else 1
