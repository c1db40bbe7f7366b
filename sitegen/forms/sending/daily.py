"""Once a day the author gets a letter about all that happened: a thread sees to it that it is put into the outbox.

It looks at the clock once a minute and counts nothing, so it does not drift; after days of being down there is one
letter for all of them. Several receivers put one letter, as its id is made of the day and the address.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Protocol

from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.forms.inbox.database import StoreError

logger = logging.getLogger("sitegen.receiver")

SECONDS = 60.0  # between two looks at the clock
GRACE = timedelta(minutes=1)  # what came just before may still be on its way into the inbox


@dataclass(frozen=True)
class Plan:
    """When, in which zone, and to whom."""

    time: time
    zone: tzinfo
    targets: tuple[str, ...]


class Digests(Protocol):
    """What the timer wants of a store."""

    def put_digest(self, target: str, until: datetime) -> bool:
        """Put the letter of a day, if there is anything to tell, once. Raises `StoreError`."""
        ...


def plan_of(config: Config) -> Plan | None:
    """What the settings want; None for no such letter. Raises `SitegenError` where nobody would get it."""
    if not config.digest:
        return None
    if not config.notify:
        raise SitegenError("`receive.digest` has nobody to write to: set `receive.notify`")
    return Plan(time.fromisoformat(config.digest), config.zone, config.notify)


def last_moment(plan: Plan, now: datetime) -> datetime:
    """The last time that a letter was to be made, in the zone of the plan."""
    seen = now - GRACE
    local = seen.astimezone(plan.zone).date()
    today, yesterday = (datetime.combine(local - timedelta(days=ago), plan.time, plan.zone) for ago in (0, 1))
    return today if today.astimezone(UTC) <= seen else yesterday


class DailyTimer:
    """Looks from when it is made until it is closed. `put` is called when something new is in the outbox."""

    def __init__(
        self,
        plan: Plan | None,
        digests: Digests,
        clock: Callable[[], datetime],
        put: Callable[[], None] = lambda: None,
        seconds: float = SECONDS,
    ) -> None:
        self._plan, self._digests, self._clock, self._put, self._seconds = plan, digests, clock, put, seconds
        self._done: datetime | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sitegen-daily", daemon=True)
        if plan is not None:
            self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                self.look()
            except StoreError as error:  # the next look will do
                logger.error("the letter of the day cannot be put: %s", error)
            except Exception:
                logger.exception("the letter of the day cannot be put")
            if self._ended.wait(self._seconds):
                return

    def look(self) -> None:
        """Put the letters of the last moment, unless that was done. Raises `StoreError`."""
        if self._plan is None:
            return
        moment = last_moment(self._plan, self._clock())
        if moment == self._done:
            return
        news = [self._digests.put_digest(target, moment) for target in self._plan.targets]
        if any(news):
            self._put()
        self._done = moment
