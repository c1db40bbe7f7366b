"""Where a command writes: never over the inbox, never into what is no plain file."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from sqlalchemy import URL

from sitegen.forms.inbox.database import StoreError, file_of

_BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite has of one database; answers may be in any of them


def destination(path: Path, url: URL) -> Path:
    """The real file that is meant: symbolic links are followed, as a shell does. It may not be there yet.

    Raises `StoreError` for a folder, a pipe, a device, and for a file of the inbox at `url`, by whichever name.
    """
    real = Path(os.path.realpath(path)) if S_ISLNK(_mode(path)) else path
    mode = _mode(real)
    if mode and not S_ISREG(mode):
        kind = "a folder" if S_ISDIR(mode) else "a link to itself, a pipe or a device"
        raise StoreError(f"{path} is {kind}: name a file")
    if _belongs_to(url, real) or _belongs_to(url, partial(real)):
        raise StoreError(f"{path} is of the inbox itself: name another file")
    return real


def _mode(path: Path) -> int:
    """What it is; 0 for none, and for what cannot be reached: whoever writes it says why."""
    try:
        return path.lstat().st_mode
    except OSError:
        return 0


def partial(path: Path) -> Path:
    """Where a file is written before it is whole; it is renamed then, and may be left of a command that was killed."""
    return path.with_name(f".{path.name}.part")


def _belongs_to(url: URL, path: Path) -> bool:
    inbox = file_of(url)
    if inbox is None:
        return False
    given = (inbox, Path(os.path.realpath(inbox)))  # SQLite puts the others beside the real one
    return any(_same(path, file.with_name(file.name + end)) for file in given for end in _BESIDE)


def _same(path: Path, other: Path) -> bool:
    try:
        return os.path.realpath(path) == os.path.realpath(other) or path.samefile(other)
    except OSError:  # one of them is not there
        return False
