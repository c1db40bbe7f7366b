"""What has been kept long enough is deleted, inside somebody else's transaction.

Nothing is, unless the author said how long; but what nobody confirmed is no answer, and goes after a week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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
    """How many were deleted; `swept` as in `Change`."""

    deleted: Counted = field(default_factory=dict)
    swept: bool = True


@dataclass(frozen=True)
class Old:
    """What is old at a moment: by what the forms say, of spam by `spam_days` if that is less; only of one `form`, or of
    all.
    """

    now: datetime
    spam_days: int | None = None
    form: str | None = None


def count_old(connection: Connection, old: Old) -> Counted:
    """How many are old."""
    columns = submissions.c.form, submissions.c.state
    query = select(*columns, func.count()).where(_is_old(connection, old)).group_by(*columns)
    return _by_form((form, state, number) for form, state, number in connection.execute(query))


def delete_old(connection: Connection, old: Old) -> Counted:
    """Delete some of them, and say how many; none when all are gone. A place that becomes free stays so."""
    query = select(submissions.c.id, submissions.c.form, submissions.c.state).where(_is_old(connection, old))
    rows = connection.execute(query.limit(AT_ONCE)).all()
    connection.execute(delete(submissions).where(submissions.c.id.in_([row.id for row in rows])))
    counts = Counter((row.form, row.state) for row in rows)
    return _by_form((form, state, number) for (form, state), number in counts.items())


def merged(counts: Iterable[Counted]) -> Counted:
    """All of them together."""
    total: Counter[tuple[str, State]] = Counter()
    for counted in counts:
        total.update({(form, state): number for form, states in counted.items() for state, number in states.items()})
    return _by_form((form, state, number) for (form, state), number in total.items())


def note_periods(connection: Connection, days: Mapping[str, int | None]) -> None:
    """Note what forms say now of how long: an answer may not come any more."""
    for form, kept in sorted(days.items()):
        differs = forms.c.keep.is_distinct_from(kept)
        connection.execute(update(forms).where(forms.c.id == form, differs).values(keep=kept))


def promote_in(connection: Connection, names: Iterable[str], now: datetime) -> tuple[Submission, ...]:
    """Give the free places of these forms to those who wait."""
    moved: list[Submission] = []
    for form in sorted(names):
        lock_places(connection, form)
        moved += promote(connection, form, now)
    return tuple(moved)


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
