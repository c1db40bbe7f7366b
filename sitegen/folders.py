"""Folders that sitegen makes for itself."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def make_ignored(folder: Path) -> None:
    """Make a folder, if it is not there, whose files git ignores. Raises OSError."""
    folder.mkdir(exist_ok=True)
    with (
        suppress(FileExistsError),
        (folder / ".gitignore").open("x", encoding="utf-8") as ignore,
    ):  # never through a link
        ignore.write("*\n")
