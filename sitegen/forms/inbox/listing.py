"""Which submissions are wanted: listed, by pages, counted, by days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select, tuple_

from sitegen.forms.inbox.database import version_of
from sitegen.forms.inbox.files import names_of_files
from sitegen.forms.inbox.rows import COLUMNS, submission_of
from sitegen.forms.inbox.searching import beside, found
from sitegen.forms.inbox.tables import submissions
from sitegen.forms.submission import State, Submission, moment_of, moment_text

_ORDER = submissions.c.created, submissions.c.number
_AT_ONCE = 100  # rows in memory where all are read: each may be large
_KNOWN = "sitegen_counts"  # of a connection: the version of the database, and its counts
_CURSOR = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)~(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Filter:
    """Which submissions; None means all. Those of a form, or of several; from `since` on, before `until`; every word
    of `text` occurs.
    """

    form: str | tuple[str, ...] | None = None
    states: tuple[State, ...] | None = None
    since: datetime | None = None
    text: str = ""
    until: datetime | None = None


ALL = Filter()


@dataclass(frozen=True)
class Cursor:
    """A place between two submissions: at the one of this moment and number, which may have been deleted since.

    `str` writes it for an address; `parse_cursor` reads that.
    """

    created: datetime
    number: int

    def __str__(self) -> str:
        return f"{moment_text(self.created)}~{self.number}"


@dataclass(frozen=True)
class Page:
    """Some submissions, newest first, and where those go on that are `newer` and `older`; None where there are none."""

    submissions: tuple[Submission, ...]
    newer: Cursor | None = None
    older: Cursor | None = None


def parse_cursor(text: str) -> Cursor | None:
    """The cursor that `str` wrote; None for what is none.

    >>> str(parse_cursor("2026-05-06T12:00:00.000000Z~7"))
    '2026-05-06T12:00:00.000000Z~7'
    """
    match = _CURSOR.fullmatch(text)
    try:
        return Cursor(moment_of(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def select_wanted(wanted: Filter, *, newest_first: bool = False) -> Select[Any]:
    """The query for them, oldest first unless the newest are wanted first."""
    order = [column.desc() for column in _ORDER] if newest_first else _ORDER
    return select(*COLUMNS, submissions.c.number).where(*_conditions(wanted)).order_by(*order)


def each_of(connection: Connection, wanted: Filter, *, newest_first: bool = False) -> Iterator[Submission]:
    """The submissions, read a few at a time."""
    for some in _portions(connection, wanted, newest_first=newest_first):
        yield from some


@dataclass(frozen=True)
class Snapshot:
    """The submissions as they were when the transaction began, oldest first: each reading has the same ones.

    The names of their files count as answers.
    """

    connection: Connection
    wanted: Filter

    def __iter__(self) -> Iterator[Submission]:
        for some in _portions(self.connection, self.wanted):
            named = names_of_files(self.connection, [one.id for one in some])
            yield from (replace(one, answers=one.answers + named.get(one.id, ())) for one in some)


def _portions(connection: Connection, wanted: Filter, *, newest_first: bool = False) -> Iterator[list[Submission]]:
    query = select_wanted(wanted, newest_first=newest_first)
    # Closed by us: who reads only some of them would leave a cursor open at PostgreSQL.
    with connection.execution_options(yield_per=_AT_ONCE).execute(query) as result:
        for rows in result.partitions():
            yield [submission_of(row) for row in rows]


def page_of(connection: Connection, wanted: Filter, size: int, after: Cursor | None = None) -> Page:
    """The newest of them; or of those that are older than a cursor."""
    query = select_wanted(wanted, newest_first=True)
    if after is not None:
        query = query.where(tuple_(*_ORDER) < _values(after))
    rows = connection.execute(query.limit(size + 1)).all()
    return _page(rows[:size], newer=after is not None, older=len(rows) > size)


def page_before(connection: Connection, wanted: Filter, size: int, before: Cursor) -> Page:
    """The oldest of those that are newer than a cursor; where they do not fill a page, it is the first."""
    query = select_wanted(wanted).where(tuple_(*_ORDER) > _values(before))
    rows = connection.execute(query.limit(size + 1)).all()
    if len(rows) <= size:
        return page_of(connection, wanted, size)
    return _page(rows[size - 1 :: -1], newer=True, older=True)


def counted_page(
    connection: Connection,
    wanted: Filter,
    size: int,
    most: int,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> tuple[Page, int]:
    """The page older than a cursor, or newer than one, or the first; and how many there are in all, up to `most`.

    Few are found by looking through everything, and that is done once: for their places, of which the page is cut.
    """
    order = [column.desc() for column in _ORDER]
    where = _conditions(wanted, beside(submissions.c.form) if wanted.text else submissions.c.form)
    places = connection.execute(select(*_ORDER).where(*where).order_by(*order).limit(most)).all()
    if len(places) < most:
        return _cut(connection, [tuple(place) for place in places], size, after, before), len(places)
    if before is not None:
        return page_before(connection, wanted, size, before), most
    return page_of(connection, wanted, size, after), most


def _cut(
    connection: Connection, places: list[tuple[Any, ...]], size: int, after: Cursor | None, before: Cursor | None
) -> Page:
    """The page of all places, newest first, as `page_of` and `page_before` would find it."""
    start = 0
    if before is not None:
        start = max(0, sum(place > _place(before) for place in places) - size)
    elif after is not None:
        start = sum(place >= _place(after) for place in places)
    shown = [number for _, number in places[start : start + size]]
    rows = connection.execute(
        select(*COLUMNS, submissions.c.number)
        .where(submissions.c.number.in_(shown))
        .order_by(*(column.desc() for column in _ORDER))
    ).all()
    newer = start > 0 if before is not None else after is not None
    return _page(rows, newer=newer, older=len(places) > start + size)


def batch_of(
    connection: Connection, wanted: Filter, size: int, after: Cursor | None, *, newest_first: bool
) -> tuple[tuple[Submission, ...], Cursor | None]:
    """Some of them, in either direction, and where the next ones begin; None where these are the last."""
    query = select_wanted(wanted, newest_first=newest_first)
    if after is not None:
        beyond = tuple_(*_ORDER) < _values(after) if newest_first else tuple_(*_ORDER) > _values(after)
        query = query.where(beyond)
    rows = connection.execute(query.limit(size)).all()
    last = Cursor(moment_of(rows[-1].created), rows[-1].number) if len(rows) == size else None
    return tuple(map(submission_of, rows)), last


def cursor_at(connection: Connection, wanted: Filter, skipped: int, *, newest_first: bool) -> Cursor | None:
    """The last of so many that are passed over; None where there are no more than that."""
    order = [column.desc() for column in _ORDER] if newest_first else _ORDER
    query = select(*_ORDER).where(*_conditions(wanted)).order_by(*order).offset(skipped - 1).limit(1)
    row = connection.execute(query).first()
    return Cursor(moment_of(row.created), row.number) if row else None


def count(connection: Connection, wanted: Filter, most: int | None = None) -> int:
    """How many there are; it stops at `most`, for the words of a search are looked for in every submission."""
    some = select(literal(1)).select_from(submissions).where(*_conditions(wanted)).limit(most)
    return int(connection.execute(select(func.count()).select_from(some.subquery())).scalar_one())


def counts(connection: Connection, wanted: Filter = ALL) -> dict[str, dict[State, int]]:
    """How many there are of each form in each state; states without any are left out.

    Of all they are known as long as nothing is written: each page of a list says them.
    """
    version = version_of(connection) if wanted == ALL else None
    known = connection.info.get(_KNOWN)
    if version is None or known is None or known[0] != version:
        known = version, _counts(connection, wanted)
    if version is not None:
        connection.info[_KNOWN] = known
    return {form: dict(states) for form, states in known[1].items()}


def _counts(connection: Connection, wanted: Filter) -> dict[str, dict[State, int]]:
    columns = submissions.c.form, submissions.c.state
    by_form: dict[str, dict[State, int]] = {}
    query = select(*columns, func.count()).where(*_conditions(wanted)).group_by(*columns)
    for form, state, number in connection.execute(query):
        by_form.setdefault(form, {})[state] = number
    return by_form


def days(connection: Connection, wanted: Filter, since: datetime) -> tuple[tuple[date, int], ...]:
    """How many came on each day (of UTC) from a moment on; days without any are left out."""
    later = replace(wanted, since=max(since, wanted.since or since))
    day = func.substr(submissions.c.created, 1, 10).label("day")
    query = select(day, func.count()).where(*_conditions(later)).group_by(day).order_by(day)
    return tuple((date.fromisoformat(text), number) for text, number in connection.execute(query))


def _conditions(wanted: Filter, form: ColumnElement[str] = submissions.c.form) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.form is not None:
        conditions.append(form == wanted.form if isinstance(wanted.form, str) else form.in_(wanted.form))
    states = [] if wanted.states is None else [submissions.c.state.in_(wanted.states)]
    words = found(wanted.text)
    if wanted.since is not None:
        conditions.append(submissions.c.created >= moment_text(wanted.since))
    if wanted.until is not None:
        conditions.append(submissions.c.created < moment_text(wanted.until))
    # What takes longest comes last. SQLite compares a state with two by itself, and looks it up in a table of more.
    return [*conditions, *words, *states] if len(wanted.states or ()) > 2 else [*conditions, *states, *words]


def _values(cursor: Cursor) -> ColumnElement[Any]:
    return tuple_(*_place(cursor))


def _place(cursor: Cursor) -> tuple[str, int]:
    return moment_text(cursor.created), cursor.number


def _page(rows: Any, *, newer: bool, older: bool) -> Page:
    ends = [Cursor(moment_of(row.created), row.number) for row in (*rows[:1], *rows[-1:])]
    first, last = ends or (None, None)
    return Page(tuple(map(submission_of, rows)), first if newer else None, last if older else None)
