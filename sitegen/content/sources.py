"""The files of a site: which there are, and their bytes. Links that lead out of the site are not followed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from sitegen import digests
from sitegen.config import MEMORY, Config
from sitegen.errors import Problem, Problems
from sitegen.marked import Malformed, problem_at
from sitegen.texts import decode, lines_of, read_limited

MOST_DEPTH = 40  # of folders inside each other
MOST_LINKS = 100  # to folders, in one walk: folders that link to each other have more ways than there is time
LEFT_BEHIND = (".DS_Store", ".git", "Thumbs.db", "desktop.ini", "4913")  # by systems, by git, and by vim
MARKDOWN = (".md", ".markdown", ".mkd", ".mkdn", ".mdown")
DOCUMENTS = (*MARKDOWN, ".html", ".htm")


@dataclass(frozen=True)
class Source:
    """One file: `path` is relative to the site's folder, with forward slashes; `file` is where it is."""

    path: str
    file: Path
    modified: float

    @property
    def suffix(self) -> str:
        """Its ending, in lower case, with the dot."""
        return self.file.suffix.lower()


def walk(
    config: Config, folder: str, problems: Problems, *, deep: bool = True, hidden: bool = False
) -> Iterator[Source]:
    """The regular files below a folder of the site, in order of names; none where there is no such folder.

    Editors' files (`#x#`, `x~`, `.x.swp`) are left out, and so are names that begin with a dot, unless `hidden`.
    What cannot be read or is no file (a pipe, a device, a link that leads out of the site) is a problem.
    """
    top = config.source / folder
    if os.path.lexists(top) and not top.is_dir():
        problems.add(Problem(folder, None, "this should be a folder"))
    elif top.is_dir() and _is_inside(config, top, folder, problems):
        yield from _walk(Walk(config, problems, deep, hidden), top, folder, (os.path.realpath(top),))


def folders_named(config: Config, name: str) -> list[str]:
    """Where the folders of that name are, `_posts` or `_drafts`: at the top; on a Jekyll site anywhere in the tree."""
    if not config.lenient:
        return [name]
    found: list[str] = []
    for top, below, _ in os.walk(config.source):
        place = Path(top).relative_to(config.source).as_posix()
        inside = sorted(folder if place == "." else f"{place}/{folder}" for folder in below)
        found += [path for path in inside if path.rsplit("/", 1)[-1] == name]
        below[:] = sorted(folder for folder in below if _may_hold_posts(config, Path(top, folder)))
    return sorted(found, key=lambda path: (path != name, path))


def _may_hold_posts(config: Config, folder: Path) -> bool:
    path = folder.relative_to(config.source).as_posix()
    special = folder.name.startswith((".", "_", "#", "~")) or folder.name in ("node_modules", "vendor")
    return not (special or folder == config.output or _excluded(config, path))


