"""Tags, categories and series: a page for each, and one that lists them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sitegen.model.listings import Listing
from sitegen.model.site import Site
from sitegen.outputs.generated import generated, page_of_listing
from sitegen.outputs.target import Target
from sitegen.templates.views import Attributes, Lens
from sitegen.words import Word


def tags(site: Site) -> Iterator[Target]:
    """The pages of the tags."""
    return _targets(site, "tags", "tags")


def categories(site: Site) -> Iterator[Target]:
    """The pages of the categories."""
    return _targets(site, "categories", "categories")


def series(site: Site) -> Iterator[Target]:
    """The pages of the series, each with its parts in the order of reading."""
    return _targets(site, "series", "all series", described=True)


def _targets(site: Site, output: str, kind: str, *, described: bool = False) -> Iterator[Target]:
    """The page above them, of that kind, and theirs."""
    listings = site.listings[output]
    if (above := site.overview(output)) is not None:
        fill = partial(_overview, listings, described)
        yield generated(above.url, "terms", kind, Word(f"lists.{above.output}"), fill, identity=[repr(listings)])
    for listing in listings:
        yield page_of_listing(listing, "term", partial(_term, listing))


def _overview(listings: Sequence[Listing], described: bool, lens: Lens) -> Mapping[str, Any]:
    shown = ({"name": one.name, "url": one.url, "count": len(one.posts)} for one in listings)
    return {
        "terms": [Attributes(one) for one in shown],
        "description": lens.words().text("lists.about_series") if described else "",
    }


def _term(listing: Listing, lens: Lens) -> Mapping[str, Any]:
    if not listing.numbers:
        return {"term": listing.name}
    count = len(listing.posts)
    return {"description": lens.words().text("lists.series_parts", count=count)}
