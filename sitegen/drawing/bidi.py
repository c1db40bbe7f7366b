"""Which way text runs: the parts of the Unicode bidirectional algorithm (UAX 9) that a line of a title needs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_RIGHT, _NUMBERS = ("R", "AL"), ("EN", "AN")


def direction_of(text: str) -> str:
    """`rtl` or `ltr`, by the first letter that has a direction (P2, P3)."""
    kinds = map(unicodedata.bidirectional, text)
    first = next((kind for kind in kinds if kind in (*_RIGHT, "L")), "L")
    return "ltr" if first == "L" else "rtl"


def levels_of(text: str, base: str) -> list[int]:
    """The level of each sign: odd ones run from right to left.

    Marks go with what they stand on, numbers keep their order, what has no direction takes that of both its
    neighbours or else that of the line. Embeddings and isolates, which nobody types, are not looked at.
    """
    kinds = _resolved(text, base)
    if base == "ltr":
        return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]
    return [1 if kind == "R" else 2 for kind in kinds]


def _resolved(text: str, base: str) -> list[str]:
    """`L`, `R`, or `EN` for a number in text from right to left (W1 to W7, N1, N2)."""
    around = "L" if base == "ltr" else "R"
    kinds: list[str] = []
    strong = around
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind == "NSM" and kinds:
            kind = kinds[-1]
        elif kind in _RIGHT or kind == "L":
            strong = kind = "L" if kind == "L" else "R"
        elif kind in _NUMBERS:
            kind = "L" if strong == "L" and kind == "EN" else "EN"
        elif kind not in ("L", "R"):
            kind = "ET" if kind == "ET" else "CS" if kind in ("CS", "ES") else "N"
        kinds.append(kind)
    _join_numbers(kinds)
    return _neutrals_settled(kinds, around)


def _join_numbers(kinds: list[str]) -> None:
    """A point inside a number, or a percent sign behind it, is a part of it (W4, W5)."""
    for at, kind in enumerate(kinds):
        before = kinds[at - 1] if at else ""
        behind = kinds[at + 1] if at + 1 < len(kinds) else ""
        if kind == "ET":
            kinds[at] = "EN" if "EN" in (before, behind) else "N"
        elif kind == "CS":
            kinds[at] = "EN" if before == behind == "EN" else "N"


def _neutrals_settled(kinds: list[str], around: str) -> list[str]:
    found = list(kinds)
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end] == "N":
            end += 1
        if end > at:
            sides = {_side(found[at - 1]) if at else around, _side(found[end]) if end < len(found) else around}
            found[at:end] = [sides.pop() if len(sides) == 1 else around] * (end - at)
        at = max(end, at + 1)
    return found


def _side(kind: str) -> str:
    return "R" if kind == "EN" else kind


def in_order(levels: Sequence[int]) -> list[int]:
    """The places of runs from left to right, by their levels (L2)."""
    places = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        while at < len(places):
            end = at
            while end < len(places) and levels[places[end]] >= level:
                end += 1
            places[at:end] = reversed(places[at:end])
            at = max(end, at + 1)
    return places
