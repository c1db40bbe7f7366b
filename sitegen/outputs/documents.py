"""Posts and pages: each at its own address."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sitegen.model.content import Document, Page
from sitegen.model.pagination import has_paginator, index_pages
from sitegen.model.site import Site
from sitegen.outputs.redirects import render_away
from sitegen.outputs.target import Rendering, Target
from sitegen.templates.views import document_view, paginator
from sitegen.urls import file_of


def posts(site: Site) -> Iterator[Target]:
    """One file for each post."""
    return (_target(post) for post in site.posts)


def pages(site: Site) -> Iterator[Target]:
    """One file for each page, and for each document of a collection that has pages."""
    return (_target(page) for page in (*site.pages, *site.collected))


def _target(document: Document) -> Target:
    render = render_away if document.redirect_to and document.is_shown else _render
    return Target(_path(document), document.path, document.path, partial(render, document))


def _path(document: Document) -> str:
    """The file. A post is a page even if its name looks like a file's (`/notes-on-2.beta`), as in Jekyll."""
    is_page = isinstance(document, Page) and not document.collection
    return file_of(document.url, document.ending if is_page or not document.url.endswith("/") else ".html")


def _render(document: Document, rendering: Rendering, reads: set[str]) -> str:
    lens = rendering.lens(reads)
    view = document_view(lens, document)
    extra = {}
    config = rendering.site.config
    if has_paginator(document, config):  # a page of the site's own in place of the index shows them, if it likes
        lens.saw("listed")
        first = index_pages(rendering.site.listed, config)[0]
        extra["paginator"] = paginator(lens, first)
    return rendering.renderer.render(document.layout, lens, view, str(view.content), **extra)
