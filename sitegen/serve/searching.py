"""The search index of a preview: kept in memory, and made anew in the background after each build.

No page waits for it. While one is made, the one before it answers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sitegen.errors import Problem, SiteError
from sitegen.search import FOLDER, Indexer
from sitegen.serve.news import News, Remark

if TYPE_CHECKING:
    from sitegen.build import BuildReport

FIRST = 30.0  # seconds that a visitor waits for the first index


class Searching:
    """Makes the index of each site that it is given with `follow`, one at a time, the newest next.

    What goes wrong is told, once for the same words; the site is there without it.
    """

    def __init__(self, tell: Callable[[News], None]) -> None:
        self._tell = tell
        self._wanted: BuildReport | None = None
        self._pages: Mapping[str, str] = {}
        self._files: Mapping[str, bytes] = {}
        self._before: Mapping[str, bytes] = {}  # an open page may still ask for its pieces
        self._told: tuple[Problem, ...] = ()
        self._stopped = False
        self._made = threading.Event()
        self._wake = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="sitegen-searching", daemon=True)

    def follow(self, report: BuildReport) -> None:
        """The site was built: index it, if it can be searched."""
        if not report.findable and not self._thread.ident:
            return
        with self._wake:
            self._wanted = report
            self._wake.notify()
        if not self._thread.ident:
            self._thread.start()

    def file(self, path: str) -> bytes | None:
        """A file of the index by its path in the output; None where there is none. The first index is waited for."""
        if not path.startswith(f"{FOLDER}/") or not self._thread.ident:
            return None
        self._made.wait(FIRST)
        return self._files.get(path) or self._before.get(path)

    def stop(self) -> None:
        """End the thread, and the program if it runs."""
        with self._wake:
            self._stopped = True
            self._wake.notify()
        self._made.set()
        if self._thread.ident:
            self._thread.join(2)

    def _run(self) -> None:
        while (report := self._next()) is not None:
            try:
                self._index(report)
            except SiteError as error:
                self._failed(error.problems)
            except OSError:  # a page is gone, so another build is on its way
                continue
            finally:
                self._made.set()

    def _next(self) -> BuildReport | None:
        with self._wake:
            self._wake.wait_for(lambda: self._wanted is not None or self._stopped)
            wanted, self._wanted = self._wanted, None
            return None if self._stopped else wanted

    def _index(self, report: BuildReport) -> None:
        from sitegen.build.indexing import pages_of

        config = report.site.config
        pages = pages_of(config, report.findable)
        if pages == self._pages:
            return
        files = Indexer(config, stopped=lambda: self._stopped).files(pages)
        self._before, self._files, self._pages, self._told = self._files, files, pages, ()

    def _failed(self, problems: tuple[Problem, ...]) -> None:
        if self._stopped or problems == self._told:
            return
        self._told = problems
        for problem in problems:
            self._tell(Remark(problem))
