"""Files beside documents: those that a document links to are published with it.

A document may link to what is in its folder and below. On a Jekyll site only Jekyll's own rules count.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.content.sources import DOCUMENTS, DigestOf, Source, digest_of_file
from sitegen.content.walks import file_at, is_skipped
from sitegen.errors import Problem, Problems, RefusedAddress, SiteError
from sitegen.markup.rendered import Ends
from sitegen.model.beside import folder_of, names_beside, url_beside
from sitegen.model.content import Asset, Document
from sitegen.model.pictures import image_of
from sitegen.model.site import Site
from sitegen.pictures.drawings import FOLDER, forget, harmless, is_drawing
from sitegen.pictures.heads import Heads
from sitegen.pictures.kinds import tell_kind
from sitegen.pictures.shown import EndsOf

FOLDERS = ("_posts", "_drafts", "_pages")


def with_files_beside(site: Site, ends: EndsOf, problems: Problems, digest_of: DigestOf, heads: Heads) -> Site:
    """The site with what its documents link to beside them; an `image` of front matter that is there, too."""
    if site.config.lenient:
        return site
    look = _Look(site.config, problems, digest_of, heads)
    changed: dict[str, Any] = {}
    beside: dict[str, Mapping[str, Asset]] = {}
    for path, document in site.documents.items():
        if document.redirect_to or document.verbatim:
            continue
        image = image_of(document)
        found = look.of(document, (*_addresses(document, ends), *([image] if image else [])))
        if found:
            beside[path] = found
        if image in found:
            changed[path] = _with_image(document, found[image].url)
    forget(look.drawings, {asset.file for files in beside.values() for asset in files.values()})
    published = {asset.path for files in beside.values() for asset in files.values()}
    return replace(
        site,
        posts=tuple(changed.get(post.path, post) for post in site.posts),
        pages=tuple(changed.get(page.path, page) for page in site.pages),
        beside=beside,
        left_out=tuple(one for one in site.left_out if one.path not in published),
    )


def has_its_files(site: Site, document: Document, ends: Ends) -> bool:
    """Whether the files beside a document that it links to are those that the site knows of, with an `image` of its
    front matter that is there, too. None that are known is read.
    """
    known = site.beside.get(document.path, {})
    if site.config.lenient or document.redirect_to or document.verbatim:
        return True
    look = _Look(site.config, Problems(), known=known.values())
    found = look.of(document, (*ends.files, *ends.links))
    other = {written: asset for written, asset in known.items() if asset.url != image_of(document)}
    return other.items() <= found.items() and found.items() <= known.items()


def names_near(site: Site, document: Document) -> Iterator[str]:
    """What a document could link to in its folder and below, as it would write it."""
    folder = folder_of(document.path)
    if not may_have(site.config, document.path):
        return
    top = site.config.source / folder
    for place, below, names in os.walk(top):
        below[:] = sorted(name for name in below if not name.startswith((".", "_")) and folder)
        for name in sorted(names):
            path = (Path(place) / name).relative_to(top).as_posix()
            if _is_file_of_its_own(site.config, folder, path):
                yield path


def _addresses(document: Document, ends: EndsOf) -> Iterable[str]:
    try:
        found = ends(document)
    except SiteError:
        return ()  # told where the document is rendered
    return (*found.files, *found.links)


def _with_image(document: Any, url: str) -> Any:
    """The document with the address of its picture in place of the path."""
    given = document.front["image"]
    image = {**given, "path": url} if isinstance(given, Mapping) else url
    return replace(document, front={**document.front, "image": image})


def may_have(config: Config, path: str) -> bool:
    """Whether the files beside a document may be its own: in these folders, and at the top."""
    return path.partition("/")[0] in FOLDERS or "/" not in path


def _is_file_of_its_own(config: Config, folder: str, name: str) -> bool:
    """Whether a file in a document's folder is published for no reason but its link. At the top only those do
    that stand there: folders there have rules of their own.
    """
    if name.lower().endswith(DOCUMENTS) or (not folder and ("/" in name or name.endswith((".toml", ".yml", ".yaml")))):
        return False
    path = f"{folder}/{name}" if folder else name
    parts = path.split("/")
    return not any(is_skipped(config, "/".join(parts[: at + 1])) for at in range(len(parts)))


class _Look:
    """Looks for files beside documents, each read once. Without `heads` nothing is told of their kinds."""

    def __init__(
        self,
        config: Config,
        problems: Problems,
        digest_of: DigestOf = digest_of_file,
        heads: Heads | None = None,
        known: Iterable[Asset] = (),
    ) -> None:
        self.config, self.problems, self.digest_of, self.heads = config, problems, digest_of, heads
        self.drawings = config.memory / FOLDER
        self._known: dict[str, Asset | None] = {asset.path: asset for asset in known}
        self._names: dict[str, dict[str, list[str]]] = {}

    def of(self, document: Document, addresses: Iterable[str]) -> dict[str, Asset]:
        """The files that addresses of a document mean, by address (without what is behind `?` or `#`)."""
        found: dict[str, Asset] = {}
        folder = folder_of(document.path)
        if not may_have(self.config, document.path):
            return found
        for address in dict.fromkeys(addresses):
            for name in names_beside(address):
                if not _is_file_of_its_own(self.config, folder, name):
                    continue
                path = f"{folder}/{name}" if folder else name
                if (known := self._file(path)) is not None:
                    self._add(found, document, address, name, known)
                    break
        return found

    def _add(self, found: dict[str, Asset], document: Document, address: str, name: str, asset: Asset) -> None:
        try:
            url = url_beside(document.url, name)
        except RefusedAddress as error:
            self.problems.add(Problem(asset.path, None, f"the file's name: {error}", "rename the file"))
            return
        written = address.strip().partition("#")[0].partition("?")[0]
        found[written] = replace(asset, url=url)

    def _file(self, path: str) -> Asset | None:
        """The file, as yet without an address."""
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> Asset | None:
        source = self._source(path)
        digest = None if source is None else self.digest_of(source, self.problems)
        if source is None or digest is None:
            return None
        asset = Asset(source.path, "", source.file, digest, source.modified)
        if is_drawing(asset):
            return harmless(asset, self.drawings, self.problems)
        if self.heads is not None:
            tell_kind(asset, self.heads, self.problems)
        return asset

    def _source(self, path: str) -> Source | None:
        """The file, which on a disk of macOS may be named in another form of Unicode."""
        try:
            found = file_at(self.config, path, self.problems)
            others = [] if path.isascii() else self._same(folder_of(path)).get(path, [])
            if len(others) > 1:
                message = "two files have this name, in two forms of Unicode, and only one can be published"
                self.problems.add(Problem(path, None, message, "rename one of them"))
            if found is None and others:
                found = file_at(self.config, others[0], self.problems)
            return found
        except (OSError, ValueError):  # no name that a file could have
            return None

    def _same(self, folder: str) -> Mapping[str, list[str]]:
        """The files of a folder by their paths in one form of Unicode (NFC)."""
        if folder not in self._names:
            found: dict[str, list[str]] = {}
            with suppress(OSError):
                for name in sorted(os.listdir(self.config.source / folder)):
                    path = f"{folder}/{name}" if folder else name
                    found.setdefault(unicodedata.normalize("NFC", path), []).append(path)
            self._names[folder] = found
        return self._names[folder]
