"""What was made of targets: files, as they are written or wait to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.written import Data
from sitegen.frozen import dataclass

if TYPE_CHECKING:
    from sitegen.drawing.drawings import Drawing


@dataclass(frozen=True)
class Artifact:
    """One file that was made: its bytes, perhaps written already, or the file to copy; and its record but for size and
    time. `held` is whether the output has it.
    """

    path: str
    owner: str
    digest: str
    identity: str
    reads: tuple[str, ...]
    reads_digest: str
    data: Data | None = None
    file: Path | None = None
    held: bool = False


@dataclass(frozen=True)
class Draft:
    """A picture that is to be drawn, and what its file will be but for the bytes."""

    artifact: Artifact
    drawing: Drawing


@dataclass(frozen=True)
class Work:
    """What rendering came to: `changed` is to be published; `same` was rendered anew and is as it was.

    `assets` are the static files that pages name, those too that are fresh, by their path in the output.
    """

    changed: list[Artifact] = field(default_factory=list)
    same: list[Artifact] = field(default_factory=list)
    assets: set[str] = field(default_factory=set)

    def and_(self, more: Work) -> Work:
        """The two together."""
        return Work(self.changed + more.changed, self.same + more.same, self.assets | more.assets)

    @property
    def made(self) -> Mapping[str, Data]:
        """What was rendered, by path."""
        return {one.path: one.data for one in (*self.changed, *self.same) if one.data is not None}
