"""Rebuilds, one at a time: what changes while one runs causes exactly one more. Texts are to be seen before."""

from __future__ import annotations

import gc
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.config import MEMORY, Config, load_config
from sitegen.serve.attempts import Attempt, Build
from sitegen.serve.changes import Changes
from sitegen.serve.glimpses import get_ready, is_held, left_after, look, pages_seen
from sitegen.serve.news import Broken, News, Rebuilt
from sitegen.serve.overlay import problems_html
from sitegen.serve.preview import Preview

if TYPE_CHECKING:
    from sitegen.build import BuildReport
    from sitegen.model.content import Document

FOLDER = "preview"  # below `.sitegen/`: what the forms of a preview say is not for `output/`
GARBAGE = 20_000  # objects, of which some may be of no use: Python's collector, which stops everything, comes at rest …
MOST_GARBAGE = 3_000_000  # … or when there are too many
MINUTE = 60.0


@dataclass(frozen=True)
class Wanted:
    """What is previewed: the folder with the sources, and what of it."""

    source: Path
    drafts: bool = False
    future: bool = False
    expired: bool = False

    def config(self) -> Config:
        """The configuration as it is now. Raises `SiteError`."""
        output = self.source / MEMORY / FOLDER
        if output.is_symlink():  # a site may come from anywhere: nothing is written through its links
            output.unlink()
        return load_config(
            self.source, output, preview=True, drafts=self.drafts, future=self.future, expired=self.expired
        )


