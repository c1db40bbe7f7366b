"""Posts and pages: each at its own address."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sitegen.model.content import Document
from sitegen.model.pagination import index_pages
from sitegen.model.site import Site
from sitegen.outputs.target import Rendering, Target
from sitegen.templates.views import paginator
from sitegen.urls import path_of


def posts(site: Site) -> Iterator[Target]:
    """One file for each post."""
    return (_target(post) for post in site.posts)


def pages(site: Site) -> Iterator[Target]:
    """One file for each page."""
    return (_target(page) for page in site.pages)


def _target(document: Document) -> Target:
    line = document.origin.at("permalink").line if "permalink" in document.front else None
    return Target(path_of(document.url), document.path, document.path, partial(_render, document), line=line)


def _render(document: Document, rendering: Rendering, reads: set[str]) -> str:
    lens = rendering.lens(reads)
    view = lens.document(document)
    extra = {}
    if document.url == "/":  # a page of the site's own in place of the index shows the newest posts, if it likes
        config = rendering.site.config
        reads.add("listed")
        first = index_pages(rendering.site.listed, config.paginate, config.paginate_path)[0]
        extra["paginator"] = paginator(lens, first)
    return rendering.renderer.render(document.layout, lens, view, str(view.content), **extra)
