"""Rows of the database become submissions, and the other way round."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, bindparam, func, insert, select

from sitegen.errors import SitegenError
from sitegen.forms.inbox.database import is_sqlite
from sitegen.forms.inbox.tables import submissions
from sitegen.forms.submission import Answers, State, Submission, moment_of, moment_text

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

COLUMNS = [submissions.c[name] for name in ("id", "form", "state", "reason", "created", "answers")]

INSERTED = ("id", "form", "state", "reason", "created", "answers", "key", "content", "text")
_ITEM = func.json_each(bindparam("rows", type_=Text)).table_valued("key", "value")
_INSERT_JSON = insert(submissions).from_select(
    INSERTED, select(*(func.json_extract(_ITEM.c.value, f"$.{name}") for name in INSERTED)).order_by(_ITEM.c.key)
)


class NotFound(SitegenError):
    """No submission, or more than one, has that id."""


@dataclass(frozen=True)
class Filter:
    """Which submissions; None means all."""

    form: str | None = None
    states: tuple[State, ...] | None = None
    since: datetime | None = None


ALL = Filter()


def row_of(submission: Submission) -> dict[str, str]:
    """The values of its columns."""
    return {
        "id": submission.id,
        "form": submission.form,
        "state": submission.state,
        "reason": submission.reason,
        "created": moment_text(submission.created),
        "answers": _encoded(submission.answers),
    }


def insert_rows(connection: Connection, rows: Sequence[Mapping[str, str | None]]) -> None:
    """Add submissions, in their order: a value for each of `INSERTED`.

    For SQLite as one statement over one JSON text: row by row Python would let go of its lock each time, and wait for
    it behind the whole server.
    """
    if is_sqlite(connection.engine.url):
        connection.execute(_INSERT_JSON, {"rows": _encoded(rows)})
    else:
        connection.execute(insert(submissions), rows)


def submission_of(row: Row[Any]) -> Submission:
    """The submission in a row of `COLUMNS`."""
    return Submission(row.id, row.form, row.state, row.reason, moment_of(row.created), answers_of(row))


def answers_of(row: Row[Any]) -> Answers:
    """The answers in a row that has them."""
    return tuple((str(name), str(value)) for name, value in json.loads(row.answers))


def select_wanted(wanted: Filter) -> Select[Any]:
    """The query for them, oldest first."""
    query = select(*COLUMNS).order_by(submissions.c.created, submissions.c.number)
    if wanted.form is not None:
        query = query.where(submissions.c.form == wanted.form)
    if wanted.states is not None:
        query = query.where(submissions.c.state.in_(wanted.states))
    if wanted.since is not None:
        query = query.where(submissions.c.created >= moment_text(wanted.since))
    return query


def find_one(connection: Connection, start: str) -> Submission:
    """The one whose id begins so. Raises `NotFound`."""
    matching = select(*COLUMNS).where(submissions.c.id.startswith(start, autoescape=True)).limit(2)
    rows = connection.execute(matching).all() if start else []
    if not rows:
        raise NotFound(f'there is no submission "{start[:40]}": `sitegen inbox list` shows them')
    if len(rows) > 1:
        raise NotFound(f'more than one submission begins with "{start[:40]}": write more of the id')
    return submission_of(rows[0])