class Rebuilder:
    """Builds once at the start and then after each change, until it is stopped; meanwhile it glances at what changes.

    One thread decides, and holds the state; builds, one at a time, have threads of their own. `tell` gets the news.
    `connect` says who wants to see each new state.
    """

    def __init__(
        self,
        wanted: Wanted,
        build: Build,
        *,
        tell: Callable[[News], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.preview = Preview(secrets.token_hex(4))
        self._wanted, self._build, self._clock = wanted, build, clock
        self._tell = tell
        self._busy: Callable[[], None] = lambda: None
        self._show: Callable[[Preview], None] = lambda preview: None
        self._glimpse: Callable[[Preview], None] = lambda preview: None
        self._looked_at: Callable[[], Sequence[str]] = lambda: ()
        self._changes = Changes()
        self._read: Mapping[str, Document] = {}  # by glances since the last build
        self._builder: threading.Thread | None = None
        self._ended: Attempt | None = None
        self._stopped = False
        self._wake = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="sitegen-rebuilder", daemon=True)

    def connect(
        self,
        *,
        busy: Callable[[], None],
        show: Callable[[Preview], None],
        glimpse: Callable[[Preview], None] = lambda preview: None,
        looked_at: Callable[[], Sequence[str]] = lambda: (),
    ) -> None:
        """Call `busy` before each build, `show` with the state after it, and `glimpse` with one that has a new page
        before; all in the thread. `looked_at` tells the addresses of pages that are open.
        """
        self._busy, self._show, self._glimpse, self._looked_at = busy, show, glimpse, looked_at

    def start(self) -> None:
        """Begin with the first build."""
        self._thread.start()

    def changed(self, paths: Iterable[str], whole: bool = False) -> None:
        """Something has changed: `paths`, relative to the site; `whole` tells that they are written to their end."""
        with self._wake:
            self._changes.add(paths, whole=whole)
            self._wake.notify()

    def stop(self, patience: float = 2.0) -> None:
        """End the threads. A build that takes more than `patience` seconds is left to the process's end."""
        with self._wake:
            self._stopped = True
            self._wake.notify()
        self._thread.join(patience)

    def _run(self) -> None:
        self._begin(())
        while (step := self._next()) is not None:
            step()

    def _next(self) -> Callable[[], object] | None:
        """What to do next, once there is anything to do. None: there is nothing more."""
        with self._wake:
            while self._builder is not None or not self._stopped:
                if self._ended is not None:
                    ended, self._ended, self._builder = self._ended, None, None
                    return partial(self._finish, ended)
                if self._stopped:
                    self._wake.wait()
                    continue
                glance_in, build_in = self._changes.glance_in, self._changes.build_in
                if glance_in is not None and glance_in <= 0:
                    return partial(self._look, self._changes.take_unseen())
                if self._builder is not None:
                    build_in = None
                elif build_in is not None and build_in <= 0:
                    return partial(self._begin, self._changes.take_paths())
                rest_in = self._changes.rest_in if self._builder is None else None
                if rest_in is not None and gc.get_count()[0] > (GARBAGE if rest_in <= 0 else MOST_GARBAGE):
                    return gc.collect
                dues = (due for due in (glance_in, build_in, rest_in) if due is not None)
                self._wake.wait(min((due for due in dues if due > 0), default=MINUTE))
        return None

    def _begin(self, paths: tuple[str, ...]) -> None:
        self._busy()
        attempt = Attempt(paths, self._changes.number, self._changes.first)
        self._builder = threading.Thread(target=self._attempt, args=[attempt], name="sitegen-builder", daemon=True)
        self._builder.start()

    def _attempt(self, attempt: Attempt) -> None:
        ended = attempt.made(self._wanted.config, self._build, self._clock())
        with self._wake:
            self._ended = ended
            self._wake.notify()
        if ended.report is not None and ended.report.known is not None:
            get_ready(ended.report.known, self._clock())

    def _finish(self, ended: Attempt) -> None:
        if ended.config is not None and ended.report is not None:
            self._succeeded(ended, ended.config, ended.report)
        else:
            self._failed(ended)

    def _succeeded(self, ended: Attempt, config: Config, report: BuildReport) -> None:
        before = self.preview
        known = before.report.notices if before.report else ()
        kept_out = before.report.site.left_out if before.report else ()
        with self._wake:
            self._changes.built(ended.change)
            self._changes.hold()
        self._read = {}
        left = left_after(before.glimpses, ended.change, config.output)
        self.preview = before.built(config, report, left, styles=ended.only_styles)
        self._show(self.preview)
        fresh = tuple(notice for notice in report.notices if notice not in known)
        left_out = tuple(one for one in report.site.left_out if one not in kept_out)
        seconds = time.perf_counter() - ended.since
        self._tell(Rebuilt(ended.paths, report, seconds, fresh, left_out, mended=bool(before.problems)))

    def _failed(self, ended: Attempt) -> None:
        problems = tuple(problem for problem in ended.problems if problem.severity != "note")
        stands = self.preview.report is not None
        shown = problems_html(problems, self._wanted.source, stands=stands)
        left = {path: one for path, one in self.preview.glimpses.items() if one.change > ended.change}
        self.preview = self.preview.broken(problems, shown, left)
        self._show(self.preview)
        self._tell(Broken(ended.paths, problems, stands))

    def _look(self, paths: tuple[str, ...]) -> None:
        """Show what can be seen of the changes before there is a build of them."""
        report, config = self.preview.report, self.preview.config
        if report is None or report.known is None or config is None or self.preview.problems:
            return
        self._busy()
        with self._wake:
            apart, change = frozenset(self._changes.apart), self._changes.number
        looked_at = [self.preview.path_at(address) for address in self._looked_at()]
        self._read = {path: one for path, one in self._read.items() if path not in paths}
        glanced = look(report.known, apart, self._read, self._clock())
        self._read = glanced.changed if glanced is not None else {}
        self._settle(glanced is not None)
        for path, data in pages_seen(glanced, paths, looked_at) if glanced is not None else ():
            if not apart.isdisjoint(self._changes.unseen):
                return  # it goes on: there will be another look
            self._see(config, path, data, change)

    def _settle(self, texts: bool) -> None:
        """Tell whether nothing but texts has changed: then all but pages can be had at once."""
        if texts is not self.preview.texts:
            self.preview = replace(self.preview, texts=texts)
            self._glimpse(self.preview)

    def _see(self, config: Config, path: str, data: bytes, change: int) -> None:
        """Show a page, unless it is what is shown anyway."""
        shown = self.preview.glimpses.get(path)
        if shown.data == data if shown is not None and shown.data is not None else is_held(config.output, path, data):
            return
        self.preview = self.preview.glimpsed(path, data, change)
        self._glimpse(self.preview)
        with self._wake:
            self._changes.hold()
