"""Pages that lead from an old address to the present one, and the list of them (jekyll-redirect-from)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from sitegen.marked import Origin
from sitegen.model.content import Document, Post
from sitegen.model.site import Site
from sitegen.outputs.generated import generated
from sitegen.outputs.target import Claim, Rendering, Target
from sitegen.templates.views import Attributes, Lens
from sitegen.urls import absolute_url
from sitegen.words import Word

LIST = "redirects.json"


def targets(site: Site) -> Iterator[Target]:
    """A page for each old address. Where there are any, the list of them, for servers that redirect by themselves."""
    for document in _documents(site):
        for number, url in enumerate(document.redirect_from):
            yield _redirect(site, document, url, document.origin.at("redirect_from", number))
    if led := _led(site):
        text = json.dumps(led, ensure_ascii=False, separators=(",", ":"))
        yield Target(LIST, LIST, text, partial(_list, text), claim=Claim.MADE)


def _documents(site: Site) -> Iterator[Document]:
    """Those that have a page, in the plugin's order: posts from the oldest to the newest, then the others."""
    outputs = site.config.outputs
    documents: tuple[Document, ...] = (*reversed(site.posts), *site.collected, *site.pages)
    for document in documents:
        if document.is_shown and ("posts" if isinstance(document, Post) else "pages") in outputs:
            yield document


def _redirect(site: Site, document: Document, url: str, origin: Origin) -> Target:
    to = absolute_url(document.url, site.config.url, site.config.baseurl)
    title = Word("redirects.moved_title", (("title", document.title),)) if document.title else Word("redirects.moved")
    lang = document.lang or site.config.lang
    page = generated(url, "redirect", "redirect", title, partial(_fill, url, to, lang), identity=[to, lang])
    return replace(page, owner=f"the redirect to {document.path}", redirect=origin, claim=Claim.REDIRECT)


def _fill(url: str, to: str, lang: str, lens: Lens) -> Mapping[str, Any]:
    return {"lang": lang, "redirect": {"from": url, "to": to}}


def render_away(document: Document, rendering: Rendering, reads: set[str]) -> str:
    """The page of a document that does nothing but lead elsewhere."""
    reads.add(f"meta:{document.path}")
    site, lens = rendering.site, rendering.lens(reads)
    page = {
        "url": document.url,
        "kind": "redirect",
        "title": document.title or lens.words(document.lang).text("redirects.moved"),
        "layout": "redirect",
        **_fill(document.url, _destination(site, document), document.lang or site.config.lang, lens),
    }
    return rendering.renderer.render("redirect", lens, Attributes(page))


def _destination(site: Site, document: Document) -> str:
    return absolute_url(document.redirect_to, site.config.url, site.config.baseurl)


def _led(site: Site) -> Mapping[str, str]:
    """Old address → where it leads, as the plugin lists them; empty where the configuration wants no list."""
    wanted = site.config.extra.get("redirect_from") if site.config.lenient else None
    if isinstance(wanted, Mapping) and wanted.get("json") is False:
        return {}
    found: dict[str, str] = {}
    for document in _documents(site):
        if document.redirect_from:
            to = absolute_url(document.url, site.config.url, site.config.baseurl)
            found |= dict.fromkeys(document.redirect_from, to)
        if document.redirect_to:
            found[document.url] = _destination(site, document)
    return found


def _list(text: str, rendering: Rendering, reads: set[str]) -> str:
    return text
