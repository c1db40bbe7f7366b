"""When an undated post came to be: its first git commit, or else the file itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from sitegen.content.sources import Source
from sitegen.dates import moment_at

GIT_SECONDS = 20  # git is asked once; a repository that needs longer gives no dates


def first_dates(root: Path, sources: Iterable[Source]) -> Mapping[str, tuple[datetime, str]]:
    """For each source its first moment (UTC) and where that comes from: "git" or "file".

    A commit at the boundary of a shallow clone adds every file at once, and so dates none.
    """
    wanted = list(sources)
    added = _added(root) if wanted else {}
    found: dict[str, tuple[datetime, str]] = {}
    for source in wanted:
        moment = added.get(os.path.realpath(source.file))
        if moment is not None:
            found[source.path] = (moment, "git")
        else:
            found[source.path] = (moment_at(source.modified), "file")
    return found


def _added(root: Path) -> Mapping[str, datetime]:
    """Real path of each file below `root` → the moment of the commit that added it, followed through renames."""
    top = _git(root, "rev-parse", "--show-toplevel").strip()
    if not top:
        return {}
    log = _git(root, "-c", "core.quotePath=off", "log", "-z", "--format=%x01%H %P %x02%at", "--name-status", "-M",
               "--diff-filter=AR", "--", ".")  # fmt: skip
    shallow = _boundary(root)
    dates: dict[str, datetime] = {}
    names: dict[str, list[str]] = {}  # a path in the past → the paths that it has today
    for commit in log.split("\x01")[1:]:
        head, _, rest = commit.partition("\x02")
        stamp, _, changes = rest.partition("\0")
        if head.split()[0] in shallow:
            continue
        _follow(changes.strip("\n\0").split("\0"), moment_at(int(stamp.strip() or 0)), names, dates)
    return {os.path.realpath(os.path.join(top, path)): moment for path, moment in dates.items()}


def _follow(words: list[str], moment: datetime, names: dict[str, list[str]], dates: dict[str, datetime]) -> None:
    """Take one commit's changes: `A path` or `R100 old new`. The log runs from the newest to the oldest."""
    rest = iter(words)
    for status in rest:
        status = status.strip("\n")
        if status.startswith("R"):
            old, new = next(rest, ""), next(rest, "")
            names.setdefault(old, []).extend(names.pop(new, [new]))
        elif status.startswith("A"):
            path = next(rest, "")
            for today in names.pop(path, [path]):
                dates[today] = moment


def _boundary(root: Path) -> set[str]:
    """The commits where a shallow clone's history is cut off."""
    name = _git(root, "rev-parse", "--git-path", "shallow").strip()
    try:
        return set((root / name).read_text().split()) if name else set()
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
