"""A glance at texts that were edited: their pages as the build that is still to come will write them.

Where all that has changed stands below the front matter of some documents, the rest of the site is as the last build
left it, and a page takes a few milliseconds. Of whatever else may have changed there is no glance: that is for builds.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from sitegen.build.finish import finished
from sitegen.build.records import Record
from sitegen.content.due import changes_at
from sitegen.content.formats import is_whole
from sitegen.content.frontmatter import read_front_matter
from sitegen.content.sources import Source, read_text
from sitegen.content.walks import is_skipped
from sitegen.digests import digest_of
from sitegen.errors import Problems, SiteError
from sitegen.frozen import dataclass
from sitegen.liquid.wanted import is_wanted
from sitegen.model.content import Document, Post, with_body
from sitegen.model.site import Site
from sitegen.outputs.documents import file_of_document
from sitegen.outputs.target import Rendering, Target
from sitegen.pictures.beside import FOLDERS, has_its_files

MOST = 100  # documents that are edited before there is a build of them


@dataclass(frozen=True)
class Known:
    """What a build has come to know, once it is done; or what a glance has, then `changed` are the documents it is of.

    `targets` and `records` are those of the files in the output, by path.
    """

    rendering: Rendering
    targets: Mapping[str, Target]
    records: Mapping[str, Record]
    changed: Mapping[str, Document] = field(default_factory=dict)

    @property
    def site(self) -> Site:
        """The site."""
        return self.rendering.site

    @cached_property
    def _until(self) -> datetime | None:
        return changes_at(self.site)

    @cached_property
    def _is_its_texts(self) -> bool:
        """Whether each document's body is what is written there, and git does not say when that was."""
        site = self.site
        return site.config.updated != "git" and not any(is_wanted(site, one) for one in site.documents.values())

    def holds(self, now: datetime) -> bool:
        """Whether the site of that moment is the same, but for what has been written since."""
        return self._is_its_texts and (self._until is None or now < self._until)

    @cached_property
    def _others(self) -> frozenset[str]:
        """What else there is in the folders of documents."""
        return self.site.paths_beside | {one.path for one in self.site.left_out}

    def is_nothing(self, path: str) -> bool:
        """Whether a file is none of the site's, and was none: an editor's, there for a moment, under whatever name."""
        if path.partition("/")[0] not in FOLDERS or path in self._others:
            return False
        return is_skipped(self.site.config, path) or not os.path.lexists(self.site.config.source / path)


def glance(
    known: Known, paths: Collection[str], now: datetime, read: Mapping[str, Document] = MappingProxyType({})
) -> Known | None:
    """What is known, with the files as they are now. None where more may be another than some bodies.

    `read` are the documents that an earlier glance has read, and that have not changed since.
    """
    documents = known.site.documents
    edited = [path for path in paths if path in documents or not known.is_nothing(path)]
    if len(edited) > MOST or not known.holds(now):
        return None
    changed = {path: read[path] for path in edited if path in read}
    for path in (path for path in edited if path not in read):
        document = _edited(known.site, documents[path]) if path in documents else None
        if document is None:
            return None
        changed[path] = document
    found = replace(known, rendering=known.rendering.with_bodies(changed), changed=changed)
    try:
        return found if all(_stands_alone(found, known, path) for path in changed if path not in read) else None
    except SiteError:  # the build tells
        return None


def _edited(site: Site, document: Document) -> Document | None:
    """The document with its body as it is now; None if that is not all that has changed, or something is wrong."""
    file, problems = f"{site.config.source}/{document.path}", Problems()
    if (found := _stat_of(file)) is None:
        return None
    text = read_text(Source(document.path, file, found), problems)
    front = None if text is None else read_front_matter(text, document.path, problems)
    if front is None or any(problems) or digest_of(front.origin.head_text) != document.head_digest:
        return None
    was_whole = document.layout is None and "layout" not in document.front
    if document.verbatim or document.redirect_to or was_whole or is_whole(front.body):
        return None
    if isinstance(document, Post) and not document.dated:  # it takes the time of its file
        return None
    return with_body(document, front.body, front.origin)


def _stat_of(file: str) -> os.stat_result | None:
    """What the system tells of a file, if it is one, and no link: that its folders are of the site is known."""
    try:
        found = os.lstat(file)
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _stands_alone(found: Known, known: Known, path: str) -> bool:
    """Whether the new text of a document wants nothing of the site that is not there: no other files, no pictures."""
    document, bodies = found.site.documents[path], found.rendering.bodies
    ends = bodies.of(document).ends
    if not has_its_files(found.site, document, ends):
        return False
    if not found.site.config.image_variants:
        return True
    before = known.rendering.bodies.apart().of(known.site.documents[path]).ends
    return set(ends.files) == set(before.files)


def pages_of(glanced: Known, changed: Collection[str]) -> Iterator[str]:
    """The paths in the output of those of these documents that a glance is of."""
    for document in (glanced.site.documents[path] for path in changed if path in glanced.changed):
        path = file_of_document(document)
        if path in glanced.targets and glanced.targets[path].owner == document.path:
            yield path


def shows(glanced: Known, path: str, changed: Collection[str]) -> bool:
    """Whether a file of the output shows the text of any of these documents, beside those of a few others."""
    record = glanced.records.get(path)
    return record is not None and any(f"content:{one}" in record.reads for one in changed)


def page(glanced: Known, path: str) -> bytes | None:
    """A page of the output, as the build is going to write it. None: only the build can tell."""
    target = glanced.targets.get(path)
    if target is None or target.file is not None or not target.is_page:
        return None
    try:
        made = target.render(glanced.rendering, set())
    except (SiteError, RecursionError):
        return None
    config = glanced.site.config
    return finished(target, made, config).encode("utf-8", "replace") if isinstance(made, str) else None
