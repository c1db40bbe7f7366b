"""Rows of the database become submissions, and the other way round."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Text, bindparam, false, func, insert, or_, select

from sitegen.errors import SitegenError
from sitegen.forms.inbox.database import is_sqlite
from sitegen.forms.inbox.searching import folded
from sitegen.forms.inbox.tables import submissions
from sitegen.forms.notices import Delivery, Parcel
from sitegen.forms.submission import Answers, Submission, moment_of, moment_text

_AT_ONCE = 500  # ids in a statement
_ID = re.compile("[0-9a-f]{1,32}")
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

COLUMNS = [submissions.c[name] for name in ("id", "form", "state", "reason", "created", "answers", "consent")]

INSERTED = (
    *("id", "form", "state", "reason", "created", "answers", "folded", "consent"),
    *("key", "content", "text", "token"),
)
_ITEM = func.json_each(bindparam("rows", type_=Text)).table_valued("key", "value")
_INSERT_JSON = insert(submissions).from_select(
    INSERTED, select(*(func.json_extract(_ITEM.c.value, f"$.{name}") for name in INSERTED)).order_by(_ITEM.c.key)
)


class NotFound(SitegenError):
    """No submission, or more than one, has that id."""


def row_of(submission: Submission) -> dict[str, str | None]:
    """The values of its columns."""
    return {
        "id": submission.id,
        "form": submission.form,
        "state": submission.state,
        "reason": submission.reason,
        "created": moment_text(submission.created),
        "answers": _encoded(submission.answers),
        "folded": folded(submission.id, submission.answers),
        "consent": submission.consent or None,
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
    return Submission(
        row.id, row.form, row.state, row.reason, moment_of(row.created), answers_of(row), row.consent or ""
    )


def portions(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """As many ids as a statement can have, until there are no more."""
    left = iter(ids)
    while some := tuple(islice(left, _AT_ONCE)):
        yield some


def answers_of(row: Row[Any]) -> Answers:
    """The answers in a row that has them."""
    return tuple((str(name), str(value)) for name, value in json.loads(row.answers))


def find_one(connection: Connection, start: str) -> Submission:
    """The one whose id begins so. Raises `NotFound`."""
    begins = submissions.c.id.startswith(start, autoescape=True)
    near = submissions.c.id.between(start, f"{start}z")  # by the index: ids are hexadecimal
    matching = select(*COLUMNS).where(near, begins).limit(4)
    rows = connection.execute(matching).all() if start else []
    if not rows:
        raise NotFound(f'there is no submission "{start[:40]}": {_meant(connection, start)}')
    if len(rows) > 1:
        ids = ", ".join(row.id for row in rows[:3]) + (" …" if len(rows) > 3 else "")
        raise NotFound(f'more than one submission begins with "{start[:40]}": {ids}')
    return submission_of(rows[0])


def _meant(connection: Connection, start: str) -> str:
    """What to do where no id begins so: it may be misspelt, or no id at all."""
    if not _ID.fullmatch(start):
        return f"an id is like 4f3a; `sitegen inbox list --search {shlex.quote(start[:40])}` looks for words"
    near = [submissions.c.id.like(f"{pattern}%") for pattern in _misspelt(start)]
    found = connection.execute(select(submissions.c.id).where(or_(false(), *near)).limit(2)).scalars().all()
    return f'did you mean "{found[0][:8]}"?' if len(found) == 1 else "`sitegen inbox list` shows them"


def _misspelt(start: str) -> set[str]:
    """Patterns for LIKE: one sign is another one, one is missing, one too many, two are swapped."""
    places = range(len(start) if len(start) > 3 else 0)
    heads = [(start[:at], start[at:]) for at in places]
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in heads if len(tail) > 1}
    return swapped | {
        made for head, tail in heads for made in (f"{head}_{tail[1:]}", head + tail[1:], f"{head}_{tail}")
    }


def parcel_of(connection: Connection, delivery: Delivery) -> Parcel:
    """The delivery with what it is about."""
    query = select(*[*COLUMNS, submissions.c.token]).where(submissions.c.id == delivery.submission)
    row = connection.execute(query).first()
    if row is None:
        return Parcel(delivery, None)
    return Parcel(delivery, submission_of(row), (row.token or "") if row.state == "unconfirmed" else "")
