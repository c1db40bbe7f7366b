"""The site as its sources, or its file, are now: `receive` runs for months, and the site goes on being written."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from sitegen.config import CONFIG_FILES, SITE_FOLDERS
from sitegen.digests import digest_of
from sitegen.errors import SitegenError
from sitegen.model.site import Site

logger = logging.getLogger("sitegen.receiver")

SECONDS = 2.0  # between two looks


class FollowedSite:
    """Has the newest site that could be read as `site`; what is wrong with a newer one is logged."""

    def __init__(self, source: Path, load: Callable[[], Site], seconds: float = SECONDS) -> None:
        self._source, self._load, self._seconds = source, load, seconds
        self._seen = signature(source)
        self.site = load()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="sitegen-following", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self._ended.wait(self._seconds):
            self._look()

    def _look(self) -> None:
        now = signature(self._source)
        if now == self._seen:
            return
        self._seen = now
        try:
            self.site = self._load()
        except SitegenError as error:
            logger.error("the site has changed and cannot be read; its last state stays: %s", error)
        except Exception:
            logger.exception("the site has changed and cannot be read; its last state stays")
        else:
            logger.info("the site has changed: %d forms", len(self.site.calls))


def signature(source: Path) -> str:
    """What changes when any source does, or the one file: names, sizes, times and whether it is another file."""
    return digest_of(*_stamps(source))


def _stamps(source: Path) -> Iterator[str]:
    for file in [source] if source.is_file() else _sources(source):
        try:
            found = file.stat()
        except OSError:
            continue
        yield f"{file} {found.st_size} {found.st_mtime_ns} {found.st_ino}"


def _sources(source: Path) -> Iterator[Path]:
    yield from (source / name for name in CONFIG_FILES)
    for folder in SITE_FOLDERS:
        for top, _, names in sorted(os.walk(source / folder)):
            yield from (Path(top, name) for name in sorted(names))
