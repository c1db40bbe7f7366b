"""What says the same in several languages: posts and pages by their names, lists by their addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sitegen.frozen import dataclass
from sitegen.languages import lookups
from sitegen.model.content import Document, Page
from sitegen.model.names import called, plain_name
from sitegen.model.tongues import placed

if TYPE_CHECKING:
    from sitegen.model.site import Site


@dataclass(frozen=True)
class Version:
    """A page in one language: `lang` is its own, `edition` that of the site which it is among; `path` is that of its
    source, "" for a page that sitegen makes.
    """

    lang: str
    edition: str
    url: str
    path: str = ""


def language_of(site: Site, document: Document) -> str:
    """The language of a post or page."""
    return document.lang or site.entire.config.lang


def has_wrong_language(site: Site, document: Document) -> bool:
    """Whether its author says a language that is none, of which they have been told."""
    return bool(site.config.languages and document.front.get("lang") and not document.lang)


def is_spoken(site: Site, document: Document) -> bool:
    """Whether the site is in its language, or in one that this is a kind of."""
    known = {one.lang.lower() for one in site.config.tongues}
    return not (known and document.lang) or not known.isdisjoint(lookups(document.lang))


def groups(site: Site) -> Mapping[str, tuple[str, ...]]:
    """Path → the paths of all that say the same, in the order of the site's languages; where there are two or more.

    Files of one name in the folders of languages say the same; what `translation_of` names goes before that.
    """
    names = names_of(site)
    found: dict[str, list[Document]] = {}
    for document in _linkable(site):
        found.setdefault(_key(site, document, names), []).append(document)
    order = {lang: place for place, lang in enumerate(site.editions)}
    every = (
        sorted(many, key=lambda one: (order[site.edition_of(one).config.lang], one.lang, one.path))
        for many in found.values()
        if len(many) > 1
    )
    return {one.path: tuple(other.path for other in many) for many in every for one in many}


def names_of(site: Site) -> Mapping[str, tuple[str, ...]]:
    """What an author may call a post or page → the paths of all that are called so."""
    found: dict[str, list[str]] = {}
    for document in _linkable(site):
        for name in {*called(document.path), getattr(document, "slug", ""), plain_name(document.url)} - {""}:
            found.setdefault(name, []).append(document.path)
    return {name: tuple(paths) for name, paths in found.items()}


def meant(site: Site, document: Document, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The paths that `translation_of` may mean: of what is in another language; of several, those in the site's own."""
    found = names.get(plain_name(document.translation_of), ())
    others = tuple(path for path in found if _in(site, path) != language_of(site, document))
    own = tuple(path for path in others if _in(site, path) == site.entire.config.lang)
    return own if len(own) == 1 else others


def _in(site: Site, path: str) -> str:
    return language_of(site, site.documents[path])


def _linkable(site: Site) -> Iterator[Document]:
    """What has a page that a reader may be led to."""
    return (one for one in site.documents.values() if one.is_shown and not one.redirect_to)


def _key(site: Site, document: Document, names: Mapping[str, tuple[str, ...]]) -> str:
    seen: set[str] = set()
    while document.translation_of and document.path not in seen:
        seen.add(document.path)
        paths = meant(site, document, names)
        if len(paths) != 1:
            break
        document = site.documents[paths[0]]
    plain = posixpath.splitext(placed(site.entire.config, document.path)[1])[0]
    return f"page {plain.removeprefix('_pages/')}" if isinstance(document, Page) else plain


def versions(site: Site, url: str) -> tuple[Version, ...]:
    """The page at an address of an edition in the other languages.

    A list has the same address in each, but for the prefix. A page of the author's own may stand where sitegen would
    make one.
    """
    if not site.config.languages:
        return ()
    whole, document = site.entire, site.at_url.get(url)
    mine = site if document is None else whole.edition_of(document)
    if document is None and url not in mine.made:
        return ()
    return tuple(version for edition in whole.editions.values() for version in _there(edition, mine, url, document))


def _there(edition: Site, mine: Site, url: str, document: Document | None) -> Iterator[Version]:
    lang = edition.config.lang
    members = [] if document is None else _members(edition, document)
    yield from (Version(language_of(mine, one), lang, one.url, one.path) for one in members)
    if members or edition is mine:
        return
    twin = edition.config.within(url.removeprefix(mine.config.prefix))
    other = edition.at_url.get(twin)
    if other is None and twin in edition.made:
        yield Version(lang, lang, twin)
    elif other is not None and document is None and edition.edition_of(other) is edition and not _members(mine, other):
        yield Version(language_of(mine, other), lang, twin, other.path)


def _members(edition: Site, document: Document) -> list[Document]:
    """What says the same as a document in an edition."""
    others = (edition.documents[path] for path in edition.translations.get(document.path, ()) if path != document.path)
    return [one for one in others if edition.edition_of(one) is edition]


def alternates(site: Site, url: str) -> tuple[tuple[str, str], ...]:
    """Language and address of a page in each that it is in, for `hreflang`; `x-default` is the one in the site's own
    language, or else the first. Empty where it is in one only.
    """
    others = versions(site, url)
    if not others:
        return ()
    document = site.at_url.get(url)
    mine = (site if document is None else site.edition_of(document)).config.lang
    own = Version(mine if document is None else language_of(site, document), mine, url)
    order = {lang: place for place, lang in enumerate(site.editions)}
    every = sorted((own, *others), key=lambda one: (order[one.edition], one.lang != one.edition, one.lang))
    return (*((one.lang, one.url) for one in every), ("x-default", every[0].url))
