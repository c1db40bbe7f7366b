"""The inbox: where accepted answers are kept.

What must hold together is decided inside one transaction: a double submit is found, places are counted and
taken, a freed place goes to the first on the waitlist.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import URL, Connection

from sitegen.dates import now
from sitegen.forms.inbox.accepting import Accepted, Entry, Full, KeyConflict, Outcome, accept_entries
from sitegen.forms.inbox.changing import Change, Changes, delete_all, mark_all, promote_one
from sitegen.forms.inbox.confirming import Click, Confirmed, confirm, is_confirmed
from sitegen.forms.inbox.database import StoreError, connect, explained, file_of, is_sqlite, name_of, sweep, transaction
from sitegen.forms.inbox.digesting import Digest, digest_of, put_digest
from sitegen.forms.inbox.erasing import Erasure, erase
from sitegen.forms.inbox.figures import Figures, figures
from sitegen.forms.inbox.files import content_of, files_of, names_of_files
from sitegen.forms.inbox.listing import (
    ALL,
    Cursor,
    Filter,
    Page,
    Snapshot,
    batch_of,
    count,
    counted_page,
    counts,
    cursor_at,
    days,
    each_of,
    page_before,
    page_of,
)
from sitegen.forms.inbox.notes import insert_note, notes_of
from sitegen.forms.inbox.outbox import (
    deliveries_of,
    delivery_counts,
    given_up,
    lease,
    next_due,
    replay,
    replay_all,
    settle,
    tried,
)
from sitegen.forms.inbox.person import Traces, traces_of
from sitegen.forms.inbox.places import Places, Terms, known_forms, places_of, queue_of, taken_places
from sitegen.forms.inbox.probing import probe
from sitegen.forms.inbox.purging import (
    Counted,
    Old,
    Purge,
    count_old,
    delete_old,
    merged,
    note_periods,
)
from sitegen.forms.inbox.rows import NotFound, find_one, parcel_of
from sitegen.forms.inbox.schema import prepare
from sitegen.forms.inbox.turn import Turn
from sitegen.forms.notices import Channel, Delivery, DeliveryState, Notice, Parcel
from sitegen.forms.submission import Answers, KeptFile, Note, State, Submission, clean

logger = logging.getLogger("sitegen.receiver")

_ANOTHER = "was taken away while we ran, and a new one stands in its place: bring it back, or start the receiver anew"


def new_id() -> str:
    """64 random bits in hexadecimal."""
    return secrets.token_hex(8)


class Store:
    """An open inbox. Its methods may be called from any thread; each is one transaction.

    All of them raise `StoreError` when the database cannot do it.
    """

    def __init__(self, url: URL, make_id: Callable[[], str] = new_id, clock: Callable[[], datetime] = now) -> None:
        self.url = url
        self._engine, self._make_id = connect(url), make_id
        self._clock = clock
        self.turn = Turn()
        self._seen: tuple[int, int] | None = None
        self._another = False  # whether the file is no longer the one that was opened first
        try:
            self._open()
        except StoreError:
            self.close()
            raise
        self._first = self._seen

    def _open(self) -> None:
        with explained(self._engine.url):
            prepare(self._engine)
            self._seen = self._identity()

    @property
    def on_server(self) -> bool:
        """Whether it is kept by a database server, which has copies of its own."""
        return not is_sqlite(self._engine.url)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def accept(self, entry: Entry) -> Accepted:
        """Store it durably and say as what: new, waitlist, spam or unconfirmed. Raises `KeyConflict`, `Full`."""
        (outcome,) = self.accept_all([entry])
        if isinstance(outcome, Accepted):
            return outcome
        raise outcome

    def accept_all(self, entries: Sequence[Entry]) -> tuple[Outcome, ...]:
        """Store them durably by one commit; what became of each, in their order."""
        with self._write() as connection:
            return accept_entries(connection, entries, self._make_id)

    def each(self, wanted: Filter = ALL, *, newest_first: bool = False) -> Iterator[Submission]:
        """The submissions, oldest first unless the newest are wanted first, read a few at a time."""
        with transaction(self._engine) as connection:
            yield from each_of(connection, wanted, newest_first=newest_first)

    @contextmanager
    def snapshot(self, wanted: Filter = ALL) -> Iterator[Snapshot]:
        """The submissions of this moment, to be read more than once, with the names of their files."""
        with transaction(self._engine) as connection:
            yield Snapshot(connection, wanted)

    def batch_of(
        self, wanted: Filter, size: int, after: Cursor | None = None, *, newest_first: bool = False
    ) -> tuple[tuple[Submission, ...], Cursor | None]:
        """Some of them, and where the next begin. Unlike `each` it keeps nobody waiting between two of them."""
        with transaction(self._engine) as connection:
            return batch_of(connection, wanted, size, after, newest_first=newest_first)

    def cursor_at(self, wanted: Filter, skipped: int, *, newest_first: bool = False) -> Cursor | None:
        """Where those begin that follow so many; None if there are none."""
        with transaction(self._engine) as connection:
            return cursor_at(connection, wanted, skipped, newest_first=newest_first)

    def page_of(self, wanted: Filter, size: int, after: Cursor | None = None) -> Page:
        """The newest of them, or of those that are older than a cursor."""
        with transaction(self._engine) as connection:
            return page_of(connection, wanted, size, after)

    def page_before(self, wanted: Filter, size: int, before: Cursor) -> Page:
        """The page of those that are just newer than a cursor; the first where they do not fill one."""
        with transaction(self._engine) as connection:
            return page_before(connection, wanted, size, before)

    def counted_page(
        self, wanted: Filter, size: int, most: int, *, after: Cursor | None = None, before: Cursor | None = None
    ) -> tuple[Page, int]:
        """The page after or before a cursor, or the first; and how many there are in all, up to `most`."""
        with transaction(self._engine) as connection:
            return counted_page(connection, wanted, size, most, after, before)

    def count(self, wanted: Filter = ALL, most: int | None = None) -> int:
        """How many there are; it stops at `most`."""
        with transaction(self._engine) as connection:
            return count(connection, wanted, most)

    def counts(self, wanted: Filter = ALL) -> dict[str, dict[State, int]]:
        """How many there are of each form in each state that has some."""
        with transaction(self._engine) as connection:
            return counts(connection, wanted)

    def days(self, wanted: Filter, since: datetime) -> tuple[tuple[date, int], ...]:
        """How many came on each day (of UTC) that had some, from a moment on."""
        with transaction(self._engine) as connection:
            return days(connection, wanted, since)

    def forms(self) -> dict[str, Terms]:
        """The forms that answers came to, by their ids: what each said when it was last seen."""
        with transaction(self._engine) as connection:
            return known_forms(connection)

    def places(self, form: str) -> Places:
        """How many places of a form are taken, and how many people wait."""
        with transaction(self._engine) as connection:
            return places_of(connection, form)

    def queue_of(self, form: str, most: int | None = None) -> tuple[Submission, ...]:
        """Those who wait for a place, in the order in which they get one; those whom the author made wait come last."""
        with transaction(self._engine) as connection:
            return queue_of(connection, form, most)

    def taken(self, form: str) -> int:
        """How many places of a form are taken."""
        with transaction(self._engine) as connection:
            return taken_places(connection, form)

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
        """Give it another state. What was spam or not confirmed takes a place as `new`, or joins the waitlist."""
        with self._write() as connection:
            return mark_all(connection, [find_one(connection, start).id], state, self._clock()).single

    def mark_all(self, ids: Iterable[str], state: State) -> Changes:
        """Give those of these ids another state; ids that are not there any more are passed over."""
        with self._write() as connection:
            return mark_all(connection, ids, state, self._clock())

    def delete(self, start: str) -> Change:
        """Delete it, and sweep: no byte of it stays in the files of SQLite, or the change says so."""
        with self._write() as connection:
            changes = delete_all(connection, [find_one(connection, start).id], self._clock())
        return replace(changes, swept=sweep(self._engine)).single

    def delete_all(self, ids: Iterable[str]) -> Changes:
        """Delete those of these ids, and sweep; ids that are not there any more are passed over."""
        with self._write() as connection:
            changes = delete_all(connection, ids, self._clock())
        return replace(changes, swept=sweep(self._engine))

    def traces_of(self, address: str) -> Traces:
        """Where an address of e-mail stands."""
        with transaction(self._engine) as connection:
            return traces_of(connection, address)

    def erase(self, address: str, *, mentions: bool = False) -> Erasure:
        """Delete all that is of the person with that address, and sweep thoroughly, even where nothing was found."""
        with self._write() as connection:
            erasure = erase(connection, address, self._clock(), mentions=mentions)
        return replace(erasure, swept=sweep(self._engine, thoroughly=True))

    def count_old(self, old: Old) -> Counted:
        """How many have been kept long enough, by form and state."""
        with transaction(self._engine) as connection:
            return count_old(connection, old)

    def purge(self, old: Old) -> Purge:
        """Delete them, some at a time, and sweep. In forms that are open whoever waits moves up."""
        portions: list[Purge] = []
        while not portions or portions[-1].deleted:
            with self._write() as connection:
                portions.append(delete_old(connection, old))
        purge = merged(portions)
        return replace(purge, swept=sweep(self._engine)) if purge.deleted else purge

    def note_periods(self, days: Mapping[str, int | None]) -> None:
        """Note for how many days these forms keep their answers now, of those that are known."""
        with self._write() as connection:
            note_periods(connection, days)

    def promote_one(self, start: str) -> Submission:
        """Give one on the waitlist a place by hand, even where none is free. Raises `SitegenError` for any other."""
        with self._write() as connection:
            return promote_one(connection, start, self._clock())

    def confirm(self, click: Click, notices: Sequence[Notice]) -> Confirmed:
        """Let an answer count that its visitor confirms, and put what is to be sent. Raises `NotFound`, `Full`."""
        with self._write() as connection:
            return confirm(connection, click, notices, self._clock())

    def is_confirmed(self, form: str, token: str) -> bool:
        """Whether the answer that has this token is confirmed; nothing is changed. Raises `NotFound`."""
        with transaction(self._engine) as connection:
            return is_confirmed(connection, form, token)

    def note(self, start: str, text: str) -> Note:
        """Write something beside a submission."""
        note = Note(self._clock(), clean(text))
        with self._write() as connection:
            insert_note(connection, find_one(connection, start).id, note)
        return note

    def notes_of(self, submission: Submission) -> tuple[Note, ...]:
        """What the author wrote beside it, oldest first."""
        with transaction(self._engine) as connection:
            return notes_of(connection, submission.id)

    def lease(self, channel: Channel, now: datetime, duration: timedelta) -> Parcel | None:
        """The delivery that is due longest, with its submission: nobody else gets it for this long."""
        with self._write() as connection:
            delivery = lease(connection, channel, now, duration)
            return parcel_of(connection, delivery) if delivery else None

    def settle(self, delivery: Delivery) -> None:
        """Note what became of an attempt."""
        with self._write() as connection:
            settle(connection, delivery)

    def next_due(self, channel: Channel) -> datetime | None:
        """When the next delivery is due; None if none waits."""
        with transaction(self._engine) as connection:
            return next_due(connection, channel)

    def put_digest(self, target: str, until: datetime) -> bool:
        """Put the letter of a day, if anything happened until then and it is not there yet; whether that was so."""
        with self._write() as connection:
            return put_digest(connection, target, until)

    def digest(self, delivery: Delivery) -> Digest:
        """What the letter of a day is to tell: what happened since the one before."""
        with transaction(self._engine) as connection:
            return digest_of(connection, delivery.notice.target, delivery.created)

    def deliveries_of(self, submission: Submission) -> tuple[Delivery, ...]:
        """What was to be sent because of it, oldest first."""
        with transaction(self._engine) as connection:
            return deliveries_of(connection, submission.id)

    def replay(self, start: str) -> int:
        """Send anew what was given up because of a submission; how many there were."""
        with self._write() as connection:
            return replay(connection, find_one(connection, start).id, self._clock())

    def delivery_counts(self) -> dict[DeliveryState, int]:
        """How many deliveries are in each state; one without any is left out."""
        with transaction(self._engine) as connection:
            return delivery_counts(connection)

    def given_up(self, most: int) -> tuple[Delivery, ...]:
        """The newest deliveries that were given up."""
        with transaction(self._engine) as connection:
            return given_up(connection, most)

    def tried(self, most: int) -> tuple[Delivery, ...]:
        """The deliveries that failed and wait for their next attempt, the next one first."""
        with transaction(self._engine) as connection:
            return tried(connection, most)

    def replay_all(self) -> int:
        """Send anew all that was given up; how many there were."""
        with self._write() as connection:
            return replay_all(connection, self._clock())

    def probe(self) -> None:
        """Write durably and leave nothing: raises `StoreError` where no answer could be stored, or in a new file."""
        with self._write() as connection:
            probe(connection)
        if self._another:
            raise StoreError(f"the inbox {name_of(self.url)} {_ANOTHER}")

    def look(self) -> None:
        """See whether the file of the inbox is still the same, as whoever writes does. Raises `StoreError`."""
        if self._identity() != self._seen:
            with self.turn:
                self._follow()

    def figures(self) -> Figures:
        """How much there is of everything."""
        with transaction(self._engine) as connection:
            return figures(connection)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self.turn:
            self._follow()
            with transaction(self._engine, writing=True) as connection:
                yield connection

    def _follow(self) -> None:
        """Whoever takes .sitegen away while we run must not make us write into a file that is gone; but it is told."""
        found = self._identity()
        if found == self._seen:
            return
        self._engine.dispose()
        self._open()
        self._another = found is None or found != self._first
        if self._another:
            logger.error("the inbox %s %s", name_of(self.url), _ANOTHER)
        else:
            logger.warning("the inbox %s is back", name_of(self.url))

    def _identity(self) -> tuple[int, int] | None:
        path = file_of(self._engine.url)
        try:
            status = path.stat() if path else None
        except OSError:
            return None
        return (status.st_dev, status.st_ino) if status else None


__all__ = [
    "ALL",
    "Accepted",
    "Change",
    "Changes",
    "Click",
    "Confirmed",
    "Cursor",
    "Digest",
    "Entry",
    "Figures",
    "Filter",
    "Full",
    "KeyConflict",
    "NotFound",
    "Outcome",
    "Page",
    "Places",
    "Store",
    "Terms",
    "new_id",
]
