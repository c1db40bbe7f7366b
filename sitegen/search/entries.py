"""The pages that are found, and what is known of each beside its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sitegen.model.content import Document, Post
from sitegen.model.findable import findable
from sitegen.model.site import Site
from sitegen.urls import relative_url


@dataclass(frozen=True)
class Entry:
    """One page that is found: `path` is its file in the output; `url` begins with the `baseurl`; `day` is `2026-05-20`,
    or "" for a page. `lang` is the language of the index that it stands in.
    """

    path: str
    url: str
    lang: str
    title: str
    description: str = ""
    day: str = ""
    tags: tuple[str, ...] = ()
    is_call: bool = False


def entries(site: Site, places: Mapping[str, str]) -> Iterator[Entry]:
    """What is found, by path in the output. `places` has that of each source that has a page."""
    found = {places[document.path]: document for document in findable(site) if document.path in places}
    for path, document in sorted(found.items()):
        yield _entry(site, path, document)


def language_of_index(site: Site, document: Document) -> str:
    """The language whose index a document stands in: that of the page that searches it.

    Pagefind searches one index, that of the page's own language: what is in a language that the site is not in
    is found with the rest.
    """
    return site.edition_of(document).config.lang


def _entry(site: Site, path: str, document: Document) -> Entry:
    config = site.config
    url, lang = relative_url(document.url, config.baseurl), language_of_index(site, document)
    known = Entry(path, url, lang, document.title, document.description)
    if not isinstance(document, Post):
        return known
    is_call = site.call_of(document) is not None
    return replace(known, day=f"{document.date:%Y-%m-%d}", tags=document.tags, is_call=is_call)
