"""What a search reads, by itself: in SQLite alone, see `tables.py`."""

from __future__ import annotations

from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Make the index."""
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("submissions_search", "submissions", ["created", "number", "state", "form", "folded"])
