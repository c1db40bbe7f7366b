"""What readers find by searching."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.content import Document, Post, in_sitemap
from sitegen.model.site import Site


def findable(site: Site) -> Iterator[Document]:
    """The posts and pages that are meant to be found, but for those with `search: false` or `hidden: true`."""
    outputs = site.config.outputs
    posts = site.posts if "posts" in outputs else ()
    pages = (*site.pages, *site.collected) if "pages" in outputs else ()
    documents: tuple[Document, ...] = (*posts, *pages)
    for document in documents:
        if in_sitemap(document) and document.front.get("search") is not False and not _is_apart(document):
            yield document


def _is_apart(document: Document) -> bool:
    return document.is_hidden if isinstance(document, Post) else document.url == "/404.html"
