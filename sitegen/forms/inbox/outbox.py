"""The outbox: what is to be sent, stored in the transaction of the submission that it is about.

Who sends takes a lease: the delivery is not due again until the lease has run out. So one that was begun by a process
that died is begun again, with the same id; nothing is sent by two at once, and nothing is forgotten.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, select, update

from sitegen.forms.emails import address_of
from sitegen.forms.inbox.tables import outbox, submissions
from sitegen.forms.notices import NEEDED, TO_VISITORS, Channel, Delivery, DeliveryState, Kind, Notice
from sitegen.forms.submission import Submission, moment_of, moment_text

A_DAY = timedelta(days=1)


def put_notices(connection: Connection, told: Iterable[tuple[Submission, Sequence[Notice]]]) -> None:
    """Add what is to be sent at once because of new submissions."""
    rows = [_row(submission.id, notice, submission.created) for submission, notices in told for notice in notices]
    if rows:
        connection.execute(insert(outbox), rows)


def write_to_visitor(connection: Connection, kind: Kind, submission: Submission, now: datetime) -> None:
    """Write to the visitor behind a submission who gave one address.

    Nobody is written to twice within a day, so that the form cannot be used to pester somebody: a second confirmation
    is left out; a place that has become free is told the day after, and so is what has to be confirmed, unless the
    same form waits to ask them already. Capitals do not make another address.
    """
    address = address_of(submission.answers).lower()
    if not address or (kind == "confirm" and _waits(connection, address, submission)):
        return
    written = select(func.max(outbox.c.due)).where(outbox.c.target == address, outbox.c.kind.in_(TO_VISITORS))
    last = connection.execute(written).scalar()
    due = max(now, moment_of(last) + A_DAY) if last else now
    if kind in NEEDED or due == now:
        connection.execute(insert(outbox), [_row(submission.id, Notice(kind, "mail", address), now, due)])


def _waits(connection: Connection, address: str, submission: Submission) -> bool:
    """Whether a letter with the question to confirm waits for its day already."""
    waiting = outbox.c.target == address, outbox.c.kind == "confirm", outbox.c.state == "waiting"
    same_form = submissions.c.id == outbox.c.submission, submissions.c.form == submission.form
    query = select(outbox.c.id).join(submissions, and_(*same_form)).where(*waiting, outbox.c.due > outbox.c.created)
    return connection.execute(query.limit(1)).first() is not None


def _row(submission: str | None, notice: Notice, created: datetime, due: datetime | None = None) -> dict[str, Any]:
    return {
        "id": f"msg_{secrets.token_hex(12)}",
        "submission": submission,
        "kind": notice.kind,
        "channel": notice.channel,
        "target": notice.target,
        "state": "waiting",
        "created": moment_text(created),
        "due": moment_text(due or created),
        "attempts": 0,
        "error": "",
    }


def lease(connection: Connection, channel: Channel, now: datetime, duration: timedelta) -> Delivery | None:
    """Take the one that is due longest: nobody else gets it before the lease has run out."""
    due = select(outbox).where(
        outbox.c.state == "waiting", outbox.c.channel == channel, outbox.c.due <= moment_text(now)
    )
    # Another receiver on the same database takes another one meanwhile.
    row = connection.execute(due.order_by(outbox.c.due).limit(1).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    taken = {"due": moment_text(now + duration), "attempts": row.attempts + 1}
    connection.execute(update(outbox).where(outbox.c.id == row.id).values(**taken))
    return replace(delivery_of(row), attempts=row.attempts + 1)


def settle(connection: Connection, delivery: Delivery) -> None:
    """Note what became of an attempt: its state, when the next one is due, and the error."""
    values = {"state": delivery.state, "due": moment_text(delivery.due), "error": delivery.error}
    # One whose lease has run out, be it that its machine slept, must not undo what another has done since.
    ours = outbox.c.id == delivery.id, outbox.c.attempts == delivery.attempts, outbox.c.state == "waiting"
    connection.execute(update(outbox).where(*ours).values(**values))


def next_due(connection: Connection, channel: Channel) -> datetime | None:
    """When something is due next; None for never."""
    waiting = outbox.c.channel == channel, outbox.c.state == "waiting"
    found = connection.execute(select(func.min(outbox.c.due)).where(*waiting)).scalar()
    return moment_of(found) if found else None


def deliveries_of(connection: Connection, submission: str) -> tuple[Delivery, ...]:
    """All deliveries about a submission, oldest first."""
    query = select(outbox).where(outbox.c.submission == submission).order_by(outbox.c.number)
    return tuple(delivery_of(row) for row in connection.execute(query))


def replay(connection: Connection, submission: str, now: datetime) -> int:
    """Make the dead deliveries about a submission due again, with all their attempts; how many there were."""
    return _revive(connection, now, outbox.c.submission == submission)


def _revive(connection: Connection, now: datetime, *which: ColumnElement[bool]) -> int:
    dead = update(outbox).where(outbox.c.state == "dead", *which)
    return connection.execute(dead.values(state="waiting", due=moment_text(now), attempts=0)).rowcount


def delivery_counts(connection: Connection) -> dict[DeliveryState, int]:
    """How many deliveries are in each state; one without any is left out."""
    query = select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state)
    return {row.state: row.number for row in connection.execute(query)}


def given_up(connection: Connection, most: int) -> tuple[Delivery, ...]:
    """The newest deliveries that were given up."""
    query = select(outbox).where(outbox.c.state == "dead").order_by(outbox.c.number.desc())
    return tuple(delivery_of(row) for row in connection.execute(query.limit(most)))


def tried(connection: Connection, most: int) -> tuple[Delivery, ...]:
    """The deliveries that failed and wait for their next attempt, the next one first."""
    query = select(outbox).where(outbox.c.state == "waiting", outbox.c.error != "").order_by(outbox.c.due)
    return tuple(delivery_of(row) for row in connection.execute(query.limit(most)))


def replay_all(connection: Connection, now: datetime) -> int:
    """Make all dead deliveries due again, digests too; how many there were."""
    return _revive(connection, now)


def delivery_of(row: Row[Any]) -> Delivery:
    """The delivery in a row."""
    return Delivery(
        id=row.id,
        notice=Notice(row.kind, row.channel, row.target),
        submission=row.submission,
        state=row.state,
        created=moment_of(row.created),
        due=moment_of(row.due),
        attempts=row.attempts,
        error=row.error,
    )
