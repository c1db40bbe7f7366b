"""The first tables: the submissions, and the capacities of their forms."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, Text, UniqueConstraint

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    number = BigInteger().with_variant(Integer, "sqlite")
    op.create_table("forms", Column("id", Text, primary_key=True), Column("capacity", number))
    op.create_table(
        "submissions",
        Column("number", number, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("form", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("created", Text, nullable=False),
        Column("answers", Text, nullable=False),
        Column("key", Text),
        Column("content", Text, nullable=False),
        UniqueConstraint("form", "key"),
        sqlite_autoincrement=True,
    )
    op.create_index("submissions_content", "submissions", ["form", "content"])
    op.create_index("submissions_state", "submissions", ["form", "state"])
    op.create_index("submissions_created", "submissions", ["created"])