@dataclass(frozen=True)
class Walk:
    """What one walk needs to know on its way."""

    config: Config
    problems: Problems
    deep: bool
    hidden: bool
    linked: list[str] = field(default_factory=list)

    def enters(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether a folder is of the site, and not one of far too many links."""
        if entry.is_symlink():
            self.linked.append(path)
            if len(self.linked) == MOST_LINKS + 1:
                hint = "remove those that lead to each other"
                self.problems.add(Problem(path, None, f"more than {MOST_LINKS} links to folders", hint))
            if len(self.linked) > MOST_LINKS:
                return False
        return _is_inside(self.config, Path(entry.path), path, self.problems)

    def skips(self, name: str, path: str) -> bool:
        """Whether a name is an editor's, hidden, or excluded by the configuration."""
        if name.startswith((".#", "#")) or name.endswith(("~", ".swp", ".swo", ".swx")) or name in LEFT_BEHIND:
            return True
        if not self.hidden and name.endswith((".bak", ".orig", ".tmp")):
            return True
        return (name.startswith(".") and not self.hidden) or _excluded(self.config, path)


def _walk(walk: Walk, folder: Path, name: str, above: tuple[str, ...]) -> Iterator[Source]:
    config, problems = walk.config, walk.problems
    if len(above) > MOST_DEPTH:
        problems.add(Problem(name, None, f"folders nested more than {MOST_DEPTH} deep", "move them further up"))
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        problems.add(Problem(name or ".", None, f"cannot be read: {error.strerror}"))
        return
    for entry in entries:
        path = f"{name}/{entry.name}" if name else entry.name
        if walk.skips(entry.name, path) or not _is_text(path, problems):
            continue
        if _is_folder(entry):
            real = os.path.realpath(entry.path)
            if walk.deep and real not in above and walk.enters(entry, path):
                _check_folder(walk, path)
                yield from _walk(walk, Path(entry.path), path, (*above, real))
        elif (source := _source(config, Path(entry.path), path, problems)) is not None:
            yield source


def _excluded(config: Config, path: str) -> bool:
    return any(fnmatch(path, pattern.rstrip("/")) for pattern in config.exclude)


def _is_text(path: str, problems: Problems) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        name = path.encode("utf-8", "backslashreplace").decode()
        problems.add(Problem(name, None, "the file's name is not UTF-8", "rename the file"))
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


def _is_inside(config: Config, file: Path, path: str, problems: Problems) -> bool:
    """Whether a file is of the site: no link has led out of its folder, or to what is not for readers."""
    root = os.path.realpath(config.source)
    real = os.path.realpath(file)
    if real != root and not real.startswith(root + os.sep):
        message = "a link that leads out of the site; it is not followed"
    elif (real == root and path) or any(_lies_in(real, folder) for folder in _private(config, root)):
        message = "a link to what the build itself writes or keeps; it is not followed"
    else:
        return True
    problems.tolerate(Problem(path, None, message, "copy the file into the site, or remove the link"))
    return False


def _private(config: Config, root: str) -> tuple[str, ...]:
    return (os.path.realpath(config.output), os.path.join(root, MEMORY), os.path.join(root, ".git"))


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)


def _source(config: Config, file: Path, path: str, problems: Problems) -> Source | None:
    try:
        found = file.stat()
    except OSError as error:
        message, hint = f"cannot be read: {error.strerror}", ""
        if file.is_symlink():
            message = "a link that leads to itself" if error.errno == errno.ELOOP else "a link to nothing"
            hint = "remove it"
        problems.add(Problem(path, None, message, hint))
        return None
    if not stat.S_ISREG(found.st_mode):
        message = "not a file that can be read, but a pipe, a socket or a device"
        problems.tolerate(Problem(path, None, message, "remove it"))
        return None
    return Source(path, file, found.st_mtime) if _is_inside(config, file, path, problems) else None


def digest_of_file(source: Source, problems: Problems) -> str | None:
    """The digest of a file; None, and a problem, if it cannot be read."""
    try:
        return digests.digest_of_file(source.file)
    except OSError as error:
        problems.add(_unreadable(source, error))
        return None


def _unreadable(source: Source, error: OSError) -> Problem:
    return Problem(source.path, None, f"cannot be read: {error.strerror}", "look at its permissions")


def read_text(source: Source, problems: Problems) -> str | None:
    """The text of a file (see `texts.decode`); None, and a problem, if it is not UTF-8 or has a NUL in it."""
    try:
        data = read_limited(source.file)
    except OSError as error:
        problems.add(_unreadable(source, error))
        return None
    except Malformed as error:
        problems.add(Problem(source.path, None, error.message, error.hint))
        return None
    try:
        text = decode(data)
    except Malformed as error:
        excerpt = lines_of(data.decode("cp1252", "replace"))
        problems.add(problem_at(source.path, excerpt, error.line, error.message, error.hint))
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problems.tolerate(problem_at(source.path, text, line, "a NUL character", "remove it; it is invisible"))
        return text.replace("\0", "\ufffd") if problems.lenient else None
    return text
