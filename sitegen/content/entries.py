"""Which of the names in a folder belong to a site that Jekyll reads (entry_filter.rb)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import translate
from functools import cache

from sitegen.config import Config

SPECIAL = (".", "_", "#", "~")  # what such names begin with


def is_left_out(config: Config, path: str, *, folder: bool, below: str = "") -> bool:
    """Whether a file or folder is none of the site's; `path` is relative to it.

    What `include` names stays; special names go, and what `exclude` names. `below` is a folder that is read whole,
    `_posts` or a collection's: of the folders in it only those at its top are special.
    """
    name = path.rsplit("/", 1)[-1]
    entry = path.removeprefix(f"{below}/") if below else name
    if name.endswith(".") or (folder and config.source / path == config.output):
        return True
    included = _matches(config.include, entry, folder) or _matches(config.include, name, folder)
    patterns = (pattern for pattern in config.exclude if pattern not in config.include)
    if included or _matches(patterns, path, folder):
        return not included
    special = entry.startswith(SPECIAL) or (name.startswith(SPECIAL) and not (folder and below))
    return special or name.startswith(".") or name.endswith("~")


def _matches(patterns: Iterable[str], path: str, folder: bool) -> bool:
    """Whether one of the patterns fits: as a glob whose `*` passes slashes, as the beginning, or as a folder."""
    return any(
        _glob(pattern := written.lstrip("/")).match(path) is not None
        or path.startswith(pattern)
        or (folder and pattern == f"{path}/")
        for written in patterns
        if written.strip("/")
    )


@cache
def _glob(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(pattern.replace("[^", "[!")))
