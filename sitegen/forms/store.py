"""The inbox: where accepted answers are kept.

What must hold together is decided inside one transaction: a double submit is found, places are counted and
taken, a freed place goes to the first on the waitlist.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import URL, Connection, Row, Select, delete, func, insert, select, update

from sitegen.errors import SitegenError
from sitegen.forms.database import connect, explained, file_of, prepare, transaction
from sitegen.forms.submission import PLACED, Answers, State, Submission, moment_of, moment_text
from sitegen.forms.tables import forms, submissions

DOUBLE = timedelta(minutes=10)  # the same answers within this time are one submission
BY_HAND = "marked by hand"  # whom the author put on the waitlist stays there until told otherwise

_COLUMNS = [submissions.c[name] for name in ("id", "form", "state", "reason", "created", "answers")]


class KeyConflict(SitegenError):
    """The visitor's key has been used for other answers."""


class NotFound(SitegenError):
    """No submission, or more than one, has that id."""


@dataclass(frozen=True)
class Entry:
    """A submission to be: `spam` says why it is so judged, `key` is the visitor's; "" for neither."""

    form: str
    capacity: int | None
    answers: Answers
    created: datetime
    spam: str = ""
    key: str = ""


@dataclass(frozen=True)
class Accepted:
    """What became of an entry; `repeated` if it was there already."""

    submission: Submission
    repeated: bool = False


@dataclass(frozen=True)
class Change:
    """What a mark or a deletion did; `promoted` are those who moved up from the waitlist."""

    submission: Submission
    promoted: tuple[Submission, ...] = ()


@dataclass(frozen=True)
class Filter:
    """Which submissions; None means all."""

    form: str | None = None
    states: tuple[State, ...] | None = None
    since: datetime | None = None


def new_id() -> str:
    """64 random bits in hexadecimal."""
    return secrets.token_hex(8)


class Store:
    """An open inbox. Its methods may be called from any thread; each is one transaction.

    All of them raise `StoreError` when the database cannot do it.
    """

    def __init__(self, url: URL, make_id: Callable[[], str] = new_id) -> None:
        self._engine, self._make_id = connect(url), make_id
        self._turn = threading.Lock()  # SQLite lets writers wait in no order: one of many might starve
        self._seen: tuple[int, int] | None = None
        self._open()

    def _open(self) -> None:
        with explained(self._engine.url):
            prepare(self._engine)
            self._seen = self._identity()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def accept(self, entry: Entry) -> Accepted:
        """Store it durably and say as what: new, waitlist or spam. Raises `KeyConflict`."""
        content, key = _digest(entry.answers, entry.spam), _digest(entry.key) if entry.key else None
        with self._write() as connection:
            _know(connection, entry.form, entry.capacity)
            if row := _earlier(connection, entry, content, key):
                return Accepted(_submission(row), repeated=True)
            _promote(connection, entry.form)
            state, reason = _placed(connection, entry)
            made = Submission(self._make_id(), entry.form, state, reason, entry.created, entry.answers)
            connection.execute(insert(submissions).values(**_row(made), key=key, content=content))
        return Accepted(made)

    def each(self, wanted: Filter = Filter()) -> Iterator[Submission]:
        """The submissions, oldest first, read a few at a time."""
        with transaction(self._engine) as connection:
            yield from map(_submission, connection.execution_options(yield_per=500).execute(_select(wanted)))

    def find(self, start: str) -> Submission:
        """The one submission whose id begins so. Raises `NotFound`."""
        with transaction(self._engine) as connection:
            return _find(connection, start)

    def mark(self, start: str, state: State) -> Change:
        """Give it another state. Spam that becomes new takes a place, or joins the waitlist."""
        with self._write() as connection:
            found = _find(connection, start)
            _lock(connection, found.form)
            marked = replace(found, state=state, reason=BY_HAND if state in ("spam", "waitlist") else "")
            if found.state == "spam" and state == "new" and _is_full(connection, found.form):
                marked = replace(marked, state="waitlist", reason="no place was free")
            _set(connection, marked)
            return Change(marked, _promote(connection, found.form))

    def delete(self, start: str) -> Change:
        """Delete it so that no byte of it stays in the files."""
        with self._write() as connection:
            found = _find(connection, start)
            _lock(connection, found.form)
            connection.execute(delete(submissions).where(submissions.c.id == found.id))
            change = Change(found, _promote(connection, found.form))
        self._empty_journal()
        return change

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

    def _empty_journal(self) -> None:
        """SQLite keeps old pages in its journal until it is emptied; a reader elsewhere may delay that."""
        if self._engine.dialect.name == "sqlite":
            with explained(self._engine.url), self._engine.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]


