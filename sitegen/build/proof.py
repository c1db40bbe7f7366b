"""A proof: every page as a build would publish it, to be looked at before. The output is not touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sitegen.build.addresses import Addresses
from sitegen.build.build import prepare, settled
from sitegen.build.lock import locked
from sitegen.build.memory import BuildMemory
from sitegen.build.render import texts
from sitegen.config import Config
from sitegen.errors import Problem, Problems
from sitegen.markup.rendered import Rendered
from sitegen.model.site import Site
from sitegen.outputs.target import Target

Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Proof(Generic[Seen]):
    """What a build would make: every file by its path, and what was seen in each page that is no copy.

    `bodies` are the rendered bodies by source path; `addresses` tell where links lead.
    """

    site: Site
    targets: Mapping[str, Target]
    addresses: Addresses
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
) -> Proof[Seen]:
    """Make the site, page by page, and `look` at each. Raises `SiteError` where a build would.

    Nothing is written but what builds remember, so that the next one need not render a body again.
    """
    problems = Problems(lenient=config.lenient, strict=config.strict)
    with locked(config, waiting), BuildMemory.open(config) as memory:
        rendering = prepare(config, memory, problems, now=now, epoch=epoch)
        site = rendering.site
        targets, addresses = settled(site, memory, problems)
        pages = [target for target in targets if target.file is None and target.is_page]
        seen = tuple(look(target, text) for target, text in texts(pages, rendering, memory, problems))
        problems.refuse()
        bodies = {path: rendering.bodies.of(document) for path, document in site.documents.items()}
        memory.claim(())
        planned = {target.path: target for target in targets}
    return Proof(site, planned, addresses, seen, bodies, problems.notices)
