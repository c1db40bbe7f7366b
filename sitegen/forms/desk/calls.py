"""The calls: how many places each has and how many are taken, who waits, and when answers came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from sitegen.forms.desk.chart import Chart, chart_of
from sitegen.forms.desk.listing import Counts
from sitegen.forms.desk.painting import painted
from sitegen.forms.desk.visit import Visit
from sitegen.forms.inbox.listing import Filter
from sitegen.forms.inbox.places import BY_HAND, Terms
from sitegen.forms.submission import PLACED, clean

DAYS = 60  # on the chart
MOST_WAITING = 100  # people of a waitlist on the page


@dataclass(frozen=True)
class Call:
    """A form as the page shows it; `capacity` None is no limit."""

    form: str
    title: str
    capacity: int | None
    taken: int
    waiting: int

    @property
    def places(self) -> str:
        """Its places in words."""
        if self.capacity is None:
            return "1 answer" if self.taken == 1 else f"{self.taken} answers"
        return f"{self.taken} of {self.capacity} places"

    @property
    def beyond(self) -> int | None:
        """The capacity that one more place would go beyond; None where one is free."""
        return self.capacity if self.capacity is not None and self.taken >= self.capacity else None


def page(visit: Visit) -> Response:
    """All calls, or the one that the address names, with its waitlist."""
    form, terms, counts = clean(visit.query.get("form", "")), visit.store.forms(), visit.store.counts()
    known = {**dict.fromkeys(counts), **dict.fromkeys(visit.forms())}
    calls = [_call(visit, one, terms, counts) for one in known if form in ("", one)]
    calls.sort(key=lambda call: call.title.casefold())
    return painted(
        visit,
        "calls.html",
        status=200 if calls or not form else 404,
        calls=calls,
        form=form,
        title=calls[0].title if form and calls else "",
        waiting=_waiting(visit, form) if form and calls else (),
        chart=_chart(visit, form),
        here="/calls" + (f"?{urlencode({'form': form})}" if form else ""),
    )


def _call(visit: Visit, form: str, terms: dict[str, Terms], counts: Counts) -> Call:
    states = counts.get(form, {})
    taken = sum(states.get(state, 0) for state in PLACED)
    return Call(form, visit.title_of(form, terms), visit.capacity_of(form, terms), taken, states.get("waitlist", 0))


def _waiting(visit: Visit, form: str) -> list[object]:
    """Those who wait, in the order in which they get places, and whether they were put there by hand."""
    return [(one, visit.person(one), one.reason == BY_HAND) for one in visit.store.queue_of(form, MOST_WAITING)]


def _chart(visit: Visit, form: str) -> Chart:
    today = visit.moment.date()
    since = visit.moment.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=DAYS - 1)
    return chart_of(dict(visit.store.days(Filter(form or None), since)), today, DAYS)
