"""Visitors confirm their answers, inside somebody else's transaction; what nobody confirms goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select, update

from sitegen.forms.inbox.accepting import Full
from sitegen.forms.inbox.outbox import put_notices
from sitegen.forms.inbox.places import lock_places, placed_or_waiting, set_states
from sitegen.forms.inbox.rows import COLUMNS, NotFound, submission_of
from sitegen.forms.inbox.tables import submissions
from sitegen.forms.notices import Notice
from sitegen.forms.submission import Submission, moment_text


@dataclass(frozen=True)
class Confirmed:
    """The answer that counts now; `repeated` if it did before."""

    submission: Submission
    repeated: bool = False


@dataclass(frozen=True)
class Click:
    """What a visitor confirms: the answer to a form that has this token. Without a `waitlist` nobody can wait there."""

    form: str
    token: str
    waitlist: bool = True


def confirm(connection: Connection, click: Click, notices: Sequence[Notice], now: datetime) -> Confirmed:
    """Let the answer find a place, or wait, and put what is to be sent.

    It came when it was confirmed: so whoever looks at what is new finds it. Raises `NotFound`, and `Full` where no
    place is free and nobody can wait: then the answer stays as it is.
    """
    form, token = click.form, click.token
    lock_places(connection, form)
    query = select(*COLUMNS).where(submissions.c.token == token, submissions.c.form == form)
    row = connection.execute(query).first() if token else None
    if row is None:
        raise NotFound("there is nothing to confirm")
    found = submission_of(row)
    if found.state != "unconfirmed":
        return Confirmed(found, repeated=True)
    counted = placed_or_waiting(connection, replace(found, state="new", reason="", created=now))
    if counted.state == "waitlist" and not click.waitlist:
        raise Full("all places are taken")
    set_states(connection, [counted])
    came = update(submissions).where(submissions.c.id == counted.id).values(created=moment_text(now))
    connection.execute(came)
    put_notices(connection, [(counted, notices)])
    return Confirmed(counted)


def is_confirmed(connection: Connection, form: str, token: str) -> bool:
    """Whether the answer that has this token counts already; nothing is changed. Raises `NotFound`."""
    query = select(submissions.c.state).where(submissions.c.token == token, submissions.c.form == form)
    state = connection.execute(query).scalar() if token.isalnum() else None  # PostgreSQL refuses some signs
    if state is None:
        raise NotFound("there is nothing to confirm")
    return bool(state != "unconfirmed")
