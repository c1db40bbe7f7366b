"""What the author works with: a search, notes, what was agreed to, who has to confirm, how long answers are kept."""

from __future__ import annotations

import json
from typing import Any

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text, bindparam, column, select, table, update

from sitegen.forms.inbox.searching import folded

revision = "4"
down_revision = "3"

_AT_ONCE = 1000  # rows in memory
_ROWS = table("submissions", column("number"), column("id"), column("answers"), column("folded"))


def upgrade() -> None:
    """Add the columns and the table; make the indexes that lists need."""
    op.add_column("forms", Column("title", Text, nullable=False, server_default=""))
    op.add_column("forms", Column("keep", Integer))
    op.add_column("submissions", Column("folded", Text, nullable=False, server_default=""))
    op.add_column("submissions", Column("consent", Text))
    op.add_column("submissions", Column("token", Text))
    _fill()
    _make_indexes()
    op.create_table(
        "notes",
        Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("submission", Text, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False),
        Column("created", Text, nullable=False),
        Column("text", Text, nullable=False),
    )
    op.create_index("notes_submission", "notes", ["submission"])
    with op.batch_alter_table("outbox") as batch:  # SQLite copies the table
        batch.alter_column("submission", existing_type=Text(), nullable=True)


def _fill() -> None:
    """What search looks in, for the submissions that are there already."""
    connection, last = op.get_bind(), -1
    change = update(_ROWS).where(_ROWS.c.number == bindparam("which")).values(folded=bindparam("text"))
    query = select(_ROWS.c.number, _ROWS.c.id, _ROWS.c.answers).order_by(_ROWS.c.number).limit(_AT_ONCE)
    while rows := connection.execute(query.where(_ROWS.c.number > last)).all():
        values = [{"which": row.number, "text": folded(row.id, json.loads(row.answers))} for row in rows]
        connection.execute(change, values)
        last = rows[-1].number


def _make_indexes() -> None:
    op.drop_index("submissions_state", "submissions")
    op.drop_index("submissions_created", "submissions")
    op.create_index("submissions_created", "submissions", ["created", "number", "state"])
    op.create_index("submissions_form", "submissions", ["form", "created", "number"])
    op.create_index("submissions_state", "submissions", ["form", "state", "created", "number"])
    given = column("token").is_not(None)
    where: dict[str, Any] = {"sqlite_where": given, "postgresql_where": given}
    op.create_index("submissions_token", "submissions", ["token"], unique=True, **where)
