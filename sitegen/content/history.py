"""When a post came to be, and when it was last changed: by git, or by the file itself."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Set
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sitegen.content.sources import Source
from sitegen.dates import moment_at
from sitegen.frozen import dataclass
from sitegen.model.given import Giver

GIT_SECONDS = 20  # git is asked once; a repository that needs longer gives no dates
_PLAIN = {"core.quotePath": "off", "diff.relative": "false", "log.follow": "false", "log.showSignature": "false"}


class Lack(NamedTuple):
    """Why git does not tell all, and what to do about it."""

    message: str
    hint: str


_ABSENT = Lack("git is not installed here, which `updated` asks", "install it, or take the setting out")
SLOW = Lack(f"git needs more than {GIT_SECONDS} seconds for the history of this site", "no post has a date of git's")
_EMPTY = Lack("git knows no file of this site", "commit them; where GIT_DIR is set, git looks into another repository")
_CUT = Lack(
    "this is a shallow clone: git does not know here when most posts were changed",
    "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout",
)


@dataclass(frozen=True)
class History:
    """What git knows of the files below a folder, by their real paths.

    `added` has the moment (UTC) of the commit that brought a file in, followed through renames, `changed` that of the
    last one that changed it after that. `lack` tells what is missing: all of it, or, in a shallow clone, what is older.
    A commit at its boundary adds every file at once, and so dates none.
    """

    added: Mapping[str, datetime] = field(default_factory=dict)
    changed: Mapping[str, datetime] = field(default_factory=dict)
    lack: Lack | None = None

    def first(self, source: Source) -> tuple[datetime, Giver]:
        """A source's first moment (UTC), and where that comes from: "git" or "file"."""
        moment = self.added.get(os.path.realpath(source.file))
        return (moment_at(source.modified), "file") if moment is None else (moment, "git")

    def last(self, source: Source) -> datetime | None:
        """The moment (UTC) of the last commit that changed a source; None where there was none but the first."""
        return self.changed.get(os.path.realpath(source.file))


def read_history(root: Path) -> History:
    """The history of everything below `root`."""
    options = (word for name, value in _PLAIN.items() for word in ("-c", f"{name}={value}"))
    try:
        top = _git(root, "rev-parse", "--show-toplevel").removesuffix("\n")
        shallow = _git(root, "rev-parse", "--git-path", "shallow").removesuffix("\n")
        log = _git(root, *options, "log", "-z", "--date-order", "--format=%H %at", "--name-status", "-M",
                   "--diff-filter=AMR", "--", ".")  # fmt: skip
    except _Unknown as error:
        return History(lack=error.lack)
    if not log:
        return History(lack=_EMPTY)
    boundary = _boundary(root / shallow)
    lives = _Lives()
    lives.follow(log.split("\0"), boundary)
    return History(_real(top, lives.added), _real(top, lives.changed), _CUT if boundary else None)


class _Lives:
    """The lives of files, told backwards: the log runs from the newest commit to the oldest."""

    def __init__(self) -> None:
        self.added: dict[str, datetime] = {}
        self.changed: dict[str, datetime] = {}
        self._names: dict[str, list[str]] = {}  # a path in the past → the paths that it has today

    def follow(self, words: Iterable[str], boundary: Set[str]) -> None:
        """Take the words of a log: of each commit `hash time`, and its changes: `A path`, `M path`, or
        `R100 old new`, where the number tells how much is kept. Those of the commits at the boundary do not count.
        """
        rest, commit, stamp = iter(words), "", ""
        for word in rest:
            status = word.strip("\n")
            if status[:1] not in ("A", "M", "R"):  # a hash has small letters
                commit, _, stamp = status.partition(" ") if status else (commit, "", stamp)
                continue
            path = next(rest, "")
            new = next(rest, "") if status.startswith("R") else path
            if commit not in boundary:
                self._take(status, path, new, moment_at(int(stamp or 0)))

    def _take(self, status: str, path: str, new: str, moment: datetime) -> None:
        if status.startswith("R"):
            self._renamed(path, new, moment, same=status == "R100")
        elif status.startswith("A"):
            self._added(path, moment)
        else:
            self._changed(path, moment)

    def _added(self, path: str, moment: datetime) -> None:
        for today in self._names.pop(path, [path]):
            self.added[today] = moment

    def _changed(self, path: str, moment: datetime) -> None:
        for today in self._names.get(path, [path]):
            if today not in self.added:  # else it was another file of that name
                self.changed.setdefault(today, moment)

    def _renamed(self, old: str, new: str, moment: datetime, *, same: bool) -> None:
        if not same:
            self._changed(new, moment)
        self._names.setdefault(old, []).extend(self._names.pop(new, [new]))


def _real(top: str, moments: Mapping[str, datetime]) -> Mapping[str, datetime]:
    return {os.path.realpath(os.path.join(top, path)): moment for path, moment in moments.items()}


def _boundary(file: Path) -> set[str]:
    """The commits where a shallow clone's history is cut off, by git's list of them."""
    try:
        return set(file.read_text().split())
    except OSError:
        return set()


class _Unknown(Exception):
    """Git does not answer."""

    def __init__(self, lack: Lack) -> None:
        self.lack = lack


def _git(root: Path, *arguments: str) -> str:
    """What git answers. Raises `_Unknown`."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    import subprocess

    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True, env=environment, timeout=GIT_SECONDS, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise _Unknown(SLOW) from error
    except OSError as error:
        raise _Unknown(_ABSENT) from error
    if done.returncode != 0:
        raise _Unknown(_lack(done.stderr.decode("utf-8", "replace")))
    return done.stdout.decode("utf-8", "surrogateescape")


def _lack(words: str) -> Lack:
    """What git says, for who may never have asked it anything."""
    if "not a git repository" in words and "GIT_DIR" not in os.environ:
        return Lack("this site is in no repository of git's, which `updated` asks", "git init makes it one")
    if "does not have any commits" in words:
        return _EMPTY
    said = next((line for line in words.splitlines() if line.startswith(("fatal:", "error:"))), words.strip())
    return Lack("git cannot read its repository of this site", f"it says: {said[:200]}")
