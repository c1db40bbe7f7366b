"""The letter of a day to the author: whether there is one, and what it tells; inside somebody else's transaction.

Its period is fixed: from the letter before to this one. So nothing is told twice or left out, however long nobody was
there to send it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, text

from sitegen.forms.inbox.listing import Filter, count, select_wanted
from sitegen.forms.inbox.outbox import delivery_of
from sitegen.forms.inbox.places import known_forms
from sitegen.forms.inbox.rows import submission_of
from sitegen.forms.inbox.tables import outbox, submissions
from sitegen.forms.notices import Delivery
from sitegen.forms.submission import SHOWN, State, Submission, moment_of, moment_text

MOST_SHOWN = 20  # answers, verdicts, deliveries
FIRST = timedelta(days=7)  # what the first letter of all tells

_PUT = text(
    "INSERT INTO outbox (id, kind, channel, target, state, created, due, attempts, error)"
    " VALUES (:id, 'digest', 'mail', :target, 'waiting', :moment, :moment, 0, '') ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True)
class CallNumbers:
    """What happened to one call: how many answers are in which state, and how many wait in all."""

    title: str
    arrived: Mapping[State, int]
    waiting: int


@dataclass(frozen=True)
class Digest:
    """What happened from one moment to another: the newest answers and spam, and what could not be delivered."""

    since: datetime
    until: datetime
    calls: tuple[CallNumbers, ...]
    answers: tuple[Submission, ...]
    spam: tuple[Submission, ...]
    undelivered: tuple[Delivery, ...]


def put_digest(connection: Connection, target: str, until: datetime) -> bool:
    """Put the letter of that day (of the zone of `until`), once, if anything happened; whether it was put now."""
    begin, id_ = _since(connection, target, until), _id_of(target, until)
    period = Filter(since=begin, until=until)
    if not (count(connection, period, 1) or _undelivered(connection, begin, until, 1)):
        return False
    values = {"id": id_, "target": target, "moment": moment_text(until)}
    return connection.execute(_PUT, values).rowcount == 1


def digest_of(connection: Connection, target: str, until: datetime) -> Digest:
    """What the letter that was put for that moment tells."""
    since = _since(connection, target, until)
    return Digest(
        since,
        until,
        _numbers(connection, since, until),
        _newest(connection, Filter(states=SHOWN, since=since, until=until)),
        _newest(connection, Filter(states=("spam",), since=since, until=until)),
        _undelivered(connection, since, until, MOST_SHOWN),
    )


def _id_of(target: str, until: datetime) -> str:
    """The same for all receivers, and at every try: who is second finds it there."""
    return "msg_" + hashlib.sha256(f"digest {until.date()} {target}".encode()).hexdigest()[:24]


def _since(connection: Connection, target: str, until: datetime) -> datetime:
    """When the letter before was made."""
    earlier = outbox.c.target == target, outbox.c.kind == "digest", outbox.c.created < moment_text(until)
    found = connection.execute(select(func.max(outbox.c.created)).where(*earlier)).scalar()
    return moment_of(found) if found else until - FIRST


def _numbers(connection: Connection, since: datetime, until: datetime) -> tuple[CallNumbers, ...]:
    columns = submissions.c.form, submissions.c.state
    period = submissions.c.created >= moment_text(since), submissions.c.created < moment_text(until)
    arrived: dict[str, dict[State, int]] = {}
    for form, state, number in connection.execute(select(*columns, func.count()).where(*period).group_by(*columns)):
        arrived.setdefault(form, {})[state] = number
    titles = {form: terms.title for form, terms in known_forms(connection).items()}
    return tuple(
        CallNumbers(titles.get(form) or form, states, count(connection, Filter(form=form, states=("waitlist",))))
        for form, states in sorted(arrived.items())
    )


def _newest(connection: Connection, wanted: Filter) -> tuple[Submission, ...]:
    query: Any = select_wanted(wanted, newest_first=True).limit(MOST_SHOWN)
    return tuple(map(submission_of, connection.execute(query)))


def _undelivered(connection: Connection, since: datetime, until: datetime, most: int) -> tuple[Delivery, ...]:
    """What was given up: the last attempt was at about the moment that it was due."""
    period = outbox.c.due >= moment_text(since), outbox.c.due < moment_text(until)
    query = select(outbox).where(outbox.c.state == "dead", *period).order_by(outbox.c.due.desc()).limit(most)
    return tuple(map(delivery_of, connection.execute(query)))
