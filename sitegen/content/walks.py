"""The folders of a site: which files are in them. Links that lead out of the site are not followed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import field
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

from sitegen.config import MEMORY, Config
from sitegen.content.entries import is_left_out
from sitegen.content.sources import MARKDOWN, Source
from sitegen.errors import Problem, Problems
from sitegen.frozen import dataclass

MOST_DEPTH = 40  # of folders inside each other
MOST_LINKS = 100  # to folders, in one walk: folders that link to each other have more ways than there is time
LEFT_BEHIND = (".DS_Store", ".git", "Thumbs.db", "desktop.ini", "4913")  # by systems, by git, and by vim


def walk(
    config: Config, folder: str, problems: Problems, *, deep: bool = True, hidden: bool = False
) -> Iterator[Source]:
    """The regular files below a folder of the site, in order of names; none where there is no such folder.

    Editors' files (`#x#`, `x~`, `.x.swp`) are left out, and so are names that begin with a dot, unless `hidden`.
    What cannot be read or is no file (a pipe, a device, a link that leads out of the site) is a problem.
    """

    def skips(path: str, is_folder: bool) -> bool:
        return is_skipped(config, path, hidden=hidden)

    return _walked(Walk(config, problems, skips, deep), folder)


def walk_entries(config: Config, folder: str, problems: Problems) -> Iterator[Source]:
    """The same of a folder of posts, or of the whole site (""); on a Jekyll site by Jekyll's rules for names."""
    if not config.lenient:
        return walk(config, folder, problems)

    def skips(path: str, is_folder: bool) -> bool:
        return is_left_out(config, path, folder=is_folder, below=folder)

    return _walked(Walk(config, problems, skips), folder)


def folders_named(config: Config, name: str) -> list[str]:
    """Where the folders of that name are, `_posts` or `_drafts`: at the top; on a Jekyll site anywhere in the tree."""
    if not config.lenient:
        return [name]
    found: list[str] = []
    for top, below, _ in os.walk(config.source):
        place = Path(top).relative_to(config.source).as_posix()
        inside = {folder: folder if place == "." else f"{place}/{folder}" for folder in below}
        if name in inside and inside[name].startswith(f"{config.collections_dir}/".lstrip("/")):
            found.append(inside[name])
        below[:] = sorted(folder for folder, path in inside.items() if not is_left_out(config, path, folder=True))
    return sorted(found, key=lambda path: (path != name, path))


Skips = Callable[[str, bool], bool]  # by the path from the site, and whether it is a folder


@dataclass(frozen=True)
class Walk:
    """What one walk needs to know on its way."""

    config: Config
    problems: Problems
    skips: Skips
    deep: bool = True
    linked: list[str] = field(default_factory=list)

    @cached_property
    def bounds(self) -> Bounds:
        """What it may not leave."""
        return bounds_of(self.config)

    def enters(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether a folder is of the site, and not one of far too many links."""
        if entry.is_symlink():
            self.linked.append(path)
            if len(self.linked) == MOST_LINKS + 1:
                hint = "remove those that lead to each other"
                self.problems.add(Problem(path, None, f"more than {MOST_LINKS} links to folders", hint))
            if len(self.linked) > MOST_LINKS:
                return False
        return True


@dataclass(frozen=True)
class Bounds:
    """The real paths of the site's folder, and of what is in it and not for readers."""

    root: str
    private: tuple[str, ...]

    def check(self, real: str, path: str, problems: Problems) -> bool:
        """Whether a file is of the site, by its real path: no link has led out of the folder, or to what is private."""
        if real != self.root and not real.startswith(self.root + os.sep):
            message = "a link that leads out of the site; it is not followed"
        elif (real == self.root and path) or any(_lies_in(real, folder) for folder in self.private):
            message = "a link to what the build itself writes or keeps; it is not followed"
        else:
            return True
        problems.tolerate(Problem(path, None, message, "copy the file into the site, or remove the link"))
        return False


def bounds_of(config: Config) -> Bounds:
    """The bounds of a site."""
    root = os.path.realpath(config.source)
    return Bounds(root, (os.path.realpath(config.output), os.path.join(root, MEMORY), os.path.join(root, ".git")))


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)


