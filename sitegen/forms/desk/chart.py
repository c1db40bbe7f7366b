"""Answers over time: what the picture and the table of it need. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 720, 120  # of the picture, in its own units
GAP = 2


@dataclass(frozen=True)
class Bar:
    """A day: where its bar stands in the picture. One answer is always seen."""

    day: date
    number: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """The days from the first to the last, whether anything came on them or not."""

    bars: tuple[Bar, ...]
    most: int
    total: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def busy(self) -> tuple[Bar, ...]:
        """The days on which something came, newest first: for the table."""
        return tuple(bar for bar in reversed(self.bars) if bar.number)


def chart_of(numbers: Mapping[date, int], last: date, days: int) -> Chart:
    """The chart of so many days up to the last."""
    shown = [last - timedelta(days=back) for back in reversed(range(days))]
    counted = [numbers.get(day, 0) for day in shown]
    most = max(counted, default=0)
    bars = (
        _bar(at, day, number, most, WIDTH / days) for at, (day, number) in enumerate(zip(shown, counted, strict=True))
    )
    return Chart(tuple(bars), most, sum(counted))


def _bar(at: int, day: date, number: int, most: int, room: float) -> Bar:
    height = max(2.0, round(HEIGHT * number / most, 1)) if number else 0.0
    return Bar(day, number, round(at * room, 1), HEIGHT - height, round(room - GAP, 1), height)
