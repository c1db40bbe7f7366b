"""Threads that send what waits in the outbox, one delivery after another.

A delivery is leased, attempted and settled, each step by a transaction of its own: what a killed process had begun
comes back when its lease has run out, so everything is sent at least once, and twice only after a fault.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from sitegen.errors import SitegenError
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.notices import Channel, Delivery, Parcel
from sitegen.forms.sending.schedule import next_attempt

logger = logging.getLogger("sitegen.receiver")

LEASE = timedelta(minutes=2)  # longer than any attempt: senders give up after half a minute
LOOK_SECONDS = 15.0  # between two looks at an outbox that others fill too
AFTER_TROUBLE_SECONDS = 5.0  # when the database cannot be used


class Undelivered(SitegenError):
    """An attempt that failed: `final` if no other may follow; `wait` is how many seconds the other side asks for."""

    def __init__(self, message: str, *, final: bool = False, wait: float = 0) -> None:
        super().__init__(message)
        self.final, self.wait = final, wait


class Outbox(Protocol):
    """What a deliverer wants of a store. All raise `StoreError`."""

    def lease(self, channel: Channel, now: datetime, duration: timedelta) -> Parcel | None:
        """The next one that is due, for this long."""
        ...

    def settle(self, delivery: Delivery) -> None:
        """Note what became of it."""
        ...

    def next_due(self, channel: Channel) -> datetime | None:
        """When there will be one; None if none waits."""
        ...


Send = Callable[[Parcel], None]  # raises `Undelivered`


class Deliverer:
    """Sends from when it is made until it is closed. `wake` tells it that something new is there."""

    def __init__(
        self,
        outbox: Outbox,
        senders: Mapping[Channel, Send],
        clock: Callable[[], datetime],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._outbox, self._clock, self._chance = outbox, clock, chance
        self._news = {channel: threading.Event() for channel in senders}
        self._ended = False
        self._threads = [
            threading.Thread(target=self._run, args=(channel, send), name=f"sitegen-{channel}", daemon=True)
            for channel, send in senders.items()
        ]
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Look now."""
        for news in self._news.values():
            news.set()

    def close(self) -> None:
        """Finish the attempts that have begun, and end."""
        self._ended = True
        self.wake()
        for thread in self._threads:
            thread.join()

    def _run(self, channel: Channel, send: Send) -> None:
        while not self._ended:
            try:
                seconds = 0.0 if self._deliver_next(channel, send) else self._seconds_to_next(channel)
            except StoreError as error:
                logger.error("nothing can be sent: %s", error)
                seconds = AFTER_TROUBLE_SECONDS
            if seconds:
                self._news[channel].wait(seconds)
                self._news[channel].clear()

    def _deliver_next(self, channel: Channel, send: Send) -> bool:
        """One delivery, if one is due."""
        parcel = self._outbox.lease(channel, self._clock(), LEASE)
        if parcel is None:
            return False
        self._outbox.settle(self._attempt(parcel, send))
        return True

    def _attempt(self, parcel: Parcel, send: Send) -> Delivery:
        delivery = parcel.delivery
        try:
            send(parcel)
        except Undelivered as error:
            return self._failed(delivery, error)
        except Exception as error:  # a bug of ours: tried again, as the next version may not have it
            logger.exception("the delivery %s failed", delivery.id)
            return self._failed(delivery, Undelivered(type(error).__name__))
        logger.info("sent %s by %s, attempt %d", delivery.id, delivery.notice.channel, delivery.attempts)
        return replace(delivery, state="sent", error="")

    def _failed(self, delivery: Delivery, error: Undelivered) -> Delivery:
        now = self._clock()
        due = None if error.final else next_attempt(delivery, now, self._chance, error.wait)
        logger.warning("not sent %s by %s: %s", delivery.id, delivery.notice.channel, error)
        if due is None:
            return replace(delivery, state="dead", due=now, error=str(error))
        return replace(delivery, due=due, error=str(error))

    def _seconds_to_next(self, channel: Channel) -> float:
        due = self._outbox.next_due(channel)
        seconds = (due - self._clock()).total_seconds() if due else LOOK_SECONDS
        return min(max(seconds, 0.01), LOOK_SECONDS)
