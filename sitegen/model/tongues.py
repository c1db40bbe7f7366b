"""The language that the place of a source tells, on a site in several: `_posts/de/…`, `_pages/about.de.md`."""

from __future__ import annotations

import posixpath

from sitegen.config import Config
from sitegen.languages import is_known, lookups
from sitegen.model.beside import is_bundle
from sitegen.patterns import regex

FOLDERS = ("_posts", "_drafts", "_pages")
_TAG = regex(r"[A-Za-z]{2}(-[A-Za-z]{2})?")


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


def foreign_name(config: Config, path: str) -> tuple[str, str]:
    """The language at the end of a file's name that the site is not in, "" for none, and the path without that.

    Under Jekyll there is none: such names are usual there, and mean nothing.
    """
    stem, ending = posixpath.splitext(path)
    bare, _, tag = stem.rpartition(".")
    return (tag, bare + ending) if posixpath.basename(bare) and _is_foreign(config, tag) else ("", path)


def foreign_folder(config: Config, path: str) -> str:
    """The language that a folder of posts or pages is called by and the site, in several, is not in; "" for none."""
    parts = path.split("/")
    if not config.languages or len(parts) < 3 or parts[0] not in FOLDERS or not _is_foreign(config, parts[1]):
        return ""
    return "" if len(parts) == 3 and is_bundle(path) else parts[1]  # a post may have such a name


def _is_foreign(config: Config, tag: str) -> bool:
    if config.lenient or not _TAG.fullmatch(tag) or not is_known(tag):
        return False
    return tag.lower() not in (*lookups(config.lang), *(one.lang.lower() for one in config.tongues))
