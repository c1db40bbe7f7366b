"""What stands in an output folder, and two ways to build into one."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sitegen.build import BuildReport, build
from sitegen.build.crew import ALONE, Crew
from sitegen.config import load_config

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def made(source: Path, now: datetime = NOW, crew: Crew = ALONE, *, clean: bool = False, **options: Any) -> BuildReport:
    """One build into `source/output`."""
    return build(load_config(source, **options), now=now, crew=crew, clean=clean)


def tree(folder: Path) -> dict[str, bytes]:
    """Path → bytes of every file; a link is told by where it leads."""
    return {
        path.relative_to(folder).as_posix(): b"-> " + str(path.readlink()).encode()
        if path.is_symlink()
        else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def folders(folder: Path) -> set[str]:
    """Every folder below one."""
    return {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir() and not path.is_symlink()
    }


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Path → what changes when a file is written anew."""
    found = {path.relative_to(folder).as_posix(): path.lstat() for path in folder.rglob("*") if path.is_file()}
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items()}


def fresh_copy(source: Path, to: Path) -> Path:
    """The site without its output and without memory."""
    shutil.copytree(source, to, ignore=lambda top, names: {"output", ".sitegen"} if Path(top) == source else set())
    return to
