"""One build, from the folder to the output."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter

from sitegen.build import diagrams
from sitegen.build.addresses import Addresses
from sitegen.build.links import check_links
from sitegen.build.lock import locked
from sitegen.build.memory import BuildMemory
from sitegen.build.menu import check_menu
from sitegen.build.plan import plan, settle_layouts
from sitegen.build.publish import publish
from sitegen.build.render import render
from sitegen.build.report import BuildReport
from sitegen.config import Config
from sitegen.content.assemble import assemble
from sitegen.errors import Problem, Problems, SiteError
from sitegen.liquid import expanded
from sitegen.markup.bodies import Bodies
from sitegen.model.site import Site
from sitegen.outputs import feeds
from sitegen.outputs.target import Rendering, Target
from sitegen.templates import Renderer


def build(
    config: Config,
    *,
    now: datetime,
    epoch: datetime | None = None,
    clean: bool = False,
    waiting: Callable[[], None] = lambda: None,
) -> BuildReport:
    """Make the site. Nothing is written while anything is wrong: `SiteError` has all problems then.

    `epoch` is the time of the site where SOURCE_DATE_EPOCH gives it; `clean` forgets what earlier builds
    rendered; `waiting` is called when another build of this site has to end first.
    """
    started = perf_counter()
    problems = Problems(lenient=config.lenient, strict=config.strict)
    with locked(config, waiting), BuildMemory.open(config, forget=clean) as memory:
        rendering = prepare(config, memory, problems, now=now, epoch=epoch)
        targets, addresses = settled(rendering.site, memory, problems)
        work = render(targets, rendering, memory, problems)
        problems.refuse()
        check_links(targets, addresses, rendering, memory, work, problems)
        diagrams.advise(rendering, problems)
        problems.refuse()
        feeds.advise(rendering.site, problems)
        deleted = publish(config.output, targets, work, memory, problems)
    return BuildReport(
        site=rendering.site,
        written=len(work.changed),
        unchanged=len(targets) - len(work.changed),
        deleted=deleted,
        notices=problems.notices,
        seconds=perf_counter() - started,
    )


def settled(site: Site, memory: BuildMemory, problems: Problems) -> tuple[list[Target], Addresses]:
    """Every file that should exist, and where addresses lead in a site of these.

    What else earlier builds have left in the output is not there any more.
    """
    targets = plan(site, problems)
    planned = {target.path: target for target in targets}
    addresses = Addresses(site.config, planned.keys(), memory.records.keys() - planned.keys())
    check_menu(site, planned, addresses, problems)
    return targets, addresses


def prepare(
    config: Config, memory: BuildMemory, problems: Problems, *, now: datetime, epoch: datetime | None
) -> Rendering:
    """Read the site, and all that its pages are rendered with."""
    bodies = Bodies(config, memory.bodies)
    site = settle_layouts(assemble(config, problems, now=now, epoch=epoch), problems)
    site = expanded(site, bodies, memory.expansions, problems)
    memory.bodies.keep(bodies.key(document) for document in site.documents.values())
    renderer = Renderer(site, bodies)
    renderer.check(problems)
    return Rendering(site, bodies, renderer)


def source_date_epoch() -> datetime | None:
    """SOURCE_DATE_EPOCH (reproducible-builds.org): seconds since 1970, or None. Raises `SiteError` for nonsense."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError) as error:
        hint = "it is the number of seconds since 1970"
        raise SiteError([Problem("SOURCE_DATE_EPOCH", None, f'"{text}" is not a moment', hint)]) from error
