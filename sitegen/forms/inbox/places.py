"""The places of a form: counted, taken and passed on inside somebody else's transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, text, update

from sitegen.forms.inbox.outbox import write_to_visitor
from sitegen.forms.inbox.rows import COLUMNS, submission_of
from sitegen.forms.inbox.tables import forms, submissions
from sitegen.forms.submission import PLACED, Submission

BY_HAND = "marked by hand"  # whom the author puts on the waitlist stays there until told otherwise

_FIRST = text("INSERT INTO forms (id, capacity, letters) VALUES (:id, :capacity, :letters) ON CONFLICT DO NOTHING")


def lock_places(connection: Connection, form: str) -> Row[Any] | None:
    """Let nobody else count this form's places until we are done. (SQLite has locked everything already.)"""
    return connection.execute(select(forms).where(forms.c.id == form).with_for_update()).first()


def note_form(connection: Connection, form: str, capacity: int | None, now: datetime, *, letters: bool = False) -> None:
    """Lock the form, and note what it says. If its capacity has changed, those who wait may have places now."""
    row = lock_places(connection, form)
    if row is None:
        connection.execute(_FIRST, {"id": form, "capacity": capacity, "letters": letters})
        row = lock_places(connection, form)  # another receiver's, if that was quicker
    if row is None or (row.capacity, row.letters) == (capacity, letters):
        return
    connection.execute(update(forms).where(forms.c.id == form).values(capacity=capacity, letters=letters))
    if row.capacity != capacity:
        promote(connection, form, now)


def free_places(connection: Connection, form: str, capacity: int | None) -> int | None:
    """How many places are free; None where there is no limit."""
    if capacity is None:
        return None
    taken = select(func.count()).where(submissions.c.form == form, submissions.c.state.in_(PLACED))
    return max(0, capacity - int(connection.execute(taken).scalar_one()))


def capacity_of(connection: Connection, form: str) -> int | None:
    """The capacity as last noted; None for no limit."""
    capacity = connection.execute(select(forms.c.capacity).where(forms.c.id == form)).scalar()
    return None if capacity is None else int(capacity)


def promote(connection: Connection, form: str, now: datetime) -> tuple[Submission, ...]:
    """Give free places to those who wait longest: nobody who comes later may go before them. They are written to."""
    waiting = select(*COLUMNS).where(submissions.c.form == form, submissions.c.state == "waitlist")
    queue = waiting.where(submissions.c.reason != BY_HAND).order_by(submissions.c.number)
    free = free_places(connection, form, capacity_of(connection, form))
    rows = connection.execute(queue.limit(free)).all()
    moved = tuple(replace(submission_of(row), state="new", reason="moved up from the waitlist") for row in rows)
    for submission in moved:
        set_state(connection, submission)
    if moved and connection.execute(select(forms.c.letters).where(forms.c.id == form)).scalar():
        for submission in moved:
            write_to_visitor(connection, "place", submission, now)
    return moved


def set_state(connection: Connection, submission: Submission) -> None:
    """Store its state and its reason."""
    values = {"state": submission.state, "reason": submission.reason}
    connection.execute(update(submissions).where(submissions.c.id == submission.id).values(**values))
