"""How wide pictures are shown: HTML's `sizes`, a list of lengths, each but the last behind its condition."""

from __future__ import annotations

from collections.abc import Iterator


def at_most(sizes: str, width: int) -> str:
    """The same, with no length above so many pixels.

    >>> at_most("(min-width: 48rem) 44rem, calc(100vw - 2rem)", 240)
    '(min-width: 48rem) min(44rem, 240px), min(calc(100vw - 2rem), 240px)'
    """
    return ", ".join(_at_most(one.strip(), width) for one in _items(sizes))


def _items(sizes: str) -> Iterator[str]:
    start = 0
    for at, depth in _depths(sizes):
        if sizes[at] == "," and depth == 0:
            yield sizes[start:at]
            start = at + 1
    yield sizes[start:]


def _at_most(item: str, width: int) -> str:
    """One item, whose length is what stands behind the last blank outside of brackets."""
    start = max((at + 1 for at, depth in _depths(item) if item[at].isspace() and depth == 0), default=0)
    length = item[start:]
    return f"{item[:start]}min({length}, {width}px)" if length and length != "auto" else item


def _depths(text: str) -> Iterator[tuple[int, int]]:
    """Each place, and how many brackets are open before it."""
    depth = 0
    for at, letter in enumerate(text):
        yield at, depth
        depth += (letter == "(") - (letter == ")")
