"""Series: a page for each, with its parts in the order of reading, and one that lists them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from sitegen.model.content import Series
from sitegen.model.site import Site
from sitegen.outputs.generated import generated
from sitegen.outputs.target import Target
from sitegen.templates.views import Attributes, Documents, Lens


def targets(site: Site) -> Iterator[Target]:
    """The overview, where there are any, and the pages."""
    every = tuple(site.series.values())
    if every:
        yield generated("/series/", "terms", "all series", "Series", partial(_overview, every), identity=[repr(every)])
    for one in every:
        yield generated(one.url, "term", "series", one.name, partial(_parts, one), identity=[repr(one)])


def _overview(every: tuple[Series, ...], lens: Lens) -> Mapping[str, Any]:
    shown = ({"name": one.name, "url": one.url, "count": len(one.parts)} for one in every)
    return {"terms": [Attributes(one) for one in shown], "description": "Posts that belong together, in their order."}


def _parts(series: Series, lens: Lens) -> Mapping[str, Any]:
    count = len(series.parts)
    description = f"A series in {count} parts." if count > 1 else "The first part of a series."
    return {"posts": Documents(lens, series.posts), "description": description}
