"""How many places of a call are taken, as everybody may know: counted now and then, however many ask."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sitegen.forms.description import Form
from sitegen.forms.inbox.places import Places

FRESH = timedelta(seconds=3)  # as long as one count is told


@dataclass(frozen=True)
class _Count:
    """A count that was begun at a moment; it may have failed."""

    begun: datetime
    task: asyncio.Future[Places]

    def is_fresh(self, now: datetime) -> bool:
        return timedelta(0) <= now - self.begun < FRESH


class PlacesBoard:
    """Asks `count` for the places of a form, in a thread, and remembers what it said for a moment: failures, too."""

    def __init__(self, count: Callable[[str], Places]) -> None:
        self._count = count
        self._known: dict[str, _Count] = {}

    async def of(self, form: Form, now: datetime) -> Places:
        """How many are taken. Raises `StoreError`."""
        known = self._known.get(form.id)
        if known is None or not known.is_fresh(now):
            counting = asyncio.ensure_future(asyncio.to_thread(self._count, form.id))
            known = self._known[form.id] = _Count(now, counting)
        return await asyncio.shield(known.task)


def told(form: Form, capacity: int, places: Places, now: datetime) -> dict[str, object]:
    """What scripts get: numbers of places, of people who wait, and whether answers are taken."""
    free = max(0, capacity - places.taken)
    return {
        "capacity": capacity,
        "taken": places.taken,
        "free": free,
        "waitlist": places.waitlist,
        "open": form.is_open(now) and (free > 0 or form.waitlist),
    }
