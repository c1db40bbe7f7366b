"""When a post came to be, and when it was last changed: by git, or by the file itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sitegen.content.sources import Source
from sitegen.dates import moment_at
from sitegen.model.given import Giver

GIT_SECONDS = 20  # git is asked once; a repository that needs longer gives no dates
_PLAIN = {"core.quotePath": "off", "diff.relative": "false", "log.follow": "false", "log.showSignature": "false"}


@dataclass(frozen=True)
class History:
    """What git knows of the files below a folder, by their real paths.

    `added` has the moment (UTC) of the commit that brought a file in, followed through renames, `changed` that of the
    last one that changed it after that. `is_cut` tells of a shallow clone. A commit at its boundary adds every file at
    once, and so dates none.
    """

    added: Mapping[str, datetime] = field(default_factory=dict)
    changed: Mapping[str, datetime] = field(default_factory=dict)
    is_cut: bool = False

    def first(self, source: Source) -> tuple[datetime, Giver]:
        """A source's first moment (UTC), and where that comes from: "git" or "file"."""
        moment = self.added.get(os.path.realpath(source.file))
        return (moment_at(source.modified), "file") if moment is None else (moment, "git")

    def last(self, source: Source) -> datetime | None:
        """The moment (UTC) of the last commit that changed a source; None where there was none but the first."""
        return self.changed.get(os.path.realpath(source.file))


def read_history(root: Path) -> History | None:
    """The history of everything below `root`; None where there is no git, no repository, or no answer in time."""
    top, _, shallow = _git(root, "rev-parse", "--show-toplevel", "--git-path", "shallow").strip().partition("\n")
    options = (word for name, value in _PLAIN.items() for word in ("-c", f"{name}={value}"))
    log = _git(root, *options, "log", "-z", "--date-order", "--format=%x01%H %P %x02%at", "--name-status", "-M",
               "--diff-filter=AMR", "--", ".") if top else ""  # fmt: skip
    if not log:
        return None
    boundary = _boundary(root / shallow)
    lives = _Lives()
    for commit in log.split("\x01")[1:]:
        head, _, rest = commit.partition("\x02")
        stamp, _, changes = rest.partition("\0")
        if head.split()[0] not in boundary:
            lives.follow(changes.strip("\n\0").split("\0"), moment_at(int(stamp.strip() or 0)))
    return History(_real(top, lives.added), _real(top, lives.changed), bool(boundary))


class _Lives:
    """The lives of files, told backwards: the log runs from the newest commit to the oldest."""

    def __init__(self) -> None:
        self.added: dict[str, datetime] = {}
        self.changed: dict[str, datetime] = {}
        self._names: dict[str, list[str]] = {}  # a path in the past → the paths that it has today

    def follow(self, words: list[str], moment: datetime) -> None:
        """Take one commit's changes: `A path`, `M path`, or `R100 old new`, where the number tells how much is kept."""
        rest = iter(words)
        for status in rest:
            status, path = status.strip("\n"), next(rest, "")
            if status.startswith("R"):
                self._renamed(path, next(rest, ""), moment, same=status == "R100")
            elif status.startswith("A"):
                self._added(path, moment)
            elif status.startswith("M"):
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


def _git(root: Path, *arguments: str) -> str:
    """What git answers, or "" where there is no git, no repository, or no answer in time."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True, env=environment, timeout=GIT_SECONDS, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""
