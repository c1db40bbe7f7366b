"""Submissions get another state or are deleted, and who waits moves up, inside somebody else's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, delete, select

from sitegen.errors import SitegenError
from sitegen.forms.inbox.places import (
    BY_HAND,
    give_place,
    lock_places,
    placed_or_waiting,
    promote,
    set_states,
)
from sitegen.forms.inbox.rows import COLUMNS, find_one, portions, submission_of
from sitegen.forms.inbox.tables import submissions
from sitegen.forms.submission import ASIDE, State, Submission


@dataclass(frozen=True)
class Changes:
    """What a mark or a deletion of several did; `promoted` and `swept` as in `Change`."""

    submissions: tuple[Submission, ...]
    promoted: tuple[Submission, ...] = ()
    swept: bool = True

    @property
    def single(self) -> Change:
        """The change of the only one."""
        (submission,) = self.submissions
        return Change(submission, self.promoted, self.swept)


@dataclass(frozen=True)
class Change:
    """What a mark or a deletion did; `promoted` are those who moved up from the waitlist.

    It is not `swept` where bytes of what was deleted are still in the journal of SQLite, as somebody reads it just now.
    """

    submission: Submission
    promoted: tuple[Submission, ...] = ()
    swept: bool = True


def mark_all(connection: Connection, ids: Iterable[str], state: State, now: datetime) -> Changes:
    """Give them another state; who is not there any more is passed over."""
    found = _found_and_locked(connection, ids)
    recovered = {one.id for one in found if state == "new" and one.state in ASIDE}  # these have to find a place
    marked = [replace(one, state=state, reason=BY_HAND if state in ("spam", "waitlist") else "") for one in found]
    set_states(connection, [one for one in marked if one.id not in recovered])
    changed = tuple(_recovered(connection, one) if one.id in recovered else one for one in marked)
    return Changes(changed, _promoted(connection, found, now))


def delete_all(connection: Connection, ids: Iterable[str], now: datetime) -> Changes:
    """Delete them with all that belongs to them; who is not there any more is passed over."""
    found = _found_and_locked(connection, ids)
    for some in portions(submission.id for submission in found):
        connection.execute(delete(submissions).where(submissions.c.id.in_(some)))
    return Changes(found, _promoted(connection, found, now))


def promote_one(connection: Connection, start: str, now: datetime) -> Submission:
    """Give one on the waitlist a place, be one free or not. Raises `NotFound`, `SitegenError` if it waits not."""
    (found,) = _found_and_locked(connection, [find_one(connection, start).id])
    if found.state != "waitlist":
        raise SitegenError(f"{found.id} is {found.state}, and not on the waitlist")
    return give_place(connection, found, "given a place by hand", now)


def _found_and_locked(connection: Connection, ids: Iterable[str]) -> tuple[Submission, ...]:
    """The submissions as they are while nobody else can touch their forms: they may have changed before."""
    wanted = tuple(dict.fromkeys(ids))
    for form in sorted({submission.form for submission in _found(connection, wanted)}):
        lock_places(connection, form)
    return _found(connection, wanted)


def _found(connection: Connection, ids: Iterable[str]) -> tuple[Submission, ...]:
    queries = (select(*COLUMNS).where(submissions.c.id.in_(some)) for some in portions(ids))
    rows = (row for query in queries for row in connection.execute(query.order_by(submissions.c.number)))
    return tuple(map(submission_of, rows))


def _recovered(connection: Connection, marked: Submission) -> Submission:
    marked = placed_or_waiting(connection, marked)
    set_states(connection, [marked])
    return marked


def _promoted(connection: Connection, changed: Iterable[Submission], now: datetime) -> tuple[Submission, ...]:
    forms = sorted({submission.form for submission in changed})
    return tuple(moved for form in forms for moved in promote(connection, form, now))
