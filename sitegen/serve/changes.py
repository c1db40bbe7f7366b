"""What has changed in the sources, and what is to be done about it when."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

QUIET = 0.015  # seconds without a change that end a save: editors write, rename and touch within a few ms
REST = 3.0  # seconds in which nothing changes, and nothing is new to be seen: the author reads, or thinks
LONGEST = 1.0  # seconds after which a build starts though the changes go on


@dataclass
class Changes:
    """The changes that are waiting: for the next build (`paths`), and for a glance (`unseen`, whether each is whole).

    `apart` has what is another than in the last good build, with the number of the change that made it so. `first` and
    `last` are when the changes for the next build came; `last` may be when something was shown after that.
    """

    paths: dict[str, None] = field(default_factory=dict)
    unseen: dict[str, bool] = field(default_factory=dict)
    apart: dict[str, int] = field(default_factory=dict)
    number: int = 0
    first: float = field(default_factory=time.perf_counter)
    last: float = 0.0

    def add(self, paths: Iterable[str], *, whole: bool) -> None:
        """These have changed; `whole` tells that somebody has just finished to write them."""
        self.last, self.number = time.perf_counter(), self.number + 1
        if not self.paths:
            self.first = self.last
        for path in paths:
            self.paths[path], self.unseen[path], self.apart[path] = None, whole, self.number

    @property
    def glance_in(self) -> float | None:
        """Seconds until there is something to glance at, which need not be whole if nothing more comes; None: never."""
        if not self.unseen:
            return None
        return 0.0 if all(self.unseen.values()) else self._quiet_in

    @property
    def build_in(self) -> float | None:
        """Seconds until a build is due; None: never."""
        return min(self._quiet_in, self.first + LONGEST - time.perf_counter()) if self.paths else None

    @property
    def rest_in(self) -> float | None:
        """Seconds until nothing has happened for long; None while there is something to do."""
        return None if self.paths else self.last + REST - time.perf_counter()

    @property
    def _quiet_in(self) -> float:
        return self.last + QUIET - time.perf_counter()

    def take_unseen(self) -> tuple[str, ...]:
        """What to glance at."""
        unseen, self.unseen = tuple(self.unseen), {}
        return unseen

    def hold(self) -> None:
        """Let what is next wait for a moment: something was just shown, and is being asked for."""
        self.last = time.perf_counter()

    def take_paths(self) -> tuple[str, ...]:
        """What to build."""
        paths, self.paths = tuple(self.paths), {}
        return paths

    def built(self, number: int) -> None:
        """There is a good build of everything up to that change."""
        self.apart = {path: change for path, change in self.apart.items() if change > number}
