"""A page for each year and each month that has posts, in the folders that dated addresses are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sitegen.model.listings import Listing
from sitegen.model.site import Site
from sitegen.outputs.generated import page_of_listing
from sitegen.outputs.target import Claim, Target
from sitegen.templates.views import Attributes, Documents, Lens

Links = Mapping[str, Mapping[str, str] | None]


def years(site: Site) -> Iterator[Target]:
    """The pages of the years, month by month."""
    for year, around in _with_neighbours(site.listings["years"]):
        months = tuple(month for month in site.listings["months"] if _is_in(month, year))
        yield _target(year, months, around)


def months(site: Site) -> Iterator[Target]:
    """The pages of the months."""
    for month, around in _with_neighbours(site.listings["months"]):
        year = next(year for year in site.listings["years"] if _is_in(month, year))
        yield _target(month, (), {**around, "year": _link(year)})


def _is_in(month: Listing, year: Listing) -> bool:
    return month.key.startswith(f"{year.key}/")


def _with_neighbours(periods: Sequence[Listing]) -> Iterator[tuple[Listing, Links]]:
    """Each period, newest first, with the way to the ones beside it."""
    for period, newer, older in zip(periods, (None, *periods), (*periods[1:], None), strict=False):
        yield period, {"newer": _link(newer), "older": _link(older)}


def _link(period: Listing | None) -> Mapping[str, str] | None:
    return None if period is None else {"title": period.name, "url": period.url}


def _target(period: Listing, months: Sequence[Listing], links: Links) -> Target:
    fill = partial(_fill, period, months, links)
    return page_of_listing(period, "period", fill, identity=[repr((months, links))], claim=Claim.MODEST)


def _fill(period: Listing, months: Sequence[Listing], links: Links, lens: Lens) -> Mapping[str, Any]:
    parts = (
        {"title": month.name.removesuffix(f" {period.name}"), "url": month.url, "posts": Documents(lens, month.posts)}
        for month in months
    )
    return {
        "months": [Attributes(part) for part in parts],
        **{name: None if link is None else Attributes(link) for name, link in links.items()},
    }
