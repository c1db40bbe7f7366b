"""What has been kept long enough is deleted, inside somebody else's transaction.

Nothing is, unless the author said how long; but what nobody confirmed is no answer, and goes after a week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, false, func, or_, select, update

from sitegen.forms.inbox.places import lock_places, promote
from sitegen.forms.inbox.tables import forms, submissions
from sitegen.forms.periods import UNCONFIRMED_DAYS
from sitegen.forms.submission import State, Submission, moment_text

AT_ONCE = 500  # deleted by one transaction: visitors must not wait long

Counted = Mapping[str, Mapping[State, int]]  # by form and state


@dataclass(frozen=True)
class Purge:
    """How many were deleted, and who moved up from the waitlist; `swept` as in `Changes`."""

    deleted: Counted = field(default_factory=dict)
    promoted: tuple[Submission, ...] = ()
    swept: bool = True


@dataclass(frozen=True)
class Old:
    """What is old at a moment: by what the forms say, of spam by `spam_days` if that is less; only of one `form`, or of
    all. In `open` forms whoever waits gets the places that become free: nobody is written to because of a call that is
    over.
    """

    now: datetime
    spam_days: int | None = None
    form: str | None = None
    open: frozenset[str] = frozenset()


def count_old(connection: Connection, old: Old) -> Counted:
    """How many are old."""
    columns = submissions.c.form, submissions.c.state
    query = select(*columns, func.count()).where(_is_old(connection, old)).group_by(*columns)
    return _by_form((form, state, number) for form, state, number in connection.execute(query))


def delete_old(connection: Connection, old: Old) -> Purge:
    """Delete some of them, and say how many; none when all are gone."""
    condition = _is_old(connection, old)
    for form in sorted(connection.execute(select(submissions.c.form).where(condition).distinct()).scalars()):
        lock_places(connection, form)  # before a look at who is old: somebody may be confirming
    query = select(submissions.c.id, submissions.c.form, submissions.c.state).where(condition)
    waiting_first = query.order_by(submissions.c.state != "waitlist")  # nobody moves up only to be deleted
    rows = connection.execute(waiting_first.limit(AT_ONCE)).all()
    connection.execute(delete(submissions).where(submissions.c.id.in_([row.id for row in rows])))
    counts = Counter((row.form, row.state) for row in rows)
    freed = sorted(old.open & {row.form for row in rows})
    promoted = tuple(moved for form in freed for moved in promote(connection, form, old.now))
    return Purge(_by_form((form, state, number) for (form, state), number in counts.items()), promoted)


def merged(portions: Sequence[Purge]) -> Purge:
    """All of them together."""
    total: Counter[tuple[str, State]] = Counter()
    for one in portions:
        for form, states in one.deleted.items():
            total.update({(form, state): number for state, number in states.items()})
    deleted = _by_form((form, state, number) for (form, state), number in total.items())
    return Purge(deleted, tuple(moved for one in portions for moved in one.promoted))


def note_periods(connection: Connection, days: Mapping[str, int | None]) -> None:
    """Note what forms say now of how long: an answer may not come any more."""
    for form, kept in sorted(days.items()):
        differs = forms.c.keep.is_distinct_from(kept)
        connection.execute(update(forms).where(forms.c.id == form, differs).values(keep=kept))


def _is_old(connection: Connection, old: Old) -> ColumnElement[bool]:
    kept = connection.execute(select(forms.c.id, forms.c.keep).where(forms.c.keep.is_not(None)))
    older = [and_(submissions.c.form == form, _before(old.now, days)) for form, days in kept]
    older.append(and_(submissions.c.state == "unconfirmed", _before(old.now, UNCONFIRMED_DAYS)))
    if old.spam_days is not None:
        older.append(and_(submissions.c.state == "spam", _before(old.now, old.spam_days)))
    of_form = [submissions.c.form == old.form] if old.form is not None else []
    return and_(or_(false(), *older), *of_form)


def _before(now: datetime, days: int) -> ColumnElement[bool]:
    return submissions.c.created < moment_text(now - timedelta(days=days))


def _by_form(counts: Iterable[tuple[str, State, int]]) -> Counted:
    found: dict[str, dict[State, int]] = {}
    for form, state, number in sorted(counts):
        found.setdefault(form, {})[state] = number
    return found
