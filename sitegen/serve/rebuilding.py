"""Rebuilds, one at a time, in a thread of their own: what changes while one runs causes exactly one more."""

from __future__ import annotations

import secrets
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sitegen.config import MEMORY, Config, load_config
from sitegen.errors import Problem, SiteError, SitegenError
from sitegen.serve.news import Broken, News, Rebuilt
from sitegen.serve.overlay import problems_html
from sitegen.serve.preview import Preview

if TYPE_CHECKING:
    from sitegen.build import BuildReport

QUIET = 0.015  # seconds without a change that end a save: editors write, rename and touch within a few ms
LONGEST = 1.0  # seconds after which a build starts though the changes go on
FOLDER = "preview"  # below `.sitegen/`: what the forms of a preview say is not for `output/`
OWN = "_sitegen"  # the addresses that are the server's own


class Build(Protocol):
    """`sitegen.build.build`."""

    def __call__(self, config: Config, *, now: datetime) -> BuildReport:
        """Build the site. Raises `SiteError`; nothing has been written then."""
        ...


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
        return load_config(
            self.source, output, preview=True, drafts=self.drafts, future=self.future, expired=self.expired
        )


class Rebuilder:
    """Builds once at the start and then after each change, until it is stopped.

    `tell` gets the news, in the thread. `connect` says who wants to see each new state.
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
        self._changed: dict[str, None] = {}
        self._since = 0.0
        self._stopped = False
        self._wake = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="sitegen-rebuilder", daemon=True)

    def connect(self, *, busy: Callable[[], None], show: Callable[[Preview], None]) -> None:
        """Call `busy` before each build, and `show` with the state after it; both in the thread."""
        self._busy, self._show = busy, show

    def start(self) -> None:
        """Begin with the first build."""
        self._thread.start()

    def changed(self, paths: Iterable[str]) -> None:
        """Something has changed: `paths`, relative to the site."""
        with self._wake:
            if not self._changed:
                self._since = time.perf_counter()
            self._changed.update(dict.fromkeys(paths))
            self._wake.notify()

    def stop(self, patience: float = 2.0) -> None:
        """End the thread. A build that takes more than `patience` seconds is left to the process's end."""
        with self._wake:
            self._stopped = True
            self._wake.notify()
        self._thread.join(patience)

    def _run(self) -> None:
        self._since = time.perf_counter()
        paths: tuple[str, ...] | None = ()
        while paths is not None:
            self._rebuild(paths, self._since)
            paths = self._next()

    def _next(self) -> tuple[str, ...] | None:
        """Wait for changes, then for their end. None: there is nothing more to do."""
        with self._wake:
            self._wake.wait_for(lambda: bool(self._changed) or self._stopped)
            while not self._stopped and time.perf_counter() < self._since + LONGEST:
                if not self._wake.wait(QUIET):
                    break
            paths, self._changed = tuple(self._changed), {}
            return None if self._stopped else paths

    def _rebuild(self, paths: tuple[str, ...], since: float) -> None:
        self._busy()
        try:
            config = self._wanted.config()
            report = self._build(config, now=self._clock())
        except SiteError as error:
            self._failed(paths, error.problems)
        except Exception as error:  # whatever it is, the last good site stays up
            self._failed(paths, (_surprise(error),))
        else:
            self._succeeded(paths, config, report, since)

    def _succeeded(self, paths: tuple[str, ...], config: Config, report: BuildReport, since: float) -> None:
        before = self.preview
        report = replace(report, notices=report.notices + _hidden_pages(config))
        known = before.report.notices if before.report else ()
        kept_out = before.report.site.left_out if before.report else ()
        self.preview = before.built(config, report, styles=_only_styles(paths, report))
        self._show(self.preview)
        fresh = tuple(notice for notice in report.notices if notice not in known)
        left_out = tuple(one for one in report.site.left_out if one not in kept_out)
        seconds = time.perf_counter() - since
        self._tell(Rebuilt(paths, report, seconds, fresh, left_out, mended=bool(before.problems)))

    def _failed(self, paths: tuple[str, ...], found: tuple[Problem, ...]) -> None:
        problems = tuple(problem for problem in found if problem.severity != "note")
        stands = self.preview.report is not None
        shown = problems_html(problems, self._wanted.source, stands=stands)
        self.preview = self.preview.broken(problems, shown)
        self._show(self.preview)
        self._tell(Broken(paths, problems, stands))


def _only_styles(paths: tuple[str, ...], report: BuildReport) -> bool:
    """Whether the build did no more than copy the style sheets that changed."""
    styles = all(path.endswith(".css") for path in paths)
    return bool(paths) and styles and report.written <= len(paths) and not report.deleted


def _hidden_pages(config: Config) -> tuple[Problem, ...]:
    """A notice if the site has pages where the server has its own."""
    if config.baseurl or not (config.output / OWN).exists():
        return ()
    message = f"the preview cannot show what the site has below /{OWN}/: it keeps its own files there"
    return (Problem(OWN, None, message, "it is published all the same", severity="warning"),)


def _surprise(error: Exception) -> Problem:
    """What a build should not have raised, as a problem: the system's fault, or a bug of ours."""
    if isinstance(error, SitegenError):
        return Problem(".", None, str(error))
    if isinstance(error, OSError):
        return Problem(str(error.filename or "."), None, error.strerror or str(error))
    place = traceback.extract_tb(error.__traceback__)[-1]
    message = f"{type(error).__name__}: {error}"
    return Problem(place.filename, place.lineno, message, "this is a bug in sitegen: please report it")
