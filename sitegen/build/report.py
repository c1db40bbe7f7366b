"""What a build did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from sitegen.build.timings import Timings
from sitegen.errors import Problem
from sitegen.frozen import dataclass
from sitegen.model.site import Site

if TYPE_CHECKING:
    from sitegen.build.glance import Known
    from sitegen.build.weighing import PageWeight
    from sitegen.search import Entry


@dataclass(frozen=True)
class BuildReport:
    """The outcome: numbers of files written, left as they were, and removed; notices; seconds of wall time.

    `findable` is what can be found by searching.
    `weights` are those of the pages, the heaviest first, if the site has a budget or they were asked for.
    `left` are the files as they were left, with size and time (nanoseconds), if the next build would find nothing else
    to do; `foreign` is what was asked of others in the output, and whether there is such a file.
    `timings` tell where the time went; `known` is what a glance needs (see `glance`).
    """

    site: Site
    written: int
    unchanged: int
    deleted: int
    notices: tuple[Problem, ...]
    seconds: float
    findable: tuple[Entry, ...] = ()
    weights: tuple[PageWeight, ...] = ()
    left: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    foreign: Mapping[str, bool] = field(default_factory=dict)
    timings: Timings = field(default_factory=Timings)
    known: Known | None = field(default=None, repr=False)

    @property
    def files(self) -> int:
        """How many files the site has."""
        return self.written + self.unchanged