def file_at(config: Config, path: str, problems: Problems) -> Source | None:
    """The file at a path of the site, or None."""
    file = config.source / path
    source = _source(str(file), path, problems) if ".." not in file.parts and file.is_file() else None
    inside = source is not None and bounds_of(config).check(os.path.realpath(file), path, problems)
    return source if inside else None


def is_skipped(config: Config, path: str, *, hidden: bool = False) -> bool:
    """Whether a name is an editor's, hidden, or excluded by the configuration."""
    name = path.rsplit("/", 1)[-1]
    if name.startswith((".#", "#")) or name.endswith(("~", ".swp", ".swo", ".swx")) or name in LEFT_BEHIND:
        return True
    if not hidden and (name.startswith(".") or name.endswith((".bak", ".orig", ".tmp"))):
        return True
    return bool(config.exclude) and any(fnmatch(path, pattern.rstrip("/")) for pattern in config.exclude)


def _walked(walk: Walk, folder: str) -> Iterator[Source]:
    top = walk.config.source / folder
    if os.path.lexists(top) and not top.is_dir():
        walk.problems.add(Problem(folder, None, "this should be a folder"))
    elif top.is_dir() and walk.bounds.check(real := os.path.realpath(top), folder, walk.problems):
        yield from _walk(walk, str(top), folder, (real,))


def _walk(walk: Walk, folder: str, name: str, above: tuple[str, ...]) -> Iterator[Source]:
    """What is in a folder; the last `above` is its real path."""
    if len(above) > MOST_DEPTH:
        message = f"folders nested more than {MOST_DEPTH} deep"
        walk.problems.add(Problem(name, None, message, "move them further up"))
        return
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        walk.problems.add(Problem(name or ".", None, f"cannot be read: {error.strerror}"))
        return
    for entry in entries:
        path = f"{name}/{entry.name}" if name else entry.name
        is_folder = _is_folder(entry)
        if walk.skips(path, is_folder) or not _is_text(path, walk.problems):
            continue
        if is_folder:
            real = _real(entry, above[-1])
            inside = walk.deep and real not in above and walk.enters(entry, path)
            if inside and walk.bounds.check(real, path, walk.problems):
                _check_folder(walk, path)
                yield from _walk(walk, entry.path, path, (*above, real))
            continue
        source = _source(entry.path, path, walk.problems)
        may_be_outside = entry.is_symlink() or above[-1] == walk.bounds.root  # where `.git` may be a file
        if source is not None and (
            not may_be_outside or walk.bounds.check(_real(entry, above[-1]), path, walk.problems)
        ):
            yield source


def _real(entry: os.DirEntry[str], folder: str) -> str:
    """The real path of what is in a folder of that real path: only links lead elsewhere."""
    return os.path.realpath(entry.path) if entry.is_symlink() else os.path.join(folder, entry.name)


def _is_text(path: str, problems: Problems) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        name = path.encode("utf-8", "backslashreplace").decode()
        problems.tolerate(Problem(name, None, "the file's name is not UTF-8", "rename the file"))
        return False
    return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself: `_source` tells
        return False


def _check_folder(walk: Walk, path: str) -> None:
    if path.endswith(MARKDOWN):
        walk.problems.note(Problem(path, None, "a folder that is named as a post is"))


def _source(file: str, path: str, problems: Problems) -> Source | None:
    try:
        found = os.stat(file)
    except OSError as error:
        message, hint = f"cannot be read: {error.strerror}", ""
        if Path(file).is_symlink():
            message = "a link that leads to itself" if error.errno == errno.ELOOP else "a link to nothing"
            hint = "remove it"
        problems.tolerate(Problem(path, None, message, hint))
        return None
    if not stat.S_ISREG(found.st_mode):
        message = "not a file that can be read, but a pipe, a socket or a device"
        problems.tolerate(Problem(path, None, message, "remove it"))
        return None
    return Source(path, file, found)
