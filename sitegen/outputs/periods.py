"""A page for each year and each month that has posts, in the folders that dated addresses are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sitegen.config import Config
from sitegen.model.periods import Period
from sitegen.model.site import Site
from sitegen.outputs.generated import generated
from sitegen.outputs.target import Claim, Target
from sitegen.templates.views import Attributes, Documents, Lens

OUTPUT = {"year": "years", "month": "months"}  # which one the pages of a kind are
Links = Mapping[str, Mapping[str, str] | None]


def years(site: Site) -> Iterator[Target]:
    """The pages of the years, month by month."""
    for year, around in _with_neighbours(site.years):
        months = tuple(month for month in site.months if month.year == year.year)
        yield _target(year, months, around)


def months(site: Site) -> Iterator[Target]:
    """The pages of the months."""
    known = {year.year: year for year in site.years}
    for month, around in _with_neighbours(site.months):
        year = known[month.year]
        yield _target(month, (), {**around, "year": {"title": year.title, "url": page_of(site.config, year)}})


def page_of(config: Config, period: Period) -> str:
    """The address of its page; "" where the site has none."""
    return period.url if OUTPUT[period.kind] in config.outputs else ""


def _with_neighbours(periods: Sequence[Period]) -> Iterator[tuple[Period, Links]]:
    """Each period, newest first, with the way to the ones beside it."""
    for period, newer, older in zip(periods, (None, *periods), (*periods[1:], None), strict=False):
        yield period, {"newer": _link(newer), "older": _link(older)}


def _link(period: Period | None) -> Mapping[str, str] | None:
    return None if period is None else {"title": period.title, "url": period.url}


def _target(period: Period, months: Sequence[Period], links: Links) -> Target:
    fill = partial(_fill, period, months, links)
    identity = [repr((period, months, links))]
    return generated(period.url, "period", period.kind, period.title, fill, identity=identity, claim=Claim.MODEST)


def _fill(period: Period, months: Sequence[Period], links: Links, lens: Lens) -> Mapping[str, Any]:
    parts = (
        {"title": month.name, "url": page_of(lens.site.config, month), "posts": Documents(lens, month.posts)}
        for month in months
    )
    return {
        "posts": Documents(lens, period.posts),
        "months": [Attributes(part) for part in parts],
        **{name: None if link is None else Attributes(link) for name, link in links.items()},
    }
