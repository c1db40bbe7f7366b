"""The archive: every post, by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.model.site import Site
from sitegen.outputs.generated import generated
from sitegen.outputs.target import Target
from sitegen.templates.views import Attributes, Documents, Lens
from sitegen.words import Word


def targets(site: Site) -> Iterator[Target]:
    """One page, where there are posts."""
    if site.posts:
        yield generated(site.config.within("/archive/"), "archive", "archive", Word("lists.archive"), by_year)


def by_year(lens: Lens) -> Mapping[str, Any]:
    """All posts, in groups."""
    site = lens.site
    lens.saw("posts", *(f"meta:{post.path}" for post in site.posts))
    shown = (
        {"year": int(year.name), "url": year.url, "count": len(year.posts), "posts": Documents(lens, year.posts)}
        for year in site.listings["years"]
    )
    return {"years": [Attributes(year) for year in shown]}
