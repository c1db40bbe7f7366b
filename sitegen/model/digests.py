"""What an artifact may depend on, by name, and the digest of each.

While a target renders, the views record the names of what they read. An artifact is fresh as long as the digests
of all these names are what they were.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields

from sitegen.digests import digest_of
from sitegen.model.content import Document, Post
from sitegen.model.site import Site
from sitegen.model.translations import versions
from sitegen.words import words_digest

_NOT_CONTENT = {
    "source", "output", "origin", "file", "strict", "exclude", "include", "drafts", "future", "expired",
    "unpublished", "updated", "limit_posts", "rate_limit", "form_rate_limit", "trusted_proxies",
    "origins", "problems", "compress",
    "budget_page", "budget_html", "budget_css", "budget_js", "budget_images", "budget_fonts", "budget_requests",
    "budget_fail",
    "defaults", "forms",  # they are seen in posts and pages only, whose digests cover them
}  # fmt: skip


def config_digest(site: Site) -> str:
    """Every setting that can be seen in an output."""
    config = site.config
    shown = [(item.name, getattr(config, item.name)) for item in fields(config) if item.name not in _NOT_CONTENT]
    return digest_of(repr(shown))


def _posts(site: Site, _: str) -> str:
    return digest_of(*(post.path for post in site.posts))


def _listed(site: Site, _: str) -> str:
    return digest_of(*(post.path for post in site.listed))


def _pages(site: Site, _: str) -> str:
    collected = (page for pages in site.collections.values() for page in pages)
    return digest_of(*(page.path for page in (*site.pages, *collected)))


def _meta(site: Site, path: str) -> str:
    document = site.documents.get(path)
    return "none" if document is None else _meta_of(site, document)


def _meta_of(site: Site, document: Document) -> str:
    call = site.call_of(document)
    is_open = "" if call is None else call.open
    image = document.front.get("image")  # its address, where the file is beside the document
    return f"{document.digest} {document.layout!r} {image!r} {is_open}"


def _content(site: Site, path: str) -> str:
    document = site.documents.get(path)
    return "none" if document is None else _content_of(site, document)


def _content_of(site: Site, document: Document) -> str:
    beside = site.beside.get(document.path)
    if not beside:
        return document.body_digest
    return digest_of(document.body_digest, *(part for name in sorted(beside) for part in (name, beside[name].url)))


def _entry_id(site: Site, path: str) -> str:
    return site.entry_ids.get(path, "none")


def _neighbours(site: Site, path: str) -> str:
    post = site.documents.get(path)
    if not isinstance(post, Post):
        return "none"
    own = site.edition_of(post)
    older, newer = own.older(post), own.newer(post)
    return _neighbours_of("" if older is None else older.path, "" if newer is None else newer.path)


def _neighbours_of(older: str, newer: str) -> str:
    return f"{older}\0{newer}"


def _paths(site: Site, path: str) -> Iterable[str]:
    """One document; all of them for `*`; the posts of a year for `*2024`."""
    if path == "*":
        return site.documents
    if path.startswith("*") and path[1:].isdecimal():
        return next((year.posts for year in site.listings["years"] if year.name == path[1:]), ())
    return (path,)


def _by_document(one: Callable[[Site, str], str]) -> Callable[[Site, str], str]:
    """The digest of one document by its path, or of many."""

    def digest(site: Site, path: str) -> str:
        if path[:1] != "*":
            return one(site, path)
        return digest_of("\0".join(f"{each}\0{one(site, each)}" for each in _paths(site, path)))

    return digest


def _listing(site: Site, name: str) -> str:
    """One listing (`tags/tea`), or all those of an output (`tags`)."""
    output, _, key = name.partition("/")
    return digest_of(repr(site.listing(output, key) if key else site.listings[output]))


def _related(site: Site, path: str) -> str:
    post = site.documents.get(path)
    return digest_of(*site.edition_of(post).related(post)) if isinstance(post, Post) else "none"


def _data(site: Site, name: str) -> str:
    value = site.data if not name else {name: site.data[name]} if name in site.data else {}
    return digest_of(json.dumps(value, default=str))


def _calls(site: Site, _: str) -> str:
    return digest_of(*(repr((call.form.id, call.post.path, call.open)) for call in site.calls))


def _time(site: Site, _: str) -> str:
    return site.time.isoformat()


def _assets(site: Site, _: str) -> str:
    return digest_of(*(asset.url for asset in site.assets))


def _files(site: Site, _: str) -> str:
    return digest_of(*(repr((asset.url, asset.modified, asset.front)) for asset in site.assets))


def _copy(site: Site, url: str) -> str:
    asset = site.asset_at(url)
    return "none" if asset is None else asset.digest


def _card(site: Site, path: str) -> str:
    document = site.documents.get(path)
    return "none" if document is None else site.card_of(document)


def _picture(site: Site, place: str) -> str:
    return repr(site.pictures.get(place))


def _any(site: Site, kind: str) -> str:
    """Whether there are posts, calls: all that a menu asks."""
    return str(bool(getattr(site, kind)))


def _words(site: Site, lang: str) -> str:
    return words_digest(lang, site.catalogs)


def _versions(site: Site, url: str) -> str:
    return digest_of(repr(versions(site, url)))


BY_DOCUMENT = ("meta", "content", "neighbours", "related", "entry-id", "card")
BY_EDITION = ("posts", "listed", "pages", "any", "listing", "calls", "versions")
READABLE: Mapping[str, Callable[[Site, str], str]] = {
    "posts": _posts,
    "listed": _listed,
    "pages": _pages,
    "assets": _assets,
    "files": _files,
    "copy": _copy,
    "card": _by_document(_card),
    "picture": _picture,
    "any": _any,
    "meta": _by_document(_meta),
    "content": _by_document(_content),
    "neighbours": _by_document(_neighbours),
    "related": _by_document(_related),
    "entry-id": _by_document(_entry_id),
    "listing": _listing,
    "data": _data,
    "calls": _calls,
    "time": _time,
    "versions": _versions,
    "words": _words,
}


def digests_of_posts(site: Site) -> dict[str, str]:
    """What the pages of posts read of these, by its names: all at once, since nearly every build asks for all of it."""
    found: dict[str, str] = {}
    for edition in site.editions.values():
        paths = ("", *edition.post_paths, "")
        for post, newer, older in zip(edition.posts, paths, paths[2:], strict=False):
            found[f"meta:{post.path}"] = _meta_of(site, post)
            found[f"content:{post.path}"] = _content_of(site, post)
            found[f"neighbours:{post.path}"] = _neighbours_of(older, newer)
    return found


def name_in(site: Site, name: str) -> str:
    """A name as it is recorded: what each edition has for itself, with the language of the edition before it.

    A site in one language has no such names, and what is known of documents is the same whoever looks.
    """
    kind = name.partition(":")[0]
    return name if site.whole is None or kind not in BY_EDITION else f"{site.config.lang}@{name}"


def digest_named(site: Site, name: str) -> str:
    """The digest of what has that name (see `name_in`)."""
    lang, at, rest = name.partition("@")
    if at and ":" not in lang:
        edition = site.editions.get(lang)
        return "none" if edition is None else digest_named(edition, rest)
    kind, _, key = name.partition(":")
    return READABLE[kind](site, key)
