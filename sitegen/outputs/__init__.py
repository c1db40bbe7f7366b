"""One module for each kind of file that a site has: `targets(site)` tells which there should be.

A new kind is a module here, a row in `OUTPUTS`, and its name in `settings.names.OUTPUT_NAMES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sitegen.model.site import Site
from sitegen.outputs import (
    archive,
    authors,
    documents,
    feeds,
    home,
    join,
    manifest,
    not_found,
    periods,
    pictures,
    redirects,
    robots,
    search,
    sitemap,
    static,
    terms,
)
from sitegen.outputs.target import Rendering, Target

OUTPUTS: Mapping[str, Callable[[Site], Iterator[Target]]] = {
    "posts": documents.posts,
    "pages": documents.pages,
    "home": home.targets,
    "tags": terms.tags,
    "categories": terms.categories,
    "series": terms.series,
    "authors": authors.targets,
    "archive": archive.targets,
    "years": periods.years,
    "months": periods.months,
    "atom": feeds.atom,
    "rss": feeds.rss,
    "json": feeds.json,
    "sitemap": sitemap.targets,
    "robots": robots.targets,
    "join": join.targets,
    "manifest": manifest.targets,
    "redirects": redirects.targets,
    "pictures": pictures.targets,
    "static": static.targets,
    "404": not_found.targets,
    "search": search.targets,
}

__all__ = ["OUTPUTS", "Rendering", "Target"]
