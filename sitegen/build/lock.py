"""Two builds of one site at once: the second waits."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.config import Config
from sitegen.errors import Problem, SiteError
from sitegen.folders import make_ignored


@contextmanager
def locked(config: Config, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the site's lock. The kernel gives it back when the process ends, however it ends."""
    if not prepare_memory(config):
        yield
        return
    descriptor = _opened(config.memory / "lock")
    try:
        _lock(descriptor, waiting)
        yield
    finally:
        os.close(descriptor)


def clock_of(config: Config) -> int:
    """What the clock of the site's disk shows, in nanoseconds, which may be late. 0 where that cannot be told."""
    file = config.memory / "lock"
    try:
        os.utime(file)
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def prepare_memory(config: Config) -> bool:
    """Make the folder for what builds remember, ignored by git. False where nothing can be written there."""
    folder = config.memory
    if folder.is_symlink() or (os.path.lexists(folder) and not folder.is_dir()):
        hint = "sitegen keeps there what builds remember; remove it"
        raise SiteError([Problem(folder.name, None, "this should be a folder", hint)])
    try:
        make_ignored(folder)
    except OSError:
        return False  # a read-only site is built without memory
    return os.access(folder, os.W_OK)


def make_way(file: Path) -> None:
    """Remove what stands where a file of the memory belongs and is none: a link, a pipe, an empty folder.

    A site may come from anywhere: nothing is followed out of its memory, and nothing waited for in there.
    """
    try:
        mode = file.lstat().st_mode
    except FileNotFoundError:
        return
    try:
        if stat.S_ISDIR(mode):
            file.rmdir()
        elif not stat.S_ISREG(mode):
            file.unlink(missing_ok=True)
    except OSError as error:
        message = "a folder stands where a file of what builds remember belongs"
        if not stat.S_ISDIR(mode):
            message = f"this should be a file, and cannot be removed: {error.strerror}"
        raise SiteError([Problem(f"{file.parent.name}/{file.name}", None, message, "remove it")]) from error


def _opened(file: Path) -> int:
    make_way(file)
    flags = os.O_RDWR | os.O_CREAT
    for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK"):  # not on every system
        flags |= getattr(os, name, 0)
    try:
        return os.open(file, flags, 0o600)
    except OSError as error:
        message = f"cannot be opened: {error.strerror}"
        raise SiteError([Problem(f"{file.parent.name}/{file.name}", None, message, "remove it")]) from error


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
