"""Many cards at once: one after the other, or, where there are many, in several processes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from sitegen.drawing.cards import Drawn, draw_card
from sitegen.drawing.description import Card
from sitegen.drawing.fonts import Fonts, Unreadable
from sitegen.frozen import dataclass

MANY = 48  # cards; fewer are drawn before another process is awake
_SHARE = 16  # cards that one process draws at least


@dataclass(frozen=True)
class Drawing:
    """A card that is to be drawn: `owner` and `line` are where its title stands, `key` covers all that it is made of.

    `fonts` are files, `pictures` files by address.
    """

    owner: str
    line: int | None
    key: str
    card: Card
    fonts: tuple[str, ...]
    pictures: Mapping[str, str] = field(default_factory=dict)
    jpeg: bool = False


def draw_all(drawings: Sequence[Drawing]) -> Iterator[Drawn | Unreadable]:
    """Each as it was drawn, in the same order, or the file for which it cannot be."""
    if len(drawings) < MANY or (os.cpu_count() or 1) < 2:
        yield from _drawn(drawings)
        return
    from concurrent.futures.process import BrokenProcessPool

    from sitegen.pools import pool

    workers = min(os.cpu_count() or 1, len(drawings) // _SHARE)
    shares = [drawings[start : start + _SHARE] for start in range(0, len(drawings), _SHARE)]
    done = 0
    try:
        with pool(workers) as drawers:
            for share in drawers.map(_drawn, shares):
                done += len(share)
                yield from share
    except (BrokenProcessPool, OSError):  # the machine has no room for more processes: then in this one
        yield from _drawn(drawings[done:])


def _drawn(drawings: Sequence[Drawing]) -> list[Drawn | Unreadable]:
    opened: dict[tuple[str, ...], Fonts] = {}
    return [_one(drawing, opened.setdefault(drawing.fonts, Fonts(drawing.fonts))) for drawing in drawings]


def _one(drawing: Drawing, fonts: Fonts) -> Drawn | Unreadable:
    try:
        return draw_card(drawing.card, fonts, drawing.pictures, drawing.jpeg)
    except Unreadable as unreadable:
        return unreadable
