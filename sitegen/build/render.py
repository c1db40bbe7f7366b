"""Which files are fresh, and what the others should hold."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import field, replace
from functools import partial
from operator import attrgetter
from pathlib import Path

from sitegen.build.artifacts import Artifact, Draft, Work
from sitegen.build.crew import ALONE, Crew, Task
from sitegen.build.finish import finished
from sitegen.build.memory import BuildMemory
from sitegen.build.records import Record
from sitegen.build.staging import Staging
from sitegen.build.timings import Watch
from sitegen.build.written import Written, bytes_of, written
from sitegen.config import Config
from sitegen.digests import digest_of, digest_of_file
from sitegen.errors import Problem, Problems, SiteError
from sitegen.frozen import dataclass
from sitegen.model.content import Post
from sitegen.model.digests import BY_DOCUMENT, READABLE, config_digest, digest_named, digests_of_posts
from sitegen.model.site import Site
from sitegen.outputs.target import Rendering, Target

Settle = Callable[[Artifact], Artifact]  # leaves what was rendered on the disk

MOST_NAMES = 100  # documents that an artifact remembers one by one
MOST_SIGNS = 200  # of what a target is, that are remembered as they are


class _Digests(dict[str, str]):
    """The digest of each thing by its name, made when it is asked for."""

    def __init__(self, rendering: Rendering) -> None:
        self._site = rendering.site
        of_model = {kind: partial(digest, rendering.site) for kind, digest in READABLE.items()}
        self._by_kind: Mapping[str, Callable[[str], str]] = {**of_model, **rendering.renderer.readable}

    def __missing__(self, name: str) -> str:
        kind, _, key = name.partition(":")
        known = self._by_kind.get(kind)  # but for names of editions
        self[name] = found = known(key) if known is not None else digest_named(self._site, name)
        return found


class Ledger:
    """The digests of everything that an artifact can have read, each computed once."""

    def __init__(self, rendering: Rendering) -> None:
        self.rendering = rendering
        self.config = config_digest(rendering.site)
        self._known = _Digests(rendering)

    def foresee(self) -> None:
        """Make those that a build of the whole site is going to ask for."""
        self._known.update(digests_of_posts(self.rendering.site))

    def total(self, reads: Iterable[str]) -> str:
        """One digest for all of them, by their names (`meta:_posts/x.md`, `layout:post.html`)."""
        return digest_of("\0".join(map(self._known.__getitem__, reads)))

    def identity(self, target: Target) -> str:
        """What the target is: changed settings make every target another one."""
        found = f"{target.identity} copy" if target.file is not None else f"{target.identity} text {self.config}"
        return found if len(found) < MOST_SIGNS and "\0" not in found else digest_of(found)


@dataclass(frozen=True)
class Stale:
    """The targets that are to be made, and what is known of the others.

    `intact` are the records of those of them whose files are as a build left them, by path; `assets` the static files
    that fresh pages name.
    """

    targets: list[Target] = field(default_factory=list)
    intact: dict[str, Record] = field(default_factory=dict)
    assets: set[str] = field(default_factory=set)


def stale(targets: Iterable[Target], ledger: Ledger, memory: BuildMemory) -> Stale:
    """Which of the targets are not fresh."""
    config, found = ledger.rendering.site.config, Stale()
    read: set[str] = set()
    for target in targets:
        record = memory.records.get(target.path)
        if record is not None and is_intact(config, record):
            if _is_fresh(target, record, ledger):
                read.update(record.reads)
                continue
            found.intact[target.path] = record
        found.targets.append(target)
    found.assets.update(assets_in(read))
    return found


def render(
    targets: Collection[Target],
    rendering: Rendering,
    memory: BuildMemory,
    problems: Problems,
    staging: Staging,
    crew: Crew,
    watch: Watch,
) -> Work:
    """Render every target that is not fresh. What goes wrong is added to `problems`; what is new is staged. Raises
    `SiteError` where the disk fails.
    """
    ledger = Ledger(rendering)
    if len(targets) > len(rendering.site.posts):
        ledger.foresee()
    todo = stale(targets, ledger, memory)
    work = Work(assets=todo.assets)
    drafts: list[Draft] = []
    settle = _dropped if problems.errors else partial(_settled, rendering.site.config, todo.intact, staging)
    for made in _all_made(todo.targets, ledger, memory, problems, crew, watch, settle):
        if isinstance(made, Draft):
            drafts.append(made)
        else:
            _sort(work, made)
    for artifact in _drawn(drafts, rendering, memory, problems):
        _sort(work, settle(artifact))
    return work


def _all_made(
    targets: Sequence[Target],
    ledger: Ledger,
    memory: BuildMemory,
    problems: Problems,
    crew: Crew = ALONE,
    watch: Watch | None = None,
    settle: Settle = lambda made: made,
) -> Generator[Artifact | Draft]:
    """What there is to make, in order and settled; copies are but named. What is wrong is added to `problems`."""
    todo = [target for target in targets if target.file is None]
    layouts = [_layout(target, ledger.rendering.site) for target in todo]
    outcomes = crew.each(todo, _task(ledger, memory, settle))
    with closing((watch or Watch()).seen("Pages", layouts, outcomes)) as rendered:
        for target in targets:
            if target.file is not None:
                yield _unless_draft(settle, make(ledger, target))
                continue
            outcome = next(rendered)
            if outcome.made is not None:
                yield _unless_draft(settle, outcome.made)
            for problem in outcome.error.problems if outcome.error is not None else ():
                problems.add(problem)


def _task(ledger: Ledger, memory: BuildMemory, settle: Settle) -> Task[Target, Artifact | Draft]:
    """How targets are made, by this process or by others. What another machine made of other files than ours is not
    taken: it read what is not so here.
    """

    def model() -> bytes:
        from sitegen.build.distant import packed

        return packed(ledger.rendering.site, ledger.rendering.bodies)

    def sound(target: Target, made: Artifact | Draft) -> bool:
        artifact = made.artifact if isinstance(made, Draft) else made
        known = (ledger.identity(target), ledger.total(artifact.reads))
        return (artifact.identity, artifact.reads_digest) == known

    do, sent = partial(make, ledger), attrgetter("path")
    return Task(do, memory.beginning(), "render_pages", sent, model, sound, partial(_unless_draft, settle))


def _layout(target: Target, site: Site) -> str:
    """What a page is laid out by; of what has no layout, its path."""
    document = site.documents.get(target.owner)
    return target.layout or (document.layout if document is not None else None) or target.path


def _settled(config: Config, intact: Mapping[str, Record], staging: Staging, made: Artifact) -> Artifact:
    """What was rendered where it stands on the disk from now on: in the output if that has it, else staged. A worker
    leaves it to the first process to begin with that.
    """
    if isinstance(made.data, Written):
        return made
    if is_held(config, made, intact.get(made.path)):
        return replace(made, data=None if made.data is None else written(f"{config.output}/{made.path}"), held=True)
    return replace(made, data=staging.put(made.path, made.data)) if made.data is not None and staging.is_open else made


def _dropped(made: Artifact) -> Artifact:
    """What was rendered so that all that is wrong is told at once: of a build that is refused nothing is published."""
    return replace(made, data=None)


def _unless_draft(settle: Settle, made: Artifact | Draft) -> Artifact | Draft:
    return made if isinstance(made, Draft) else settle(made)


def _sort(work: Work, artifact: Artifact) -> None:
    work.assets.update(assets_in(artifact.reads))
    (work.same if artifact.held else work.changed).append(artifact)


def assets_in(reads: Iterable[str]) -> Iterator[str]:
    """The static files among the names of what was read."""
    return (name.removeprefix("asset:") for name in reads if name.startswith("asset:"))


def _drawn(
    drafts: Sequence[Draft], rendering: Rendering, memory: BuildMemory, problems: Problems
) -> Iterator[Artifact]:
    """The pictures. One that lacks letters is never fresh: each build tells of it until it is mended."""
    if not drafts:
        return
    from sitegen.build.cards import drawn

    made = drawn([draft.drawing for draft in drafts], rendering.site.config, memory.fingerprint, problems)
    for draft, picture in zip(drafts, made, strict=True):
        if picture is not None:
            identity = "" if picture.missing else draft.artifact.identity
            yield replace(
                draft.artifact, digest=picture.digest, identity=identity, data=picture.data, file=picture.file
            )


def texts(
    targets: Iterable[Target],
    rendering: Rendering,
    memory: BuildMemory,
    problems: Problems,
    assets: set[str] | None = None,
) -> Iterator[tuple[Target, str]]:
    """The text of each target, which is no copy: from the output where it is fresh there, else rendered.

    `assets` is told of the static files that they name.
    """
    config, ledger = rendering.site.config, Ledger(rendering)
    named = set() if assets is None else assets
    for target in targets:
        record = memory.records.get(target.path)
        if record is not None and is_intact(config, record) and _is_fresh(target, record, ledger):
            named.update(assets_in(record.reads))
            yield target, (config.output / target.path).read_bytes().decode("utf-8", "replace")
            continue
        for made in _all_made([target], ledger, memory, problems):
            if isinstance(made, Artifact):
                named.update(assets_in(made.reads))
                yield target, bytes_of(made.data).decode("utf-8")


def is_held(config: Config, artifact: Artifact, record: Record | None) -> bool:
    """Whether the output has the file already; `record` is of one that is as a build left it."""
    held = {file_digest(f"{config.output}/{artifact.path}")} if record is None else record.digests
    return artifact.digest in held


def is_intact(config: Config, record: Record) -> bool:
    """Whether the file is as the build left it; its content is read only if its size or time is another."""
    if record.claim:
        return False
    path = f"{config.output}/{record.path}"
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return False
    known = (found.st_size, found.st_mtime_ns) == (record.size, record.modified)
    return (known and stat.S_ISREG(found.st_mode)) or file_digest(path) == record.digest


def file_digest(path: str | Path) -> str:
    """The digest of a file's bytes; "" if there is no regular file that can be read."""
    try:
        return digest_of_file(path) if stat.S_ISREG(os.lstat(path).st_mode) else ""
    except (OSError, ValueError):
        return ""


