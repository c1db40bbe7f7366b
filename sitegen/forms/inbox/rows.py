"""Rows of the database become submissions, and the other way round."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from sitegen.errors import SitegenError
from sitegen.forms.inbox.tables import submissions
from sitegen.forms.submission import Answers, State, Submission, moment_of, moment_text

COLUMNS = [submissions.c[name] for name in ("id", "form", "state", "reason", "created", "answers")]


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
        "answers": json.dumps(submission.answers, ensure_ascii=False, separators=(",", ":")),
    }


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