def _lock(connection: Connection, form: str) -> Row[Any] | None:
    """Let nobody else count this form's places until we are done. (SQLite has locked everything already.)"""
    return connection.execute(select(forms.c.capacity).where(forms.c.id == form).with_for_update()).first()


def _know(connection: Connection, form: str, capacity: int | None) -> None:
    """Lock the form, and note its capacity."""
    row = _lock(connection, form)
    if row is None:
        connection.execute(insert(forms).values(id=form, capacity=capacity))
    elif row.capacity != capacity:
        connection.execute(update(forms).where(forms.c.id == form).values(capacity=capacity))


def _earlier(connection: Connection, entry: Entry, content: str, key: str | None) -> Row[Any] | None:
    """The row that this entry repeats."""
    same_form = select(submissions).where(submissions.c.form == entry.form)
    if key is not None:
        row = connection.execute(same_form.where(submissions.c.key == key)).first()
        if row is not None and row.content != content:
            raise KeyConflict("the key has been used for other answers")
        return row
    since = moment_text(entry.created - DOUBLE)
    lately = same_form.where(submissions.c.content == content, submissions.c.created > since)
    return connection.execute(lately.order_by(submissions.c.number.desc()).limit(1)).first()


def _placed(connection: Connection, entry: Entry) -> tuple[State, str]:
    if entry.spam:
        return "spam", entry.spam
    if _is_full(connection, entry.form):
        return "waitlist", "all places were taken"
    return "new", ""


def _is_full(connection: Connection, form: str) -> bool:
    return _free(connection, form) == 0


def _free(connection: Connection, form: str) -> int | None:
    """How many places are free; None where there is no limit."""
    capacity = connection.execute(select(forms.c.capacity).where(forms.c.id == form)).scalar()
    if capacity is None:
        return None
    places = select(func.count()).where(submissions.c.form == form, submissions.c.state.in_(PLACED))
    return max(0, int(capacity) - int(connection.execute(places).scalar_one()))


def _promote(connection: Connection, form: str) -> tuple[Submission, ...]:
    """Give free places to those who wait longest: nobody who comes later may go before them."""
    waiting = select(*_COLUMNS).where(submissions.c.form == form, submissions.c.state == "waitlist")
    queue = waiting.where(submissions.c.reason != BY_HAND).order_by(submissions.c.number)
    rows = connection.execute(queue.limit(_free(connection, form))).all()
    moved = tuple(replace(_submission(row), state="new", reason="moved up from the waitlist") for row in rows)
    for submission in moved:
        _set(connection, submission)
    return moved


def _set(connection: Connection, submission: Submission) -> None:
    values = {"state": submission.state, "reason": submission.reason}
    connection.execute(update(submissions).where(submissions.c.id == submission.id).values(**values))


def _find(connection: Connection, start: str) -> Submission:
    matching = select(*_COLUMNS).where(submissions.c.id.startswith(start, autoescape=True)).limit(2)
    rows = connection.execute(matching).all() if start else []
    if not rows:
        raise NotFound(f'there is no submission "{start[:40]}": `sitegen inbox list` shows them')
    if len(rows) > 1:
        raise NotFound(f'more than one submission begins with "{start[:40]}": write more of the id')
    return _submission(rows[0])


def _select(wanted: Filter) -> Select[Any]:
    query = select(*_COLUMNS).order_by(submissions.c.created, submissions.c.number)
    if wanted.form is not None:
        query = query.where(submissions.c.form == wanted.form)
    if wanted.states is not None:
        query = query.where(submissions.c.state.in_(wanted.states))
    if wanted.since is not None:
        query = query.where(submissions.c.created >= moment_text(wanted.since))
    return query


def _row(submission: Submission) -> dict[str, str]:
    return {
        "id": submission.id,
        "form": submission.form,
        "state": submission.state,
        "reason": submission.reason,
        "created": moment_text(submission.created),
        "answers": json.dumps(submission.answers, ensure_ascii=False, separators=(",", ":")),
    }


def _submission(row: Row[Any]) -> Submission:
    answers = tuple((str(name), str(value)) for name, value in json.loads(row.answers))
    return Submission(row.id, row.form, row.state, row.reason, moment_of(row.created), answers)


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
