"""Who does the work: this process alone, or several side by side. What comes of it is the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, NamedTuple, TypeVar

from sitegen.build.forking import MOST_PIECES, can_fork, forked
from sitegen.errors import SiteError

Item = TypeVar("Item")
Made = TypeVar("Made")

_LARGEST = 64  # things in one piece of work: small enough that no worker waits long for the last one
_PIECES_EACH = 8


class Outcome(NamedTuple, Generic[Made]):
    """What came of one thing, or what its author has to mend; and the seconds that it took."""

    made: Made | None
    error: SiteError | None
    seconds: float


@dataclass(frozen=True)
class Crew:
    """How many processes work at a time, and how many seconds of work are worth to start them."""

    jobs: int = 1
    worth: float = 0.15

    def each(
        self, items: Sequence[Item], do: Callable[[Item], Made], begin: Callable[[], None] = lambda: None
    ) -> Iterator[Outcome[Made]]:
        """What `do` makes of each, in order. It is pure, but that it may remember what it needs again.

        `begin` is what each worker does first.
        """
        begun = 0
        for outcome in self._alone(items, do):
            yield outcome
            begun += 1
        if begun < len(items):
            yield from self._shared(items[begun:], do, begin)

    def _alone(self, items: Sequence[Item], do: Callable[[Item], Made]) -> Iterator[Outcome[Made]]:
        """The first ones, which tell what the rest will take; all of them where it is not worth to share the work.

        What they load and remember, workers have from the start.
        """
        shares = self.jobs > 1 and can_fork()
        spent = 0.0
        for number, item in enumerate(items):
            if shares and number > 1 and spent / (number - 1) * (len(items) - number) > self.worth:
                return
            outcome = _outcome(do, item)
            spent += outcome.seconds if number else 0.0  # the first one loads libraries
            yield outcome

    def _shared(
        self, items: Sequence[Item], do: Callable[[Item], Made], begin: Callable[[], None]
    ) -> Iterator[Outcome[Made]]:
        size = max(1, min(_LARGEST, len(items) // (self.jobs * _PIECES_EACH)), -(-len(items) // MOST_PIECES))
        pieces = [items[start : start + size] for start in range(0, len(items), size)]

        def work(number: int) -> list[tuple[Made, float]]:
            """All of a piece. One with anything wrong in it is left to the parent: it tells as if it were alone."""
            return [_timed(do, item) for item in pieces[number]]

        done: dict[int, list[tuple[Made, float]]] = {}
        at = 0
        for number, made in forked(len(pieces), work, begin, self.jobs):
            done[number] = made
            while at in done:
                yield from (Outcome(one, None, seconds) for one, seconds in done.pop(at))
                at += 1
        for number in range(at, len(pieces)):
            if number in done:
                yield from (Outcome(one, None, seconds) for one, seconds in done.pop(number))
            else:
                yield from (_outcome(do, item) for item in pieces[number])


ALONE = Crew()


def usable_cpus() -> int:
    """How many CPUs this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _timed(do: Callable[[Item], Made], item: Item) -> tuple[Made, float]:
    started = perf_counter()
    return do(item), perf_counter() - started


def _outcome(do: Callable[[Item], Made], item: Item) -> Outcome[Made]:
    started = perf_counter()
    try:
        made = do(item)
    except SiteError as error:
        return Outcome(None, error, perf_counter() - started)
    return Outcome(made, None, perf_counter() - started)
