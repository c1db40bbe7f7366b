"""A proof: every page as a build would publish it, to be looked at before. The output is not touched."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sitegen.build.advice import OF_PAGES, OF_PLAN, advise
from sitegen.build.build import foresee
from sitegen.build.lock import locked
from sitegen.build.memory import BuildMemory
from sitegen.build.render import texts
from sitegen.build.twins import with_twins
from sitegen.config import Config
from sitegen.errors import Problem, Problems
from sitegen.leads.hints import Hints
from sitegen.markup.rendered import Rendered
from sitegen.model.site import Site
from sitegen.outputs.target import Target

Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Proof(Generic[Seen]):
    """What a build would make: every file by its path, and what was seen in each page that is no copy.

    `bodies` are the rendered bodies by source path; `hints` tell where links lead.
    """

    site: Site
    targets: Mapping[str, Target]
    hints: Hints
    seen: tuple[Seen, ...]
    bodies: Mapping[str, Rendered]
    notices: tuple[Problem, ...]


def proof(
    config: Config,
    look: Callable[[Target, str], Seen],
    *,
    now: datetime,
    epoch: datetime | None = None,
    waiting: Callable[[], None] = lambda: None,
    but: Container[str] = (),
) -> Proof[Seen]:
    """Make the site, page by page, and `look` at each. Raises `SiteError` where a build would.

    Its notices are a build's, `but` for the advice of these names. Nothing is written but what builds remember, so that
    the next one need not render a body again.
    """
    problems = Problems(lenient=config.lenient, strict=config.strict)
    with locked(config, waiting), BuildMemory.open(config) as memory:
        outlook = foresee(config, memory, problems, now=now, epoch=epoch)
        advise(OF_PLAN, outlook, problems, but=but)
        site, rendering = outlook.site, outlook.rendering
        pages = [target for target in outlook.targets.values() if target.file is None and target.is_page]
        assets: set[str] = set()
        seen = tuple(look(target, text) for target, text in texts(pages, rendering, memory, problems, assets))
        problems.refuse()
        outlook, _ = with_twins(outlook, assets, problems)
        advise(OF_PAGES, outlook, problems, but=but)
        problems.refuse()
        bodies = {path: rendering.bodies.of(document) for path, document in site.documents.items()}
        memory.claim(())
    return Proof(site, outlook.targets, outlook.hints, seen, bodies, problems.notices)
