"""Pictures that were made, by what they were made of: a folder for each in `.sitegen/pictures`, safe to delete.

A folder appears whole, and what is in it is never changed. It goes when no build wanted it for long, or when all of
them take too much room.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sitegen.digests import digest_of, digest_of_file
from sitegen.folders import entries_of
from sitegen.pictures.making import ABOUT, Made

MOST_BYTES = 4_000_000_000
MOST_DAYS = 60
_DAY = 86_400


@dataclass(frozen=True)
class Derived:
    """What was made of one picture: `plain` is the picture itself, without metadata."""

    folder: Path
    tint: str
    plain: Made
    variants: tuple[Made, ...]


def recall(folder: Path, now: float) -> Derived | None:
    """What was made, if it is there and whole; it is marked as wanted."""
    about = folder / ABOUT
    try:
        if folder.parent.is_symlink() or folder.is_symlink() or not stat.S_ISREG(about.lstat().st_mode):
            return None
        text = about.read_text(encoding="utf-8")
        if digest_of(text[32:]) != text[:32]:
            return None
        values = json.loads(text[32:])
        made = tuple(Made(**one) for one in values["made"])
        if not all(_is_whole(folder / one.name, one) for one in made):
            return None
        if now - about.stat().st_mtime > _DAY:
            os.utime(about, (now, now))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Derived(folder, values["tint"], made[0], made[1:])


def _is_whole(file: Path, made: Made) -> bool:
    """By size and time; by the bytes where the time is another."""
    found = file.lstat()
    if found.st_size != made.size or not stat.S_ISREG(found.st_mode) or file.name != made.name:
        return False
    return found.st_mtime_ns == made.modified or digest_of_file(file) == made.digest


def forget(top: Path, wanted: Collection[str], now: float, most: int = MOST_BYTES) -> None:
    """Remove what no build wanted for `MOST_DAYS`, what builds that were cut short left, and the oldest of what is more
    than `most` bytes; never what is `wanted` now.
    """
    found: list[tuple[float, int, Path]] = []
    folders = [Path(entry.path) for entry in entries_of(top) if entry.is_dir(follow_symlinks=False)]
    total = 0
    for folder in folders:
        try:
            size = sum(entry.stat(follow_symlinks=False).st_size for entry in os.scandir(folder))
            used = (folder / ABOUT).lstat().st_mtime
        except OSError:
            size, used = 0, 0.0
        total += size
        if folder.name not in wanted:
            found.append((used, size, folder))
    for used, size, folder in sorted(found):
        if now - used > MOST_DAYS * _DAY or total > most:
            shutil.rmtree(folder, ignore_errors=True)
            total -= size
