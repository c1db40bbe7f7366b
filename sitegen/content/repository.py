"""Where git keeps what its answers depend on, as files: as long as they are the same, so are the answers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_SHARED = ("config", "packed-refs", "shallow", "refs/replace", "info/grafts", "reftable/tables.list")
_OWN = ("HEAD", "commondir", "config.worktree")


def files_of_git(root: Path) -> Iterator[str]:
    """Every file that decides what `git log` says of a folder, whether or not there is such a file now."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        yield os.path.join(os.path.abspath(folder), "git")
    home = os.path.expanduser("~")  # noqa: PTH111 - where there is none, it stays as it is
    given = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    yield from ("/etc/gitconfig", os.path.join(home, ".gitconfig"), os.path.join(os.path.abspath(given), "git/config"))
    real = Path(os.path.realpath(root))
    for place in (folder / ".git" for folder in (real, *real.parents)):
        yield str(place)
        if place.exists():
            yield from _inside(_led(place, "gitdir: ") if place.is_file() else place)
            return


def _inside(folder: Path) -> Iterator[str]:
    common = _led(folder / "commondir", "") if (folder / "commondir").is_file() else folder
    yield from (str(folder / name) for name in _OWN)
    yield from (str(common / name) for name in _SHARED)
    branch = _text(folder / "HEAD").removeprefix("ref: ")
    yield from (str(place / branch) for place in {folder, common} if branch)


def _led(file: Path, before: str) -> Path:
    """Where a file leads that has a path in it."""
    return Path(os.path.normpath(file.parent / _text(file).removeprefix(before)))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="surrogateescape").strip()
    except OSError:
        return ""
