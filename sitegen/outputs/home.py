"""The index: the newest posts on `/`, older ones on the pages that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from sitegen.model.pagination import IndexPage, index_pages
from sitegen.model.site import Site
from sitegen.outputs.generated import generated
from sitegen.outputs.target import Target
from sitegen.templates.views import Lens, author_views, paginator
from sitegen.words import Word


def targets(site: Site) -> Iterator[Target]:
    """Every index page."""
    config = site.config
    for index in index_pages(site.listed, config):
        title = config.title if index.number == 1 else Word("lists.page", (("page", index.number),))
        yield generated(index.url, "home", "home", title, partial(_fill, index), identity=[repr(index)])


def _fill(index: IndexPage, lens: Lens) -> Mapping[str, Any]:
    return {
        "description": lens.site.config.description,
        "authors": author_views(lens, lens.site.authors_of()),
        "extra": {"paginator": paginator(lens, index)},
    }
