"""Who does the work: this process alone, or several side by side. What comes of it is the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

from sitegen.build.forking import MOST_PIECES, can_fork, forked
from sitegen.errors import SiteError
from sitegen.frozen import dataclass

if TYPE_CHECKING:
    from concurrent.futures import Executor

Item = TypeVar("Item")
Made = TypeVar("Made")

_LARGEST = 64  # things in one piece of work: small enough that no worker waits long for the last one
_PIECES_EACH = 8
_MANY = 8  # workers that an executor is taken to have


class Outcome(NamedTuple, Generic[Made]):
    """What came of one thing, or what its author has to mend; and the seconds that it took."""

    made: Made | None
    error: SiteError | None
    seconds: float


Outcomes = Generator[Outcome[Made], None, None]


def _nothing() -> None: ...


@dataclass(frozen=True)
class Task(Generic[Item, Made]):
    """What is done with each of many things.

    `do` does it; it is pure, but that it may remember what it needs again. `begin` is what a forked worker does first.
    A forked worker sends what it made `packed`, which may put it away where nobody else writes it. An executor calls
    `function` (see `spreading`) with what is `sent` for each thing, and with the `model` that all of them need; it is
    `sound` if it is what `do` would have made.
    """

    do: Callable[[Item], Made]
    begin: Callable[[], None] = _nothing
    function: str = ""
    sent: Callable[[Item], object] = lambda _: None
    model: Callable[[], bytes] = bytes
    sound: Callable[[Item, Made], bool] = lambda item, made: True
    packed: Callable[[Made], Any] = lambda made: made
    unpacked: Callable[[Item, Any], Made] = lambda item, sent: sent


@dataclass(frozen=True)
class Crew:
    """How many processes work at a time, or the executor that does; and how many seconds of work are worth to ask them.

    Raises `Unfit` where an executor cannot do the work.
    """

    jobs: int = 1
    worth: float = 0.15
    executor: Executor | None = None

    def each(self, items: Sequence[Item], task: Task[Item, Made]) -> Outcomes[Made]:
        """What comes of each, in order. Who does not take all of them has to close it, which ends the workers."""
        begun = 0
        for outcome in self._alone(items, task.do):
            yield outcome
            begun += 1
        if begun < len(items):
            yield from self._shared(items[begun:], task)

    def spread(
        self,
        items: Sequence[Item],
        do: Callable[[Item], Made],
        packed: Callable[[Made], object],
        unpacked: Callable[[Item, Any], Made],
    ) -> Iterator[Made]:
        """As `each`, but never by the executor; what is wrong is raised (see `readings.Spread`)."""
        for outcome in replace(self, executor=None).each(items, Task(do, packed=packed, unpacked=unpacked)):
            if outcome.error is not None:
                raise outcome.error
            yield cast("Made", outcome.made)

    def _alone(self, items: Sequence[Item], do: Callable[[Item], Made]) -> Iterator[Outcome[Made]]:
        """The first ones, which tell what the rest will take; all of them where it is not worth to share the work.

        What they load and remember, forked workers have from the start.
        """
        shares = self.executor is not None or (self.jobs > 1 and can_fork())
        spent = 0.0
        for number, item in enumerate(items):
            if shares and number > 1 and spent / (number - 1) * (len(items) - number) > self.worth:
                return
            outcome = _outcome(do, item)
            spent += outcome.seconds if number else 0.0  # the first one loads libraries
            yield outcome

    def _shared(self, items: Sequence[Item], task: Task[Item, Made]) -> Outcomes[Made]:
        workers = self.jobs if self.executor is None else _MANY
        size = max(1, min(_LARGEST, len(items) // (workers * _PIECES_EACH)), -(-len(items) // MOST_PIECES))
        pieces = [items[start : start + size] for start in range(0, len(items), size)]
        done: dict[int, list[Outcome[Made]]] = {}
        at = 0
        with closing(self._asked(pieces, task)) as asked:
            for number, outcomes in asked:
                done[number] = outcomes
                while at in done:
                    yield from done.pop(at)
                    at += 1
        for number in range(at, len(pieces)):
            if number in done:
                yield from done[number]
            else:
                yield from (_outcome(task.do, item) for item in pieces[number])

    def _asked(
        self, pieces: Sequence[Sequence[Item]], task: Task[Item, Made]
    ) -> Generator[tuple[int, list[Outcome[Made]]]]:
        """What others make of the pieces, as it comes. A piece with anything wrong in it does not come: it is done
        here, and told as if this process were alone.
        """

        def packed(number: int) -> list[tuple[Any, float]]:
            return [_packed(task, item) for item in pieces[number]]

        if self.executor is None:
            with closing(forked(len(pieces), packed, task.begin, self.jobs)) as sent:
                for number, made in sent:
                    yield number, [_unpacked(task, *both) for both in zip(pieces[number], made, strict=True)]
            return
        from sitegen.build import distant
        from sitegen.build.spreading import spread

        wanted = [[task.sent(item) for item in piece] for piece in pieces]
        for number, made in spread(self.executor, getattr(distant, task.function), wanted, task.model()):
            yield number, [_judged(task, *both) for both in zip(pieces[number], made, strict=True)]


ALONE = Crew()


def usable_cpus() -> int:
    """How many CPUs this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _packed(task: Task[Item, Made], item: Item) -> tuple[Any, float]:
    started = perf_counter()
    return task.packed(task.do(item)), perf_counter() - started


def _unpacked(task: Task[Item, Made], item: Item, sent: tuple[Any, float]) -> Outcome[Made]:
    packed, seconds = sent
    outcome = _outcome(lambda each: task.unpacked(each, packed), item)
    return outcome._replace(seconds=seconds)


def _judged(task: Task[Item, Made], item: Item, made: tuple[Made, float]) -> Outcome[Made]:
    one, seconds = made
    return Outcome(one, None, seconds) if task.sound(item, one) else _outcome(task.do, item)


def _outcome(do: Callable[[Item], Made], item: Item) -> Outcome[Made]:
    started = perf_counter()
    try:
        made = do(item)
    except SiteError as error:
        return Outcome(None, error, perf_counter() - started)
    return Outcome(made, None, perf_counter() - started)
