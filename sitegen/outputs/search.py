"""The page to search on. The index that it reads is made of the finished pages (`build.indexing`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.model.content import Page
from sitegen.model.findable import findable
from sitegen.model.site import Site
from sitegen.outputs.archive import by_year
from sitegen.outputs.generated import generated
from sitegen.outputs.target import Target
from sitegen.templates.views import Lens, document_view
from sitegen.words import Word


def targets(site: Site) -> Iterator[Target]:
    """One page."""
    yield generated(site.config.within("/search/"), "search", "search", Word("search.title"), _fill)


def _fill(lens: Lens) -> Mapping[str, Any]:
    """All there is, for who searches by eye."""
    site = lens.site
    lens.saw("pages", *(f"meta:{page.path}" for page in (*site.pages, *site.collected)))
    pages = [document for document in findable(site) if isinstance(document, Page)]
    return {**by_year(lens), "pages": [document_view(lens, page) for page in pages]}
