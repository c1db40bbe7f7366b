"""Folders that sitegen makes for itself. A site may come from anywhere: nothing goes through a link in them."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path


def is_full(error: OSError) -> bool:
    """Whether nothing can be written for want of room: of the disk, of a quota, or of how large a file may be."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def make_ignored(folder: Path) -> None:
    """Make a folder, if it is not there, whose files git ignores. Raises OSError."""
    folder.mkdir(exist_ok=True)
    with (
        suppress(FileExistsError),
        (folder / ".gitignore").open("x", encoding="utf-8") as ignore,
    ):  # never through a link
        ignore.write("*\n")


def make_own(folder: Path) -> None:
    """Make a folder below `.sitegen`, if it is not there; a link in its place goes, or a file. Raises OSError."""
    if folder.is_symlink() or not folder.is_dir():
        remove(folder)
    folder.mkdir(parents=True, exist_ok=True)


def entries_of(folder: Path) -> list[os.DirEntry[str]]:
    """What is in such a folder, by name; nothing where it is a link, or cannot be read."""
    try:
        return [] if folder.is_symlink() else sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []


def remove(place: Path) -> None:
    """Remove what stands at a place: a folder with all in it, a link and not what it leads to. Raises OSError."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def write_own(file: Path, data: bytes) -> None:
    """Write a file below `.sitegen` whole or not at all, whatever stands in its place. Raises OSError."""
    make_own(file.parent)
    staged = file.with_name(f"{file.name}.new")
    remove(staged)
    with staged.open("xb") as stream:
        stream.write(data)
    if file.is_dir() and not file.is_symlink():
        remove(file)
    os.replace(staged, file)
