"""What there is to see: the last good build, and what is wrong with the newest sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.errors import Problem

if TYPE_CHECKING:
    from sitegen.build import BuildReport


@dataclass(frozen=True)
class Preview:
    """One state of the preview.

    `config` and `report` are the last good build's. `session` tells one run of the server from another;
    `build` counts the builds that changed a file, `revision` everything that open pages have to hear of.
    `styles` tells that the newest build changed style sheets only. `problems` are those of the newest
    sources, `shown` the same as HTML.
    """

    session: str
    build: int = 0
    revision: int = 0
    config: Config | None = None
    report: BuildReport | None = None
    styles: bool = False
    problems: tuple[Problem, ...] = ()
    shown: str = ""

    @property
    def mark(self) -> str:
        """What a page remembers of the build that it shows."""
        return f"{self.session}-{self.build}"

    def built(self, config: Config, report: BuildReport, *, styles: bool) -> Preview:
        """The state after a good build. One that changed no file and mended nothing is no news to pages."""
        changed = not self.build or report.written > 0 or report.deleted > 0
        return Preview(
            session=self.session,
            build=self.build + changed,
            revision=self.revision + (changed or bool(self.problems)),
            config=config,
            report=report,
            styles=styles if changed else self.styles,
        )

    def broken(self, problems: tuple[Problem, ...], shown: str) -> Preview:
        """The state after a failed build: what was good stays."""
        news = shown != self.shown
        return replace(self, revision=self.revision + news, problems=problems, shown=shown)
