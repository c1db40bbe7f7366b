"""A site as a build would make it, whatever is wrong with it, and with nothing written anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sitegen.build.advice import OF_PLAN, advise
from sitegen.build.build import foresee
from sitegen.build.memory import BuildMemory
from sitegen.build.render import texts
from sitegen.config import Config
from sitegen.errors import Problem, Problems, SiteError
from sitegen.model.site import Site
from sitegen.outputs import Rendering, Target
from sitegen.urls import path_of


@dataclass(frozen=True)
class Rehearsal:
    """What there would be: every file by its path, the rendered bodies by source path, the feed; and all problems."""

    site: Site
    targets: Mapping[str, Target]
    bodies: Mapping[str, str]
    feed: bytes
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What would keep the site from being built."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def rehearse(config: Config, memory: BuildMemory, *, now: datetime) -> Rehearsal:
    """Build in memory. `config` may have problems of its own; they are among those of the rehearsal."""
    problems = Problems(lenient=config.lenient, strict=config.strict)
    outlook = foresee(config, memory, problems, now=now)
    advise(OF_PLAN, outlook, problems)
    site, rendering, targets, feed = outlook.site, outlook.rendering, outlook.targets, path_of(config.feed_path)
    made = [text for target, text in texts(targets.values(), rendering, memory, problems) if target.path == feed]
    bodies = {path: body for path in site.documents if (body := _body(rendering, path, problems)) is not None}
    return Rehearsal(site, targets, bodies, "".join(made).encode(), tuple(problems))


def _body(rendering: Rendering, path: str, problems: Problems) -> str | None:
    try:
        return str(rendering.bodies.of(rendering.site.documents[path]).html)
    except SiteError as error:
        for problem in error.problems:
            problems.add(problem)
        return None
