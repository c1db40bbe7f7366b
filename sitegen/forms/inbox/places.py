"""The places of a form: counted, taken and passed on inside somebody else's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, text, update

from sitegen.forms.inbox.outbox import write_to_visitor
from sitegen.forms.inbox.rows import COLUMNS, portions, submission_of
from sitegen.forms.inbox.tables import forms, submissions
from sitegen.forms.submission import PLACED, State, Submission

BY_HAND = "marked by hand"  # whom the author puts on the waitlist stays there until told otherwise

_LOCKED = select(forms).where(forms.c.id == bindparam("form")).with_for_update()
_FIRST = text(
    "INSERT INTO forms (id, capacity, letters, title, keep)"
    " VALUES (:id, :capacity, :letters, :title, :keep) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True)
class Terms:
    """What a form says that has to be known where there is no site: `keep` is the days that answers are kept.

    None is no limit, of the places and of the days; `letters` is whether visitors are written to.
    """

    capacity: int | None = None
    letters: bool = False
    title: str = ""
    keep: int | None = None


@dataclass(frozen=True)
class Places:
    """How many places of a form are taken, and how many people wait for one."""

    taken: int
    waitlist: int


def lock_places(connection: Connection, form: str) -> Row[Any] | None:
    """Let nobody else count this form's places until we are done. (SQLite has locked everything already.)"""
    return connection.execute(_LOCKED, {"form": form}).first()


def note_form(connection: Connection, form: str, terms: Terms, now: datetime) -> None:
    """Lock the form, and note what it says. If its capacity has changed, those who wait may have places now."""
    row = lock_places(connection, form)
    if row is None:
        connection.execute(_FIRST, {"id": form, **asdict(terms)})
        row = lock_places(connection, form)  # another receiver's, if that was quicker
    if row is None or terms_of(row) == terms:
        return
    connection.execute(update(forms).where(forms.c.id == form).values(**asdict(terms)))
    if row.capacity != terms.capacity:
        promote(connection, form, now)


def terms_of(row: Row[Any]) -> Terms:
    """The terms in a row of the forms."""
    return Terms(row.capacity, row.letters, row.title, row.keep)


def known_forms(connection: Connection) -> dict[str, Terms]:
    """All forms that answers came to, by their ids, as they were last seen."""
    return {row.id: terms_of(row) for row in connection.execute(select(forms).order_by(forms.c.id))}


def taken_places(connection: Connection, form: str) -> int:
    """How many places are taken."""
    taken = select(func.count()).where(submissions.c.form == form, submissions.c.state.in_(PLACED))
    return int(connection.execute(taken).scalar_one())


def places_of(connection: Connection, form: str) -> Places:
    """How many places are taken, and how many wait, at one moment."""
    states = select(submissions.c.state, func.count()).where(submissions.c.form == form)
    rows = connection.execute(states.group_by(submissions.c.state))
    numbers: dict[str, int] = {row[0]: row[1] for row in rows}
    return Places(sum(numbers.get(state, 0) for state in PLACED), numbers.get("waitlist", 0))


def free_places(connection: Connection, form: str, capacity: int | None) -> int | None:
    """How many places are free; None where there is no limit."""
    return None if capacity is None else max(0, capacity - taken_places(connection, form))


def capacity_of(connection: Connection, form: str) -> int | None:
    """The capacity as last noted; None for no limit."""
    capacity = connection.execute(select(forms.c.capacity).where(forms.c.id == form)).scalar()
    return None if capacity is None else int(capacity)


def placed_or_waiting(connection: Connection, placed: Submission) -> Submission:
    """The same where a place is free, or on the waitlist; nothing is stored. Lock the places before."""
    if free_places(connection, placed.form, capacity_of(connection, placed.form)) == 0:
        return replace(placed, state="waitlist", reason="no place was free")
    return placed


def queue_of(connection: Connection, form: str, most: int | None = None) -> tuple[Submission, ...]:
    """Those who wait, whoever waits longest first; those whom the author made wait come last."""
    waiting = select(*COLUMNS).where(submissions.c.form == form, submissions.c.state == "waitlist")
    order = submissions.c.reason == BY_HAND, submissions.c.created, submissions.c.number
    return tuple(map(submission_of, connection.execute(waiting.order_by(*order).limit(most))))


def promote(connection: Connection, form: str, now: datetime) -> tuple[Submission, ...]:
    """Give free places to those who wait longest: nobody who comes later may go before them. They are written to."""
    free = free_places(connection, form, capacity_of(connection, form))
    first = [one for one in queue_of(connection, form, free) if one.reason != BY_HAND]
    return tuple(give_place(connection, one, "moved up from the waitlist", now) for one in first)


def give_place(connection: Connection, waiting: Submission, reason: str, now: datetime) -> Submission:
    """Let somebody who waits have a place; where visitors are written to, they learn of it."""
    placed = replace(waiting, state="new", reason=reason)
    set_states(connection, [placed])
    if connection.execute(select(forms.c.letters).where(forms.c.id == placed.form)).scalar():
        write_to_visitor(connection, "place", placed, now)
    return placed


def set_states(connection: Connection, changed: Iterable[Submission]) -> None:
    """Store their states and reasons, the same ones together.

    The token stays: whoever comes to confirm again is told that all is well.
    """
    alike: dict[tuple[State, str], list[str]] = {}
    for one in changed:
        alike.setdefault((one.state, one.reason), []).append(one.id)
    for (state, reason), ids in alike.items():
        for some in portions(ids):
            values = {"state": state, "reason": reason}
            connection.execute(update(submissions).where(submissions.c.id.in_(some)).values(**values))
