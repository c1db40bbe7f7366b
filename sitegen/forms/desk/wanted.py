"""What a page of the list shows, as its address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode

from sitegen.forms.inbox.listing import Filter
from sitegen.forms.submission import SHOWN, STATES, State, clean

EVERYTHING = "all"


@dataclass(frozen=True)
class Wanted:
    """Which submissions: those of a form, of a state, with words in them, of some days of the site's time zone.

    "" and None mean all; but no state means `SHOWN`, and `EVERYTHING` all of them. `until` is the last day.
    """

    form: str = ""
    state: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None

    def filter(self, zone: tzinfo) -> Filter:
        """The same for the inbox."""
        end = self.until + timedelta(days=1) if self.until and self.until < date.max else None
        return Filter(self.form or None, self.states, _midnight(self.since, zone), self.text, _midnight(end, zone))

    @property
    def states(self) -> tuple[State, ...] | None:
        """The states that are wanted; None for all."""
        return None if self.state == EVERYTHING else tuple(one for one in STATES if one == self.state) or SHOWN

    @property
    def narrowed(self) -> bool:
        """Whether words or days leave something out: then the numbers of all forms and states do not tell how many."""
        return bool(self.text or self.since or self.until)

    def query(self, **more: object) -> str:
        """The query of an address, with its question mark, and something more in it; "" for nothing.

        >>> Wanted(form="chicago", text="a b").query(), Wanted().query()
        ('?form=chicago&q=a+b', '')
        """
        own = {"form": self.form, "state": self.state, "q": self.text, "since": self.since, "until": self.until}
        words = urlencode({name: value for name, value in {**own, **more}.items() if value})
        return f"?{words}" if words else ""

    def but(self, **changes: Any) -> str:
        """The query of another list: this one with something changed."""
        return replace(self, **changes).query()


def parse_wanted(query: Mapping[str, str]) -> Wanted:
    """What an address asks for; what makes no sense in it is passed over."""
    state = query.get("state", "")
    return Wanted(
        form=clean(query.get("form", "")),
        state=state if state in (*STATES, EVERYTHING) else "",
        text=clean(query.get("q", "")).strip(),
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _midnight(day: date | None, zone: tzinfo) -> datetime | None:
    """When a day begins; None where no clock of ours goes that far."""
    try:
        moment = datetime.combine(day, time(), zone) if day else None
        return moment.astimezone(tz=None) if moment else None
    except (OverflowError, ValueError):
        return None
