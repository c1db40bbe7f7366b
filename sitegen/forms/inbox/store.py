"""The inbox: where accepted answers are kept.

What must hold together is decided inside one transaction: a double submit is found, places are counted and
taken, a freed place goes to the first on the waitlist.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import URL, Connection, delete

from sitegen.dates import now
from sitegen.forms.inbox.accepting import Accepted, Entry, Full, KeyConflict, Outcome, accept_entries
from sitegen.forms.inbox.database import StoreError, connect, explained, file_of, sweep, transaction
from sitegen.forms.inbox.files import content_of, delete_files, files_of, names_of_files
from sitegen.forms.inbox.outbox import deliveries_of, lease, next_due, replay, settle
from sitegen.forms.inbox.places import BY_HAND, capacity_of, free_places, lock_places, promote, set_state
from sitegen.forms.inbox.rows import ALL, Filter, NotFound, find_one, select_wanted, submission_of
from sitegen.forms.inbox.schema import prepare
from sitegen.forms.inbox.tables import submissions
from sitegen.forms.notices import Channel, Delivery, Parcel
from sitegen.forms.submission import Answers, KeptFile, State, Submission


@dataclass(frozen=True)
class Change:
    """What a mark or a deletion did; `promoted` are those who moved up from the waitlist.

    It is not `swept` where bytes of what was deleted are still in the journal of SQLite, as somebody reads it just now.
    """

    submission: Submission
    promoted: tuple[Submission, ...] = ()
    swept: bool = True


def new_id() -> str:
    """64 random bits in hexadecimal."""
    return secrets.token_hex(8)


class Store:
    """An open inbox. Its methods may be called from any thread; each is one transaction.

    All of them raise `StoreError` when the database cannot do it.
    """

    def __init__(self, url: URL, make_id: Callable[[], str] = new_id, clock: Callable[[], datetime] = now) -> None:
        self._engine, self._make_id = connect(url), make_id
        self._clock = clock
        self._turn = threading.Lock()  # SQLite lets writers wait in no order: one of many might starve
        self._seen: tuple[int, int] | None = None
        try:
            self._open()
        except StoreError:
            self.close()
            raise

    def _open(self) -> None:
        with explained(self._engine.url):
            prepare(self._engine)
            self._seen = self._identity()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def accept(self, entry: Entry) -> Accepted:
        """Store it durably and say as what: new, waitlist or spam. Raises `KeyConflict`, `Full`."""
        (outcome,) = self.accept_all([entry])
        if isinstance(outcome, Accepted):
            return outcome
        raise outcome

    def accept_all(self, entries: Sequence[Entry]) -> tuple[Outcome, ...]:
        """Store them durably by one commit; what became of each, in their order."""
        with self._write() as connection:
            return accept_entries(connection, entries, self._make_id)

    def each(self, wanted: Filter = ALL) -> Iterator[Submission]:
        """The submissions, oldest first, read a few at a time."""
        with transaction(self._engine) as connection:
            yield from map(submission_of, connection.execution_options(yield_per=500).execute(select_wanted(wanted)))

    def find(self, start: str) -> Submission:
        """The one submission whose id begins so. Raises `NotFound`."""
        with transaction(self._engine) as connection:
            return find_one(connection, start)

    def files_of(self, submission: Submission) -> tuple[KeptFile, ...]:
        """The files that came with it."""
        with transaction(self._engine) as connection:
            return files_of(connection, submission.id)

    def names_of_files(self) -> dict[str, Answers]:
        """Field and name of the files of all submissions, by the submission's id."""
        with transaction(self._engine) as connection:
            return names_of_files(connection)

    def content_of(self, file: KeptFile) -> bytes:
        """The bytes of a file."""
        with transaction(self._engine) as connection:
            return content_of(connection, file.id)

    def mark(self, start: str, state: State) -> Change:
        """Give it another state. Spam that becomes new takes a place, or joins the waitlist."""
        with self._write() as connection:
            found = _found_and_locked(connection, start)
            marked = replace(found, state=state, reason=BY_HAND if state in ("spam", "waitlist") else "")
            if found.state == "spam" and state == "new":
                marked = _recovered(connection, marked)
            set_state(connection, marked)
            return Change(marked, promote(connection, found.form, self._clock()))

    def delete(self, start: str) -> Change:
        """Delete it, and sweep: no byte of it stays in the files of SQLite, or the change says so."""
        with self._write() as connection:
            found = _found_and_locked(connection, start)
            delete_files(connection, found.id)
            connection.execute(delete(submissions).where(submissions.c.id == found.id))
            change = Change(found, promote(connection, found.form, self._clock()))
        return replace(change, swept=sweep(self._engine))

    def lease(self, channel: Channel, now: datetime, duration: timedelta) -> Parcel | None:
        """The delivery that is due longest, with its submission: nobody else gets it for this long."""
        with self._write() as connection:
            delivery = lease(connection, channel, now, duration)
            return Parcel(delivery, find_one(connection, delivery.submission)) if delivery else None

    def settle(self, delivery: Delivery) -> None:
        """Note what became of an attempt."""
        with self._write() as connection:
            settle(connection, delivery)

    def next_due(self, channel: Channel) -> datetime | None:
        """When the next delivery is due; None if none waits."""
        with transaction(self._engine) as connection:
            return next_due(connection, channel)

    def deliveries_of(self, submission: Submission) -> tuple[Delivery, ...]:
        """What was to be sent because of it, oldest first."""
        with transaction(self._engine) as connection:
            return deliveries_of(connection, submission.id)

    def replay(self, start: str) -> int:
        """Send anew what was given up because of a submission; how many there were."""
        with self._write() as connection:
            return replay(connection, find_one(connection, start).id, self._clock())

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._turn:
            # Whoever deletes .sitegen while we run must not make us write into a file that is gone.
            if self._identity() != self._seen:
                self._engine.dispose()
                self._open()
            with transaction(self._engine, writing=True) as connection:
                yield connection

    def _identity(self) -> tuple[int, int] | None:
        path = file_of(self._engine.url)
        try:
            status = path.stat() if path else None
        except OSError:
            return None
        return (status.st_dev, status.st_ino) if status else None


def _found_and_locked(connection: Connection, start: str) -> Submission:
    """The submission as it is while nobody else can touch its form: it may have changed since it was found."""
    found = find_one(connection, start)
    lock_places(connection, found.form)
    return find_one(connection, found.id)


def _recovered(connection: Connection, marked: Submission) -> Submission:
    if free_places(connection, marked.form, capacity_of(connection, marked.form)) == 0:
        return replace(marked, state="waitlist", reason="no place was free")
    return marked


__all__ = [
    "ALL",
    "Accepted",
    "Change",
    "Entry",
    "Filter",
    "Full",
    "KeyConflict",
    "NotFound",
    "Outcome",
    "Store",
    "new_id",
]
