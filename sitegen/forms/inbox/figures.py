"""How much there is of everything: what a program watches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from sitegen.forms.inbox.listing import counts
from sitegen.forms.inbox.tables import outbox
from sitegen.forms.submission import State, moment_of


@dataclass(frozen=True)
class Figures:
    """How many submissions there are of each form in each state, and of deliveries not sent by channel and state.

    `oldest` is when the one of those that wait was put which has waited longest; None if none waits.
    """

    submissions: Mapping[str, Mapping[State, int]]
    deliveries: Mapping[tuple[str, str], int]
    oldest: datetime | None


def figures(connection: Connection) -> Figures:
    """The figures of this moment."""
    unsent = outbox.c.state.in_(("waiting", "dead"))
    each = select(outbox.c.channel, outbox.c.state, func.count()).where(unsent)
    rows = connection.execute(each.group_by(outbox.c.channel, outbox.c.state))
    deliveries = {(channel, state): number for channel, state, number in rows}
    oldest = connection.execute(select(func.min(outbox.c.created)).where(outbox.c.state == "waiting")).scalar()
    return Figures(counts(connection), deliveries, moment_of(oldest) if oldest else None)
