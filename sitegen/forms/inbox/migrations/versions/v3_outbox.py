"""What is to be sent because of a submission."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Text, false

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("forms", Column("letters", Boolean, nullable=False, server_default=false()))
    op.create_table(
        "outbox",
        Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("submission", Text, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False),
        Column("kind", Text, nullable=False),
        Column("channel", Text, nullable=False),
        Column("target", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("created", Text, nullable=False),
        Column("due", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("error", Text, nullable=False),
    )
    op.create_index("outbox_due", "outbox", ["state", "channel", "due"])
    op.create_index("outbox_submission", "outbox", ["submission"])
    op.create_index("outbox_target", "outbox", ["target", "created"])
