"""The files of a site, and their bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

from sitegen import digests
from sitegen.errors import Problem, Problems
from sitegen.marked import Malformed, problem_at
from sitegen.settings.names import MARKDOWN_ENDINGS
from sitegen.texts import decode, lines_of, read_limited

MARKDOWN = MARKDOWN_ENDINGS
DOCUMENTS = (*MARKDOWN, ".html", ".htm")


class Source(NamedTuple):
    """One file: `path` is relative to the site's folder, with forward slashes; `file` is where it is, `found` what the
    system told of it.
    """

    path: str
    file: str
    found: os.stat_result

    @property
    def modified(self) -> float:
        """When it was changed, in seconds since 1970."""
        return self.found.st_mtime

    @property
    def name(self) -> str:
        """Its name, without the folders."""
        return self.path.rpartition("/")[2]

    @property
    def ending(self) -> str:
        """What its name ends in, with the dot; "" for a name that only begins with one."""
        path = self.path
        at = path.rfind(".")
        return path[at:] if path.rfind("/") + 1 < at < len(path) - 1 else ""

    @property
    def suffix(self) -> str:
        """The same in lower case."""
        return self.ending.lower()


DigestOf = Callable[["Source", Problems], str | None]  # of a file; None, and a problem, if it cannot be read


def digest_of_file(source: Source, problems: Problems) -> str | None:
    """The digest of a file; None, and a problem, if it cannot be read."""
    try:
        return digests.digest_of_file(source.file)
    except OSError as error:
        problems.add(_unreadable(source, error))
        return None


def _unreadable(source: Source, error: OSError) -> Problem:
    gone = isinstance(error, FileNotFoundError)
    hint = "it went away while the site was built: build again" if gone else "look at its permissions"
    return Problem(source.path, None, f"cannot be read: {error.strerror}", hint)


def is_text(source: Source) -> bool:
    """Whether the file can be read as a text: a picture can not."""
    try:
        return "\0" not in decode(read_limited(source.file))
    except (OSError, Malformed):
        return False


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
        problems.tolerate(problem_at(source.path, excerpt, error.line, error.message, error.hint))
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problems.tolerate(problem_at(source.path, text, line, "a NUL character", "remove it; it is invisible"))
        return text.replace("\0", "\ufffd") if problems.lenient else None
    return text
