"""Two builds of one site at once: the second waits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sitegen.config import Config
from sitegen.errors import Problem, SiteError


@contextmanager
def locked(config: Config, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the site's lock. The kernel gives it back when the process ends, however it ends."""
    if not prepare_memory(config):
        yield
        return
    with (config.memory / "lock").open("w") as file:
        _lock(file.fileno(), waiting)
        yield


def prepare_memory(config: Config) -> bool:
    """Make the folder for what builds remember, ignored by git. False where nothing can be written there."""
    folder = config.memory
    if folder.is_symlink() or (os.path.lexists(folder) and not folder.is_dir()):
        hint = "sitegen keeps there what builds remember; remove it"
        raise SiteError([Problem(folder.name, None, "this should be a folder", hint)])
    try:
        folder.mkdir(exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
    except OSError:
        return False  # a read-only site is built without memory
    return os.access(folder, os.W_OK)


def _lock(descriptor: int, waiting: Callable[[], None]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: no advisory locks; builds do not wait for each other there
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:
        return  # a file system without locks
