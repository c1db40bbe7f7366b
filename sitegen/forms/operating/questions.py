"""A question to the database, that anybody may have asked as often as they like."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic
from typing import Generic, TypeVar

from sitegen.forms.inbox.database import StoreError

LONGEST = 5.0  # seconds that somebody waits for the answer
REUSED = 1.0  # seconds for which an answer is given again

T = TypeVar("T")


class Question(Generic[T]):
    """Put by one thread, at most once a second; whoever asks meanwhile gets the same answer."""

    def __init__(self, ask: Callable[[], T], longest: float = LONGEST, clock: Callable[[], float] = monotonic) -> None:
        self._ask, self._longest, self._clock = ask, longest, clock
        self._thread = ThreadPoolExecutor(1, "sitegen-operating")
        self._answer: Future[T] | None = None
        self._since = 0.0

    async def answer(self) -> T:
        """The answer. Raises what the question raises, and `StoreError` where there is none within that time."""
        now = self._clock()
        if self._answer is None or (self._answer.done() and now - self._since >= REUSED):
            self._answer, self._since = self._thread.submit(self._ask), now
        waited = asyncio.wrap_future(self._answer)
        done, _ = await asyncio.wait({waited}, timeout=self._longest)
        if not done:
            raise StoreError(f"the inbox has not answered for {self._longest:g} seconds")
        return waited.result()

    def close(self) -> None:
        """Ask no more."""
        self._thread.shutdown()
