"""Posts and pages: each at its own address."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sitegen.model.content import Document, Page
from sitegen.model.pagination import index_pages
from sitegen.model.site import Site
from sitegen.outputs.target import Rendering, Target
from sitegen.templates.views import document_view, paginator
from sitegen.urls import path_of


def posts(site: Site) -> Iterator[Target]:
    """One file for each post."""
    return (_target(post) for post in site.posts)


def pages(site: Site) -> Iterator[Target]:
    """One file for each page."""
    return (_target(page) for page in site.pages)


def _target(document: Document) -> Target:
    line = document.origin.at("permalink").line if "permalink" in document.front else None
    return Target(_path(document), document.path, document.path, partial(_render, document), line=line)


def _path(document: Document) -> str:
    """The file. A post is a page even if its name looks like a file's (`/notes-on-2.beta`), as in Jekyll."""
    path = path_of(document.url)
    return path if isinstance(document, Page) or path.endswith((".html", ".htm")) else path + ".html"


def _render(document: Document, rendering: Rendering, reads: set[str]) -> str:
    lens = rendering.lens(reads)
    view = document_view(lens, document)
    extra = {}
    if document.url == "/":  # a page of the site's own in place of the index shows the newest posts, if it likes
        config = rendering.site.config
        reads.add("listed")
        first = index_pages(rendering.site.listed, config.paginate, config.paginate_path)[0]
        extra["paginator"] = paginator(lens, first)
    return rendering.renderer.render(document.layout, lens, view, str(view.content), **extra)
