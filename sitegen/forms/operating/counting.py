"""What the receiver and the deliverer want of a store, counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sitegen.forms.inbox.store import Entry, Outcome, Store
from sitegen.forms.inbox.writer import Acceptor
from sitegen.forms.notices import Channel, Delivery, Parcel
from sitegen.forms.operating.tally import Tally


class CountedAcceptor:
    """Stands before what stores answers."""

    def __init__(self, acceptor: Acceptor, tally: Tally) -> None:
        self._acceptor, self._tally = acceptor, tally

    def accept_all(self, entries: Sequence[Entry]) -> tuple[Outcome, ...]:
        """Store them durably, all or none of them. Raises `StoreError`."""
        with self._tally.watched():
            outcomes = self._acceptor.accept_all(entries)
        self._tally.batch(len(entries))
        return outcomes


class CountedOutbox:
    """Stands before a store that deliveries are taken from. Its methods are those of the store, and raise the same."""

    def __init__(self, store: Store, tally: Tally) -> None:
        self._store, self._tally = store, tally

    def lease(self, channel: Channel, now: datetime, duration: timedelta) -> Parcel | None:
        """The next delivery that is due, for this long."""
        with self._tally.watched():
            return self._store.lease(channel, now, duration)

    def settle(self, delivery: Delivery) -> None:
        """Note what became of an attempt."""
        self._tally.attempt(delivery.notice.channel, delivery.state)
        with self._tally.watched():
            self._store.settle(delivery)

    def next_due(self, channel: Channel) -> datetime | None:
        """When the next delivery is due; None if none waits."""
        with self._tally.watched():
            return self._store.next_due(channel)
