"""One person is forgotten, inside somebody else's transaction. What is left of the bytes, a sweep takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, delete

from sitegen.forms.inbox.changing import delete_all
from sitegen.forms.inbox.person import Traces, traces_of
from sitegen.forms.inbox.tables import notes, outbox
from sitegen.forms.submission import Submission


@dataclass(frozen=True)
class Erasure:
    """What was `found` of a person, and which submissions are `deleted`; `promoted` and `swept` as in `Change`."""

    found: Traces
    deleted: tuple[Submission, ...]
    promoted: tuple[Submission, ...] = ()
    swept: bool = True


def erase(connection: Connection, address: str, now: datetime, *, mentions: bool) -> Erasure:
    """Delete what is theirs, and letters to them; with `mentions` all else where their address stands, too.

    Of the author's notes beside submissions of others only the notes go.
    """
    found = traces_of(connection, address)
    wanted = (*found.theirs, *(found.mentions if mentions else ()))
    changes = delete_all(connection, [submission.id for submission in wanted], now)
    _delete(connection, outbox, found.letters)
    _delete(connection, notes, found.notes if mentions else ())
    return Erasure(found, changes.submissions, changes.promoted)


def _delete(connection: Connection, table: Table, numbers: Sequence[int]) -> None:
    if numbers:
        connection.execute(delete(table).where(table.c.number.in_(numbers)))
