"""A new folder that is there as a whole, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.errors import Problem, SiteError


@contextmanager
def new_folder(folder: Path, apart_from: Path) -> Iterator[Path]:
    """A folder to write into, beside the one that it becomes when all is well; whatever else happens, it goes.

    Raises `SiteError` where there is something already, or inside of the folder `apart_from`.
    """
    _check(folder, apart_from)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".import", dir=folder.parent))
    try:
        yield work
        work.chmod(0o777 & ~_umask())
        if folder.is_dir():
            folder.rmdir()
        work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _check(folder: Path, apart_from: Path) -> None:
    real, other = Path(os.path.realpath(folder)), Path(os.path.realpath(apart_from))
    message = ""
    if real.is_relative_to(other):
        message = "the new site would be part of the old one"
    elif other.is_relative_to(real):
        message = "the old site would be part of the new one"
    elif folder.is_symlink() or (os.path.lexists(folder) and not folder.is_dir()):
        message = "there is something already"
    elif folder.is_dir() and any(folder.iterdir()):
        message = "this folder is not empty"
    elif folder.is_dir() and real == Path(os.path.realpath(Path.cwd())):
        message = "this is the folder you are in, which an import replaces"
    if message:
        raise SiteError([Problem(str(folder), None, message, "name a folder that is not there yet")])


def _umask() -> int:
    """What the person does not give others: `mkdtemp` gives them nothing."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
