"""The language that the place of a source tells, on a site in several: `_posts/de/…`, `_pages/about.de.md`."""

from __future__ import annotations

import posixpath

from sitegen.config import Config

FOLDERS = ("_posts", "_drafts", "_pages")


def placed(config: Config, path: str) -> tuple[str, str]:
    """The language that a source's path tells, "" for none, and the path without that. A folder goes before a name."""
    if not config.languages:
        return "", path
    known = {one.lang.lower(): one.lang for one in config.tongues}
    parts = path.split("/")
    if len(parts) > 2 and parts[0] in FOLDERS and parts[1].lower() in known:
        return known[parts[1].lower()], "/".join((parts[0], *parts[2:]))
    stem, ending = posixpath.splitext(parts[-1])
    bare, _, tag = stem.rpartition(".")
    if bare and tag.lower() in known:
        return known[tag.lower()], "/".join((*parts[:-1], bare + ending))
    return "", path
