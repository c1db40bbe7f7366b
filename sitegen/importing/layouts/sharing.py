"""Which variables files share: in Liquid what an include sets is set for whoever includes it, in Jinja it is not."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from sitegen.importing.layouts.tree import Node
from sitegen.importing.layouts.uses import Uses, uses_of

FOLDER = "_includes/"


@dataclass(frozen=True)
class Sharing:
    """The files by path, and for each: what it and its includes `reads` from outside, what they `gives` values to,
    and the variables `wanted` of it elsewhere. `prints` are those that write anything.
    """

    files: frozenset[str] = frozenset()
    reads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gives: Mapping[str, frozenset[str]] = field(default_factory=dict)
    wanted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    prints: frozenset[str] = frozenset()

    def has(self, include: str) -> bool:
        """Whether there is such an include, as far as that is known."""
        return not self.files or FOLDER + include in self.files

    def named(self, include: str) -> str:
        """By what name Jinja finds an include: sitegen looks for layouts of a name first."""
        return FOLDER + include if f"_layouts/{include}" in self.files else include

    def read_by(self, include: str) -> frozenset[str]:
        """The variables that an include wants of its surroundings."""
        return self.reads.get(FOLDER + include, frozenset())

    def got_from(self, include: str) -> frozenset[str]:
        """The variables that an include is to hand on."""
        return self.wanted.get(FOLDER + include, frozenset())

    def printed_by(self, include: str) -> bool:
        """Whether an include writes anything, beside setting variables."""
        return not self.files or FOLDER + include in self.prints


def sharing(trees: Mapping[str, tuple[Node, ...]]) -> Sharing:
    """What a theme's files, read, share."""
    uses = {path: uses_of(nodes) for path, nodes in trees.items()}
    below = {path: _known(use.includes, uses) for path, use in uses.items()}
    lenders = {path: _known(use.lenders, uses) for path, use in uses.items()}
    reads = _gathered({path: use.free for path, use in uses.items()}, below)
    gives = _gathered({path: use.given for path, use in uses.items()}, lenders)
    prints = _gathered({path: {"x"} if use.prints else set() for path, use in uses.items()}, below)
    return Sharing(
        frozenset(trees),
        reads,
        gives,
        _wanted(uses, below, lenders, reads, gives),
        frozenset(path for path, found in prints.items() if found),
    )


def _known(names: Iterable[str], files: Container[str]) -> list[str]:
    return [FOLDER + name for name in sorted(names) if FOLDER + name in files]


def _gathered(own: Mapping[str, set[str]], below: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """For each file its own names, and those of all that it includes."""
    found = {path: set(names) for path, names in own.items()}
    changed = True
    while changed:
        changed = False
        for path, inner in below.items():
            size = len(found[path])
            found[path].update(*(found[name] for name in inner))
            changed |= len(found[path]) > size
    return {path: frozenset(names) for path, names in found.items()}


def _wanted(
    uses: Mapping[str, Uses],
    below: Mapping[str, list[str]],
    lenders: Mapping[str, list[str]],
    reads: Mapping[str, frozenset[str]],
    gives: Mapping[str, frozenset[str]],
) -> dict[str, frozenset[str]]:
    """What each file is to hand on: what it sets, and whoever includes it reads, hands on, or includes a reader of."""
    found: dict[str, set[str]] = {path: set() for path in uses}
    changed = True
    while changed:
        changed = False
        for path, lending in lenders.items():
            for name in lending:
                others = (reads[other] for other in below[path] if other != name)
                asked = set(uses[path].free).union(found[path], *others) & gives[name]
                changed |= not asked <= found[name]
                found[name] |= asked
    return {path: frozenset(names) for path, names in found.items()}
