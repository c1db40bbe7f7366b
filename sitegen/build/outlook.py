"""What is known of a site before any of it is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from sitegen.build.memory import BuildMemory
from sitegen.build.written import Data
from sitegen.frozen import dataclass
from sitegen.leads.addresses import Addresses
from sitegen.leads.hints import Hints
from sitegen.model.site import Site
from sitegen.outputs.target import Rendering, Target


@dataclass(frozen=True)
class Outlook:
    """A site that is read and planned: `targets` are the files that should exist, by path.

    `hints` tell where addresses lead, and what was meant by one that leads nowhere; `made` is what was rendered since
    and is not published yet, by path.
    """

    rendering: Rendering
    targets: Mapping[str, Target]
    hints: Hints
    memory: BuildMemory
    made: Mapping[str, Data] = field(default_factory=dict)

    @property
    def site(self) -> Site:
        """The site."""
        return self.rendering.site

    @property
    def addresses(self) -> Addresses:
        """Where addresses lead."""
        return self.hints.addresses

    def with_targets(self, targets: Mapping[str, Target]) -> Outlook:
        """The same site with other files."""
        hints = _hints(self.rendering, targets, self.memory, self.addresses.foreign)
        return replace(self, targets=targets, hints=hints)


def outlook_of(rendering: Rendering, targets: Mapping[str, Target], memory: BuildMemory) -> Outlook:
    """What is known once the files are planned. What else earlier builds left in the output is not there any more."""
    return Outlook(rendering, targets, _hints(rendering, targets, memory), memory)


def _hints(
    rendering: Rendering, targets: Mapping[str, Target], memory: BuildMemory, asked: Mapping[str, bool] | None = None
) -> Hints:
    site = rendering.site
    files = targets.keys() | _index(site)
    return Hints(site, Addresses(site.config, files, memory.records.keys() - files, asked))


def _index(site: Site) -> frozenset[str]:
    """What is in the search index in any case."""
    if "search" not in site.config.outputs:
        return frozenset()
    from sitegen.search import FIXED

    return FIXED
