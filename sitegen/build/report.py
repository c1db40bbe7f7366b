"""What a build did."""

from __future__ import annotations

from dataclasses import dataclass, field

from sitegen.build.timings import Timings
from sitegen.build.weighing import PageWeight
from sitegen.errors import Problem
from sitegen.model.site import Site
from sitegen.search import Entry


@dataclass(frozen=True)
class BuildReport:
    """The outcome: numbers of files written, left as they were, and removed; notices; seconds of wall time.

    `findable` is what can be found by searching.
    `weights` are those of the pages, the heaviest first, if the site has a budget or they were asked for.
    `timings` tell where the time went.
    """

    site: Site
    written: int
    unchanged: int
    deleted: int
    notices: tuple[Problem, ...]
    seconds: float
    findable: tuple[Entry, ...] = ()
    weights: tuple[PageWeight, ...] = ()
    timings: Timings = field(default_factory=Timings)

    @property
    def files(self) -> int:
        """How many files the site has."""
        return self.written + self.unchanged
