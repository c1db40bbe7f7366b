"""Where the files of a Jekyll site belong in one of sitegen's."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from sitegen.config import Config
from sitegen.content.candidates import around
from sitegen.content.sources import DOCUMENTS
from sitegen.model.content import Document, Post
from sitegen.model.site import Site
from sitegen.urls import path_of

_LINK = re.compile(r"(\{%-?\s*link\s+/?)([^\s%{}]+)(\s*-?%\})")


@dataclass(frozen=True)
class Moves:
    """Old path → new path: of documents, and of files that are published as they are.

    `bodies` are such files, too, once the front matter is off: style sheets and scripts with nothing to run in them.
    """

    documents: Mapping[str, str]
    files: Mapping[str, str]
    bodies: Mapping[str, str]

    def relinked(self, text: str) -> str:
        """The text with its `link` tags leading to where the documents are now."""

        def moved(match: re.Match[str]) -> str:
            return match[1] + self.documents.get(match[2], match[2]) + match[3]

        return _LINK.sub(moved, text) if "link" in text else text

    def scopes(self, scope: str) -> list[str]:
        """What a scope of front matter defaults is now: it may have become several, and none is left without files."""
        inside = [new for old, new in self.documents.items() if old.startswith(scope) or _is_within(scope, old)]
        if not scope or ("*" in scope and all(_is_within(scope, new) for new in inside)):
            return [scope]
        below = re.sub(r"(^|/)_(posts|drafts)(/|$)", r"\1", scope).strip("/")
        forms = (scope, f"_pages/{scope.lstrip('_')}", f"_posts/{below}", f"_drafts/{below}")
        names = dict.fromkeys(form.rstrip("/") for form in forms)
        return [name for name in names if any(_is_within(name, new) for new in inside)]


def _is_within(scope: str, path: str) -> bool:
    """Whether a file is in a folder, or is the one that is meant, or fits a pattern."""
    folder = path.startswith(f"{scope}/") or fnmatch(path, f"{scope}/*")
    return folder or fnmatch(path, scope) or posixpath.splitext(path)[0] == scope


def moves(site: Site) -> Moves:
    """Posts go to `_posts/`, with the folders above it below it; pages at the top stay, others go to `_pages/`, and
    what is published as it is to `static/`.
    """
    taken: dict[str, str] = {}
    places: set[str] = set()
    bodies = {one.path: f"static/{path_of(one.url)}" for one in documents(site) if _is_file(one)}
    for document in (one for one in documents(site) if one.path not in bodies):
        place = _place(site, document)
        while place in places:  # two folders become one: the second file gets another name, `settle` keeps its address
            stem, ending = posixpath.splitext(place)
            place = f"{stem}-2{ending}"
        taken[document.path] = place
        places.add(place)
    return Moves(taken, {asset.path: f"static/{asset.path}" for asset in site.assets}, bodies)


def moved_defaults(config: Config, moved: Moves) -> list[Mapping[str, Any]]:
    """The front matter defaults, with their scopes as they are now."""
    found: list[Mapping[str, Any]] = []
    labels = {one.label: one.folder for one in config.collections}
    for default in config.defaults:
        folder = labels.get(default.type, "")  # the documents of a collection are pages now
        kind = {"type": default.type} if default.type and not folder else {}
        for path in moved.scopes(default.path or folder):
            found.append({"scope": {**({"path": path} if path else {}), **kind}, "values": dict(default.values)})
    return found


def documents(site: Site) -> Iterator[Document]:
    """All that have a file of their own in the site."""
    yield from site.posts
    yield from site.pages
    yield from site.collected


def _is_file(document: Document) -> bool:
    """Whether nothing happens to it on its way to the reader."""
    has_layout = document.layout is not None or not document.url.endswith(document.ending)
    return document.verbatim and not has_layout and "{{" not in document.body and "{%" not in document.body


def _place(site: Site, document: Document) -> str:
    path = document.path
    if isinstance(document, Post) and not document.verbatim:
        above, below = around(site.config, path)
        kind = "_drafts" if "_drafts" in path.split("/") else "_posts"
        return _named("/".join((kind, *above, below)))
    if document.verbatim:
        return path + ".html" if path.startswith("_pages/") else f"_pages/{path.lstrip('_')}.html"
    return _named(path if "/" not in path or path.startswith("_pages/") else f"_pages/{path.lstrip('_')}")


def _named(path: str) -> str:
    """With an ending that sitegen knows Markdown by."""
    stem, ending = posixpath.splitext(path)
    return path if ending.lower() in DOCUMENTS else f"{stem}.md"
