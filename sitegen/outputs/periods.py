"""A page for each year and each month that has posts, in the folders that dated addresses are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from sitegen.model.listings import Listing
from sitegen.model.site import Site
from sitegen.outputs.generated import page_of_listing
from sitegen.outputs.target import Claim, Target
from sitegen.templates.views import Attributes, Documents, Lens
from sitegen.words import Words

Links = Mapping[str, Listing | None]


def years(site: Site) -> Iterator[Target]:
    """The pages of the years, month by month."""
    for year, around in _with_neighbours(site.listings["years"]):
        months = tuple(month for month in site.listings["months"] if _is_in(month, year))
        yield _target(year, months, around)


def months(site: Site) -> Iterator[Target]:
    """The pages of the months."""
    for month, around in _with_neighbours(site.listings["months"]):
        year = next(year for year in site.listings["years"] if _is_in(month, year))
        yield _target(month, (), {**around, "year": year})


def _is_in(month: Listing, year: Listing) -> bool:
    return month.key.startswith(f"{year.key}/")


def _with_neighbours(periods: Sequence[Listing]) -> Iterator[tuple[Listing, Links]]:
    """Each period, newest first, with the way to the ones beside it."""
    for period, newer, older in zip(periods, (None, *periods), (*periods[1:], None), strict=False):
        yield period, {"newer": newer, "older": older}


def title_of(period: Listing, words: Words) -> str:
    """What a period is called: "2026", "May 2026"."""
    return period.name if period.output == "years" else _capital(words.date(_first_day(period), "month_year"))


def _capital(text: str) -> str:
    """Text as it stands alone: months have a small letter in many languages, but a title begins with a capital."""
    return text[:1].title() + text[1:]


def _first_day(month: Listing) -> date:
    year, number = map(int, month.key.split("/"))
    return date(year, number, 1)


def _view(period: Listing, words: Words) -> Attributes:
    return Attributes({"title": title_of(period, words), "url": period.url})


def _target(period: Listing, months: Sequence[Listing], links: Links) -> Target:
    fill = partial(_fill, period, months, links)
    return page_of_listing(
        period,
        "period",
        fill,
        identity=[repr((months, {name: link and link.url for name, link in links.items()}))],
        claim=Claim.MODEST,
    )


def _fill(period: Listing, months: Sequence[Listing], links: Links, lens: Lens) -> Mapping[str, Any]:
    words = lens.words()
    parts = (
        {
            "title": _capital(words.date(_first_day(month), "month")),
            "url": month.url,
            "posts": Documents(lens, month.posts),
        }
        for month in months
    )
    return {
        "title": title_of(period, words),
        "months": [Attributes(part) for part in parts],
        **{name: link and _view(link, words) for name, link in links.items()},
    }
