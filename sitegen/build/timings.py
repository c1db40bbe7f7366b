"""Where the time of a build goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from time import perf_counter
from typing import TypeVar

from sitegen.build.crew import Outcomes
from sitegen.frozen import dataclass

Made = TypeVar("Made")
Progress = Callable[[str, int, int], None]  # what is made, how many of it are, and of how many


@dataclass(frozen=True)
class Spent:
    """What some time was spent on: seconds, and how many times it was done."""

    name: str
    seconds: float
    count: int = 1


@dataclass(frozen=True)
class Timings:
    """Where the time went: `stages` in their order, as the clock has it; `bodies` by their files, and `layouts` (or the
    files that need none), the slowest first, as the work of all processes together.
    """

    stages: tuple[Spent, ...] = ()
    bodies: tuple[Spent, ...] = ()
    layouts: tuple[Spent, ...] = ()


class Watch:
    """Looks on while a build runs."""

    def __init__(self, progress: Progress = lambda what, done, total: None) -> None:
        self.progress = progress
        self._since = perf_counter()
        self._stages: list[Spent] = []
        self._spent: dict[str, list[tuple[str, float]]] = {"Bodies": [], "Pages": []}

    def lap(self, stage: str) -> None:
        """A stage is over."""
        now = perf_counter()
        self._stages.append(Spent(stage, now - self._since))
        self._since = now

    def seen(self, what: str, names: Sequence[str], outcomes: Outcomes[Made]) -> Outcomes[Made]:
        """The outcomes, one for each name. What they are is "Bodies" or "Pages".

        Whoever makes them ends with this, also where Ctrl-C ends it: nothing is written any more then.
        """
        with closing(outcomes):
            self.progress(what, 0, len(names))
            for done, (name, outcome) in enumerate(zip(names, outcomes, strict=True), start=1):
                self._spent[what].append((name, outcome.seconds))
                self.progress(what, done, len(names))
                yield outcome

    def timings(self) -> Timings:
        """What was seen."""
        return Timings(tuple(self._stages), _summed(self._spent["Bodies"]), _summed(self._spent["Pages"]))


def _summed(spent: Iterable[tuple[str, float]]) -> tuple[Spent, ...]:
    found: dict[str, tuple[float, int]] = {}
    for name, seconds in spent:
        total, count = found.get(name, (0.0, 0))
        found[name] = total + seconds, count + 1
    every = (Spent(name, *sums) for name, sums in found.items())
    return tuple(sorted(every, key=lambda one: -one.seconds))
