"""Posts and pages: each at its own address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from sitegen.model.content import Document, Page
from sitegen.model.pagination import has_paginator, index_pages
from sitegen.model.site import Site
from sitegen.outputs.redirects import render_away
from sitegen.outputs.target import Rendering, Target
from sitegen.templates.views import document_view, paginator
from sitegen.urls import file_of


def posts(site: Site) -> Iterator[Target]:
    """One file for each post, and a copy of each file beside it that it links to."""
    return _targets(site, site.posts)


def pages(site: Site) -> Iterator[Target]:
    """One file for each page, and for each document of a collection that has pages; and copies, as for posts."""
    return _targets(site, (*site.pages, *site.collected))


def _targets(site: Site, documents: Iterable[Document]) -> Iterator[Target]:
    for document in documents:
        yield _target(document)
        if beside := site.beside.get(document.path):
            copies = {asset.place: asset for asset in beside.values()}
            for path, asset in copies.items():
                yield Target(path, asset.path, asset.digest, file=Path(asset.file))


def _target(document: Document) -> Target:
    leads_away = document.redirect_to and document.is_shown
    render = partial(render_away, document) if leads_away else partial(_render, document.path)
    return Target(file_of_document(document), document.path, document.path, render)


def file_of_document(document: Document) -> str:
    """The file. A post is a page even if its name looks like a file's (`/notes-on-2.beta`), as in Jekyll."""
    is_page = isinstance(document, Page) and not document.collection
    return file_of(document.url, document.ending if is_page or not document.url.endswith("/") else ".html")


def _render(path: str, rendering: Rendering, reads: set[str]) -> str:
    document = rendering.site.documents[path]
    lens = rendering.lens(reads, page=path)
    view = document_view(lens, document)
    extra = {}
    config = rendering.site.config
    if has_paginator(document, config):  # a page of the site's own in place of the index shows them, if it likes
        lens.saw("listed")
        first = index_pages(rendering.site.listed, config)[0]
        extra["paginator"] = paginator(lens, first)
    return rendering.renderer.render(document.layout, lens, view, str(view.content), **extra)
