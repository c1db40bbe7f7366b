"""One build, from the folder to the output."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from sitegen.build.advice import OF_PAGES, OF_PLAN, advise
from sitegen.build.artifacts import Work
from sitegen.build.bodies import with_bodies
from sitegen.build.crew import ALONE, Crew
from sitegen.build.glance import Known
from sitegen.build.lock import clock_of, locked
from sitegen.build.memory import BuildMemory
from sitegen.build.nearness import recall, remember
from sitegen.build.outlook import Outlook, outlook_of
from sitegen.build.packing import pack
from sitegen.build.plan import plan, settle_layouts
from sitegen.build.publish import publish
from sitegen.build.render import render
from sitegen.build.report import BuildReport
from sitegen.build.staging import staging
from sitegen.build.timings import Progress, Watch
from sitegen.build.twins import with_twins
from sitegen.collector import at_rest
from sitegen.config import Config
from sitegen.content.assemble import assemble
from sitegen.content.readings import Shelf
from sitegen.digests import digest_of
from sitegen.errors import Problem, Problems, SiteError
from sitegen.liquid import expanded
from sitegen.markup.bodies import Bodies
from sitegen.outputs.target import Rendering
from sitegen.pictures.beside import with_files_beside
from sitegen.pictures.heads import Heads
from sitegen.pictures.sizes import with_sizes
from sitegen.templates import Renderer, keep_packaged

if TYPE_CHECKING:
    from sitegen.build.weighing import PageWeight
    from sitegen.search import Entry


def build(
    config: Config,
    *,
    now: datetime,
    epoch: datetime | None = None,
    clean: bool = False,
    weighing: bool = False,
    crew: Crew = ALONE,
    waiting: Callable[[], None] = lambda: None,
    progress: Progress = lambda what, done, total: None,
) -> BuildReport:
    """Make the site. Nothing is published while anything is wrong: `SiteError` has all problems then.

    `epoch` is the time of the site where SOURCE_DATE_EPOCH gives it; `clean` forgets what earlier builds
    rendered; `weighing` asks for the weight of each page; `crew` is who reads and renders; `waiting` is called when
    another build of this site has to end first, `progress` with what is being made (pictures, bodies, pages), how many
    of it are, and of how many.
    """
    started, watch = perf_counter(), Watch(progress)
    problems = Problems(lenient=config.lenient, strict=config.strict)
    with (
        locked(config, waiting),
        BuildMemory.open(config, forget=clean) as memory,
        staging(config.output) as stage,
        _unhurried(),
    ):
        outlook = foresee(config, memory, problems, now=now, epoch=epoch, crew=crew, watch=watch)
        advise(OF_PLAN, outlook, problems)
        work = render(outlook.targets.values(), outlook.rendering, memory, problems, stage, crew, watch)
        problems.refuse()
        outlook, twins = with_twins(outlook, work.assets, problems)
        work = work.and_(render(twins, outlook.rendering, memory, problems, stage, ALONE, watch))
        remember(outlook.site, memory)
        watch.lap("pages")
        advise(OF_PAGES, replace(outlook, made=work.made), problems)
        problems.refuse()
        watch.lap("links and advice")
        weights = _weights(outlook, work, problems, asked=weighing)
        problems.refuse()
        watch.lap("weight")
        work, findable, index = _indexed(outlook, work)
        watch.lap("search index")
        work, packed = pack(config, outlook.targets.keys() | index, work, memory)
        watch.lap("compression")
        wanted = outlook.targets.keys() | index | packed
        is_settled = memory.records.keys() <= wanted
        deleted = publish(config.output, wanted, work, stage, memory, problems)
        watch.lap("publishing")
        left = memory.left() if is_settled else {}
    keep_packaged()
    return BuildReport(
        site=outlook.site,
        written=len(work.changed),
        unchanged=len(wanted) - len(work.changed),
        deleted=deleted,
        notices=problems.notices,
        seconds=perf_counter() - started,
        findable=findable,
        weights=weights,
        left=left,
        foreign=outlook.addresses.foreign,
        timings=watch.timings(),
        known=Known(outlook.rendering, outlook.targets, memory.records),
    )


@contextmanager
def _unhurried() -> Iterator[None]:
    """Python's collector seldom looks through what a build makes: nearly all of it lives as long as the build."""
    usual = gc.get_threshold()
    gc.set_threshold(max(usual[0], 100_000), 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def _lasting() -> Iterator[None]:
    """All that is made here lives as long as the build: the collector does not look through it, nor soon after."""
    with at_rest():
        try:
            yield
        finally:
            gc.freeze()
            gc.unfreeze()  # now all of it is among what is old


def _weights(outlook: Outlook, work: Work, problems: Problems, *, asked: bool) -> tuple[PageWeight, ...]:
    """What the pages weigh, held against the budget, if there is one; nothing where nobody wants to know."""
    config = outlook.site.config
    if not asked and (config.preview or not config.has_budget):
        return ()
    from sitegen.build.budget import check_budget
    from sitegen.build.weighing import weigh

    weights = weigh(outlook, work)
    check_budget(outlook.site, weights, problems)
    return weights


def _indexed(outlook: Outlook, work: Work) -> tuple[Work, tuple[Entry, ...], Set[str]]:
    """The work with the index of the search, what is found there, and the paths of the index."""
    if "search" not in outlook.site.config.outputs:
        return work, (), frozenset()
    from sitegen.build.indexing import found_in, indexed

    findable = found_in(outlook)
    work, index = indexed(outlook, work, findable)
    return work, findable, index


def foresee(
    config: Config,
    memory: BuildMemory,
    problems: Problems,
    *,
    now: datetime,
    epoch: datetime | None = None,
    crew: Crew = ALONE,
    watch: Watch | None = None,
) -> Outlook:
    """Read the site, and plan its files. What else earlier builds have left in the output is not there any more."""
    watch = watch or Watch()
    rendering = prepare(config, memory, problems, now=now, epoch=epoch, crew=crew, watch=watch)
    with _lasting():
        targets = plan(rendering.site, problems)
    outlook = outlook_of(rendering, targets, memory)
    watch.lap("plan")
    return outlook


def prepare(
    config: Config,
    memory: BuildMemory,
    problems: Problems,
    *,
    now: datetime,
    epoch: datetime | None,
    crew: Crew = ALONE,
    watch: Watch | None = None,
) -> Rendering:
    """Read the site, and all that its pages are rendered with."""
    watch = watch or Watch()
    shelf = Shelf(config, problems, memory.readings, clock_of(config), crew.spread)
    with _lasting():
        site = settle_layouts(assemble(config, problems, now=now, epoch=epoch, shelf=shelf), problems)
    bodies = Bodies(config, memory.bodies, site.catalogs)
    watch.lap("reading")
    site = expanded(site, bodies, memory.expansions, problems)
    watch.lap("Liquid")
    ends = with_bodies(site, bodies, memory, crew, watch)
    watch.lap("bodies")
    heads = Heads(memory.heads)
    site = with_sizes(with_files_beside(site, ends, problems, shelf.digest, heads), heads)
    if config.image_variants:
        from sitegen.pictures.deriving import with_variants

        site = with_variants(site, ends, problems, partial(watch.progress, "Pictures"))
    recall(site, memory)
    memory.bodies.keep(bodies.key(document) for document in site.documents.values())
    watch.lap("pictures and files beside")
    renderer = Renderer(site, bodies)
    _check_layouts(renderer, memory, problems)
    watch.lap("layouts")
    return Rendering(site, bodies, renderer)


def _check_layouts(renderer: Renderer, memory: BuildMemory, problems: Problems) -> None:
    """Tell what is wrong with the layouts. Of those with which nothing is, that is remembered."""
    key = digest_of(renderer.digest("*"), str(renderer.site.config.liquid))
    if memory.sound.get(key) is not None:
        return
    found = Problems(lenient=problems.lenient, strict=problems.strict)
    renderer.check(found)
    for problem in found:
        problems.add(problem)
    if not [*found]:
        memory.sound.put(key, "")


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
