"""What has happened since the program began. Plain numbers; what writes them out for others is `exposition`."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate

from sitegen.forms.inbox.database import StoreError

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
ENTRIES = (1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0)


class Distribution:
    """How many values there were up to each bound, and their sum."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds, self.sum = bounds, 0.0
        self._counts = [0] * (len(bounds) + 1)  # the last is of those beyond

    def add(self, value: float) -> None:
        """One more."""
        self._counts[bisect_left(self.bounds, value)] += 1
        self.sum += value

    def upto(self) -> tuple[int, ...]:
        """How many there were up to each bound, and in the end all of them."""
        return tuple(accumulate(self._counts))


class Tally:
    """Counts, from any thread. `became` is what a line of the log has: a state, `repeated`, the code of a refusal."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str]] = Counter()  # by form ("" for none that there is), and what they became
        self.attempts: Counter[tuple[str, str]] = Counter()  # at deliveries, by channel and the state they led to
        self.errors = 0  # of the database
        self.seconds, self.batches = Distribution(SECONDS), Distribution(ENTRIES)
        self.lock = threading.Lock()

    def request(self, form: str, became: str, seconds: float) -> None:
        """A request was answered."""
        with self.lock:
            self.requests[form, became] += 1
            self.seconds.add(seconds)

    def batch(self, entries: int) -> None:
        """So many entries were stored by one commit."""
        with self.lock:
            self.batches.add(entries)

    def attempt(self, channel: str, state: str) -> None:
        """A delivery was attempted."""
        with self.lock:
            self.attempts[channel, state] += 1

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Count what the database refuses; it is raised on."""
        try:
            yield
        except StoreError:
            with self.lock:
                self.errors += 1
            raise
