"""The archive: every post, by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from sitegen.model.site import Site
from sitegen.outputs.generated import generated
from sitegen.outputs.target import Target
from sitegen.templates.views import Attributes, Lens, document_view


def targets(site: Site) -> Iterator[Target]:
    """One page, where there are posts."""
    if site.posts:
        yield generated("/archive/", "archive", "archive", "Archive", _fill)


def _fill(lens: Lens) -> Mapping[str, Any]:
    lens.reads.update(("posts", *(f"meta:{post.path}" for post in lens.site.posts)))
    years = groupby(lens.site.posts, key=lambda post: post.date.year)
    shown = ({"year": year, "posts": [document_view(lens, post) for post in posts]} for year, posts in years)
    return {"years": [Attributes(year) for year in shown]}