def _condensed(reads: set[str], site: Site) -> set[str]:
    """Many documents as all of their years, or as all that there are: a list of the whole site on every page must not
    cost the square of its size.
    """
    if len(reads) <= MOST_NAMES:
        return reads
    for kind in BY_DOCUMENT:
        named = {name for name in reads if name.startswith(f"{kind}:")}
        if len(named) > MOST_NAMES:
            fewer = {f"{kind}:{_year_of(name.removeprefix(f'{kind}:'), site)}" for name in named}
            reads = reads - named | (fewer if len(fewer) <= MOST_NAMES else {f"{kind}:*"})
    return reads


def _year_of(path: str, site: Site) -> str:
    """The name of all posts of a post's year (see `model.digests`); that of a page is its own."""
    document = site.documents.get(path)
    return f"*{document.date.year}" if isinstance(document, Post) else path


def _is_fresh(target: Target, record: Record, ledger: Ledger) -> bool:
    return record.identity == ledger.identity(target) and record.reads_digest == ledger.total(record.reads)


def make(ledger: Ledger, target: Target) -> Artifact | Draft:
    """What a target becomes. It changes nothing, so that it may be done in another process. Raises `SiteError`."""
    rendering, identity = ledger.rendering, ledger.identity(target)
    if target.file is not None:
        return Artifact(target.path, target.owner, target.identity, identity, (), ledger.total(()), file=target.file)
    reads: set[str] = set()
    try:
        made = target.render(rendering, reads)
    except RecursionError as error:
        raise SiteError([Problem(target.owner, None, "nested too deeply to be rendered")]) from error
    names = tuple(sorted(_condensed(reads, rendering.site)))
    known = (identity, names, ledger.total(names))
    if not isinstance(made, str):
        return Draft(Artifact(target.path, target.owner, "", *known), made)
    data = finished(target, made, rendering.site.config).encode("utf-8", "replace")
    return Artifact(target.path, target.owner, digest_of(data), *known, data)
