"""The compared programs: how each lays the same site out, and how it is told to build it.

Every one makes a page for each post (title, day, tags, body, the older and the newer post), an index of ten posts a
page, a page for each tag, an Atom feed of the newest twenty with their whole text, and a sitemap. Pelican has no older
and newer posts of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import time_ns

from benchmarks.speed.corpora import Entry

Files = Mapping[str, str]


@dataclass(frozen=True)
class Program:
    """One of them. `posts` is where its posts are, `made` what it leaves in the folder of the site."""

    name: str
    command: tuple[str, ...]
    posts: str
    made: tuple[str, ...]
    files: Files
    text: Callable[[Entry], str] = lambda entry: entry.text
    file: Callable[[Entry], str] = lambda entry: entry.file
    links: tuple[tuple[str, str], ...] = ()

    def lay_out(self, folder: Path, entries: Iterable[Entry]) -> None:
        """Write the site's sources."""
        for name, text in self.files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        (folder / self.posts).mkdir(parents=True, exist_ok=True)
        for entry in entries:
            (folder / self.posts / self.file(entry)).write_text(self.text(entry), encoding="utf-8")
        for name, target in self.links:
            (folder / name).symlink_to(target)

    def forget(self, folder: Path) -> None:
        """Take away all that builds have made."""
        move_aside(folder, self.made)


def move_aside(folder: Path, names: Iterable[str]) -> None:
    """Take these out of a site, not by deleting them: for minutes after thousands of files were deleted, ext4 creates
    new ones ten times slower (it passes over inodes that were in use a moment ago), and whoever came next would pay
    for that.
    """
    aside = folder.with_name(f"{folder.name}-aside")
    aside.mkdir(exist_ok=True)
    for name in names:
        if (folder / name).exists():
            (folder / name).rename(aside / f"{name}-{time_ns()}")


def page(title: str, description: str, inner: str) -> str:
    """The frame of every page, in whatever template language."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="description" content="{description}">\n<link rel="stylesheet" href="/plain.css">\n'
        '<link rel="alternate" type="application/atom+xml" href="/feed.xml">\n</head>\n<body>\n'
        '<header><a href="/">Measured</a></header>\n<main>\n'
        f"{inner}\n</main>\n<footer>Made to be measured.</footer>\n</body>\n</html>\n"
    )
