"""Files that come with a submission, and a digest of a text that others may have sent, too."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Text

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("submissions", Column("text", Text))
    op.create_index("submissions_text", "submissions", ["text", "created"])
    op.create_table(
        "files",
        Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("submission", Text, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False),
        Column("field", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("type", Text, nullable=False),
        Column("size", Integer, nullable=False),
        Column("digest", Text, nullable=False),
        Column("content", LargeBinary, nullable=False),
    )
    op.create_index("files_submission", "files", ["submission"])
