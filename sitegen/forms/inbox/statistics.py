"""What an inbox is in numbers: who is where, how many came in which week, what could not be delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sitegen.forms.inbox.places import Terms
from sitegen.forms.inbox.store import Filter, Store
from sitegen.forms.notices import DeliveryState
from sitegen.forms.submission import STATES, State

A_WEEK = timedelta(weeks=1)
NAMED = 3  # submissions that are named, of those about which something was given up


@dataclass(frozen=True)
class FormNumbers:
    """Of one form: how many answers are in each state, those without any left out, and how many places are taken."""

    form: str
    states: Mapping[State, int]
    taken: int
    terms: Terms

    @property
    def total(self) -> int:
        """How many answers there are."""
        return sum(self.states.values())

    def as_json(self) -> dict[str, object]:
        """The shape for programs: every state is there."""
        states = {state: self.states.get(state, 0) for state in STATES}
        places = {"capacity": self.terms.capacity, "taken": self.taken}
        return {"form": self.form, "title": self.terms.title, **places, "total": self.total, "states": states}


@dataclass(frozen=True)
class Statistics:
    """The forms in alphabetical order; weeks by their Mondays (of UTC), those without answers too; the deliveries of
    the whole inbox by their state, and the first submissions about which some were given up.
    """

    forms: tuple[FormNumbers, ...]
    weeks: tuple[tuple[date, int], ...]
    deliveries: Mapping[DeliveryState, int]
    given_up: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The shape that `inbox stats --json` has."""
        weeks = [{"week": monday.isoformat(), "answers": number} for monday, number in self.weeks]
        deliveries = {name: self.deliveries.get(name, 0) for name in ("waiting", "sent", "dead")}
        return {"forms": [one.as_json() for one in self.forms], "weeks": weeks, "deliveries": deliveries}


def statistics_of(store: Store, wanted: Filter, weeks: int, now: datetime) -> Statistics:
    """The numbers of what is wanted, and of its last weeks."""
    last = monday_of(now.astimezone(UTC).date())
    first = last - (weeks - 1) * A_WEEK
    since = datetime(first.year, first.month, first.day, tzinfo=UTC)
    terms = store.forms()
    numbers = [
        FormNumbers(form, states, store.taken(form), terms.get(form, Terms()))
        for form, states in sorted(store.counts(wanted).items())
    ]
    days = store.days(wanted, since)
    about = dict.fromkeys(one.submission for one in store.given_up(NAMED) if one.submission)
    return Statistics(tuple(numbers), by_week(days, first, last), store.delivery_counts(), tuple(about))


def by_week(days: Iterable[tuple[date, int]], first: date, last: date) -> tuple[tuple[date, int], ...]:
    """The numbers of days as those of weeks, from the first Monday to the last one.

    >>> by_week([(date(2026, 5, 6), 2), (date(2026, 5, 10), 1)], date(2026, 5, 4), date(2026, 5, 11))
    ((datetime.date(2026, 5, 4), 3), (datetime.date(2026, 5, 11), 0))
    """
    numbers: Counter[date] = Counter()
    for day, number in days:
        numbers[monday_of(day)] += number
    mondays = (first + at * A_WEEK for at in range((last - first) // A_WEEK + 1))
    return tuple((monday, numbers[monday]) for monday in mondays)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())
