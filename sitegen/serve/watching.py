"""Watches the sources, and says which of them changed.

Watched is each folder of the site by itself, so that what is not part of it (`output/`, `.git/`, `.venv/`,
`node_modules/`) costs nothing.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog import events
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver, ObservedWatch

# What only opens or reads is left out: a build reads everything. `FileAttribEvent` is newer than watchdog 6.
KINDS: list[type[FileSystemEvent]] = [
    events.FileCreatedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
    events.FileDeletedEvent,
    events.FileClosedEvent,
    getattr(events, "FileAttribEvent", events.FileModifiedEvent),
    events.DirCreatedEvent,
    events.DirMovedEvent,
    events.DirDeletedEvent,
]
ENDS = (events.FileClosedEvent, events.FileMovedEvent)  # of a file that was written here, or elsewhere
RENAMES = (("inotify_move_event_grouper", "InotifyMoveEventGrouper"), ("inotify_buffer", "InotifyBuffer"))  # 7, and 6
RENAMED = 0.01  # seconds between the halves of a rename
OTHERS = ("output", "_site", "node_modules", "__pycache__")  # folders beside the sources, and in folders there
DOTTED = ("static",)  # folders in which names with a dot are published
AT_THE_TOP = (
    ".md",
    ".markdown",
    ".mkd",
    ".mkdn",
    ".mdown",
    ".html",
    ".htm",
    ".toml",
    ".yml",
    ".yaml",
    ".css",
    ".js",
    ".json",
    ".xml",
)  # of files there
EDITORS = (("#", ".#", "4913"), ("~", ".swp", ".swx", ".swo", "___jb_tmp___", "___jb_old___"))


def is_ignored(path: str) -> bool:
    """Whether a path, relative to the site, is none of its sources.

    >>> [is_ignored(p) for p in ("_posts/a.md", "_posts/.a.md.swp", ".git/HEAD", "static/.well-known/x", "serve.log")]
    [False, True, True, False, True]
    """
    names = path.split("/")
    if any(_is_editors(name) for name in names):
        return True
    if len(names) == 1 and "." in names[0][1:] and not names[0].lower().endswith(AT_THE_TOP):
        return True  # `sitegen serve > serve.log` would rebuild for each line that it prints
    if names[0] in DOTTED:
        return False
    beside = not names[0].startswith("_") or names[0] in OTHERS
    return any(name.startswith(".") or (beside and name in OTHERS) for name in names)


def _is_editors(name: str) -> bool:
    begins, ends = EDITORS
    return name.startswith(begins) or name.endswith(ends)


def folders(root: str) -> Iterator[str]:
    """The folders at the top of the site, and those elsewhere in it that links lead to; all as they really are."""
    for entry in os.scandir(root):
        if entry.is_dir() and not is_ignored(f"{entry.name}/x") and _is_within(root, os.path.realpath(entry.path)):
            yield os.path.realpath(entry.path)
            yield from _linked(root, entry.path)


def _linked(root: str, top: str) -> Iterator[str]:
    for folder, names, _ in os.walk(top):
        for path in (os.path.join(folder, name) for name in names):
            if Path(path).is_symlink() and _is_within(root, real := os.path.realpath(path)):
                yield real


def _is_within(root: str, path: str) -> bool:
    return path.startswith(os.path.join(root, ""))


def _let_renames_pass() -> None:
    """On Linux watchdog holds whatever comes with a rename back for half a second, and many editors rename: the other
    half of it, which it waits for, comes at once.
    """
    for module, name in RENAMES:
        with contextlib.suppress(ImportError, AttributeError):
            getattr(import_module(f"watchdog.observers.{module}"), name).delay = RENAMED


def _relative(path: str, folder: str) -> str:
    return os.path.relpath(path, folder).replace(os.sep, "/")


class Watcher(FileSystemEventHandler):
    """Calls `changed` with the paths that an event is about, and whether it ends what somebody was writing; from a
    thread of its own.
    """

    def __init__(
        self,
        source: Path,
        changed: Callable[[list[str], bool], None],
        native: Callable[[], BaseObserver] = Observer,
    ) -> None:
        self.polls = False
        self._root = os.path.realpath(source)
        self._changed = changed
        self._watches: dict[str, ObservedWatch] = {}
        self._linked: set[str] = set()
        self._observer = native()
        logging.getLogger("watchdog").addHandler(logging.NullHandler())  # it remarks on every folder that goes

    def start(self) -> None:
        """Begin to watch. Where the system cannot tell of changes (`polls`), look every second."""
        _let_renames_pass()
        try:
            self._begin()
        except OSError:
            self.stop()
            self.polls, self._watches, self._observer = True, {}, PollingObserver()
            self._begin()

    def stop(self) -> None:
        """Stop watching."""
        self._observer.stop()
        with contextlib.suppress(RuntimeError):  # it never began
            self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """What watchdog calls."""
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        if event.is_directory:
            for path in paths:
                self._top_folder(path)
        if sources := [_relative(path, self._root) for path in paths if not self._ignores(path)]:
            self._changed(sources, isinstance(event, ENDS))

    def _ignores(self, path: str) -> bool:
        """Whether a path is no source. What a link leads to is one, wherever in the site it is."""
        above = next((folder for folder in self._linked if _is_within(folder, path)), self._root)
        return is_ignored(_relative(path, above))

    def _begin(self) -> None:
        self._watch(self._root, recursive=False)
        for folder in folders(self._root):
            self._watch(folder)
        self._observer.start()
        self._probe()

    def _watch(self, path: str, *, recursive: bool = True) -> None:
        """Watch a folder, unless one above it is watched with all that it holds."""
        if any(_is_within(known, path) for known in self._watches if known != self._root):
            return
        if path != self._root and is_ignored(_relative(path, self._root)):
            self._linked.add(path)
        watch = self._observer.schedule(self, path, recursive=recursive, event_filter=KINDS)
        self._watches[path] = watch

    def _probe(self) -> None:
        """Raise OSError where the system's limit is reached: watchdog is silent on folders beyond it.

        A folder that is watched already costs nothing more; the last one is not, if they did not suffice.
        """
        last = [folder for top in list(self._watches) if top != self._root for folder, _, _ in os.walk(top)][-1:]
        for folder in last:
            self._observer.unschedule(self._observer.schedule(self, folder, event_filter=KINDS))

    def _top_folder(self, path: str) -> None:
        """Watch a folder that has come to the top of the site; forget one that has gone."""
        if os.path.dirname(path) != self._root or is_ignored(os.path.basename(path)):
            return
        if known := self._watches.pop(path, None):
            with contextlib.suppress(KeyError):
                self._observer.unschedule(known)
        if Path(path).is_dir():
            with contextlib.suppress(OSError):  # it has gone again
                self._watch(os.path.realpath(path))
