"""A site as a build would see it: read, planned, and nothing written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sitegen.build.advice import OF_PLAN, advise
from sitegen.build.build import foresee
from sitegen.build.memory import BuildMemory
from sitegen.build.render import texts
from sitegen.config import Config
from sitegen.errors import Problems, RefusedAddress
from sitegen.model.site import Site
from sitegen.outputs.target import Rendering, Target
from sitegen.urls import path_of, url_from


@dataclass(frozen=True)
class Look:
    """What a build would know when it begins to render; `targets` by path."""

    rendering: Rendering
    targets: Mapping[str, Target]
    memory: BuildMemory
    problems: Problems

    @property
    def site(self) -> Site:
        """The site."""
        return self.rendering.site

    def target_at(self, url: str) -> Target | None:
        """The file that answers to an address."""
        try:
            return self.targets.get(path_of(url_from(url)))
        except RefusedAddress:
            return None

    def render(self, targets: Iterable[Target]) -> None:
        """Render these, for what is wrong with them."""
        for _ in texts(list(targets), self.rendering, self.memory, self.problems):
            pass


def look_at(config: Config, memory: BuildMemory, now: datetime) -> Look:
    """Read and plan a site, whatever is wrong with it."""
    problems = Problems(lenient=config.lenient, strict=config.strict)
    outlook = foresee(config, memory, problems, now=now)
    advise(OF_PLAN, outlook, problems)
    return Look(outlook.rendering, outlook.targets, memory, problems)
