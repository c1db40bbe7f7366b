"""The files of a site: which there are, and their bytes. Links that lead out of the site are not followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from sitegen.config import Config, decode
from sitegen.errors import Problem, Problems
from sitegen.marked import Malformed, problem_at

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


@dataclass(frozen=True)
class Walk:
    """What one walk needs to know on its way."""

    config: Config
    problems: Problems
    deep: bool
    hidden: bool

    def skips(self, name: str, path: str) -> bool:
        """Whether a name is an editor's, hidden, or excluded by the configuration."""
        if name.startswith((".#", "#")) or name.endswith(("~", ".swp", ".swx")) or name in (".DS_Store", ".git"):
            return True
        return (name.startswith(".") and not self.hidden) or _excluded(self.config, path)


def _walk(walk: Walk, folder: Path, name: str, above: tuple[str, ...]) -> Iterator[Source]:
    config, problems = walk.config, walk.problems
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        problems.add(Problem(name or ".", None, f"cannot be read: {error.strerror}"))
        return
    for entry in entries:
        path = f"{name}/{entry.name}" if name else entry.name
        if walk.skips(entry.name, path) or not _is_text(path, problems):
            continue
        if entry.is_dir():
            real = os.path.realpath(entry.path)
            if walk.deep and real not in above and _is_inside(config, Path(entry.path), path, problems):
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


def _is_inside(config: Config, file: Path, path: str, problems: Problems) -> bool:
    root = os.path.realpath(config.source)
    real = os.path.realpath(file)
    if real == root or real.startswith(root + os.sep):
        return True
    hint = "copy the file into the site"
    problems.tolerate(Problem(path, None, "a link that leads out of the site; it is not followed", hint))
    return False


def _source(config: Config, file: Path, path: str, problems: Problems) -> Source | None:
    try:
        found = file.stat()
    except OSError as error:
        message = "a link to nothing" if file.is_symlink() else f"cannot be read: {error.strerror}"
        problems.add(Problem(path, None, message))
        return None
    if not stat.S_ISREG(found.st_mode):
        problems.tolerate(Problem(path, None, "not a file that can be read (a pipe, a socket or a device)"))
        return None
    return Source(path, file, found.st_mtime) if _is_inside(config, file, path, problems) else None


def read_bytes(source: Source, problems: Problems) -> bytes | None:
    """The bytes of a file; None, and a problem, if it cannot be read."""
    try:
        return source.file.read_bytes()
    except OSError as error:
        problems.add(Problem(source.path, None, f"cannot be read: {error.strerror}"))
        return None


def read_text(source: Source, problems: Problems) -> str | None:
    """The text of a file (see `config.decode`); None, and a problem, if it is not UTF-8 or has a NUL in it."""
    data = read_bytes(source, problems)
    if data is None:
        return None
    try:
        text = decode(data)
    except Malformed as error:
        excerpt = data.decode("latin-1")
        problems.add(problem_at(source.path, excerpt, error.line, error.message, error.hint))
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problems.tolerate(Problem(source.path, line, "a NUL character", "remove it; it is invisible"))
        return text.replace("\0", "\ufffd") if problems.lenient else None
    return text
