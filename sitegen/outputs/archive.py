"""The archive: every post, by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.model.site import Site
from sitegen.outputs.generated import generated
from sitegen.outputs.periods import page_of
from sitegen.outputs.target import Target
from sitegen.templates.views import Attributes, Documents, Lens


def targets(site: Site) -> Iterator[Target]:
    """One page, where there are posts."""
    if site.posts:
        yield generated("/archive/", "archive", "archive", "Archive", _fill)


def _fill(lens: Lens) -> Mapping[str, Any]:
    site = lens.site
    lens.reads.update(("posts", *(f"meta:{post.path}" for post in site.posts)))
    shown = (
        {"year": year.year, "url": page_of(site.config, year), "posts": Documents(lens, year.posts)}
        for year in site.years
    )
    return {"years": [Attributes(year) for year in shown]}
