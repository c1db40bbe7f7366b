"""The folder that Jekyll has written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sitegen.errors import Problem, SiteError

PAGES = (".html", ".htm")


def require_written(folder: Path) -> None:
    """Raise `SiteError` where there is no such folder."""
    if not folder.is_dir():
        hint = "it is the folder that `jekyll build` wrote, mostly _site"
        raise SiteError([Problem(str(folder), None, "there is no such folder to compare with", hint)])


def written_files(folder: Path) -> Iterator[str]:
    """The paths of all files in the folder, in order."""
    for top, below, names in os.walk(folder):
        below.sort()
        place = Path(top).relative_to(folder)
        yield from ((place / name).as_posix() for name in sorted(names))


def is_page(path: str) -> bool:
    """Whether a browser shows it as a page."""
    return path.lower().endswith(PAGES)
