"""The tables of an inbox, for every database that SQLAlchemy speaks to.

What is changed here is changed in `migrations/` too: a file in `versions/`, and `VERSION`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    column,
    false,
)

VERSION = 5  # of this schema: the newest revision in `migrations/`

# An inbox says which revision it has; Alembic keeps that table, and defines its column.
inbox = Table("sitegen_inbox", MetaData(), Column("version_num", String(32), primary_key=True))

metadata = MetaData()

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

_TOKEN_GIVEN = column("token").is_not(None)

# What a form said when it was last seen, so that the inbox needs no site; and the row to lock while places are counted.
forms = Table(
    "forms",
    metadata,
    Column("id", Text, primary_key=True),
    Column("capacity", _NUMBER),
    Column("letters", Boolean, nullable=False, server_default=false()),  # whether visitors are written to
    Column("title", Text, nullable=False, server_default=""),  # of the call
    Column("keep", Integer),  # days that answers are kept
)

submissions = Table(
    "submissions",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("form", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created", Text, nullable=False),  # ISO 8601 in UTC, of fixed width: it sorts, and people can read it
    Column("answers", Text, nullable=False),  # a JSON list of [name, value]: order and repetitions are kept
    Column("key", Text),  # digest of the visitor's key, if there was one
    Column("content", Text, nullable=False),  # digest of the answers
    Column("text", Text),  # digest of a text that is worth comparing with those of others
    Column("folded", Text, nullable=False, server_default=""),  # what search looks in
    Column("consent", Text),  # the words that the visitor agreed to, as they stood on the page
    Column("token", Text),  # by which the visitor confirms
    UniqueConstraint("form", "key"),
    Index("submissions_content", "form", "content"),
    Index("submissions_created", "created", "number", "state"),  # those of one state are found in it alone
    Index("submissions_form", "form", "created", "number"),
    Index("submissions_state", "form", "state", "created", "number"),
    Index("submissions_token", "token", unique=True, sqlite_where=_TOKEN_GIVEN, postgresql_where=_TOKEN_GIVEN),
    Index("submissions_text", "text", "created"),
    sqlite_autoincrement=True,  # numbers are not used again
)

# All that a search reads, and no more: SQLite looks through it instead of the table, which is three times as large.
# PostgreSQL cannot have it: a row of an index is at most a third of a page there.
Index(
    "submissions_search",
    *(submissions.c[name] for name in ("created", "number", "state", "form", "folded")),
).ddl_if(dialect="sqlite")

# What was uploaded with a submission; it goes with it.
files = Table(
    "files",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("submission", Text, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False),
    Column("field", Text, nullable=False),
    Column("name", Text, nullable=False),  # as the visitor calls it: never a path of ours
    Column("type", Text, nullable=False),  # what the bytes say: the browser is not believed
    Column("size", Integer, nullable=False),  # bytes
    Column("digest", Text, nullable=False),  # of the content
    Column("content", LargeBinary, nullable=False),
    Index("files_submission", "submission"),
)

# The author's remarks beside a submission; they go with it.
notes = Table(
    "notes",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("submission", Text, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False),
    Column("created", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("notes_submission", "submission"),
)

# What is to be sent because of a submission, and what became of it; it goes with the submission. A digest has none.
outbox = Table(
    "outbox",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("id", Text, nullable=False, unique=True),  # the same at every attempt
    Column("submission", Text, ForeignKey("submissions.id", ondelete="CASCADE")),
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("target", Text, nullable=False),  # an address of mail or of the web
    Column("state", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("due", Text, nullable=False),  # when the next attempt may begin; a lease moves it
    Column("attempts", Integer, nullable=False),
    Column("error", Text, nullable=False),  # of the last attempt
    Index("outbox_due", "state", "channel", "due"),
    Index("outbox_submission", "submission"),
    Index("outbox_target", "target", "created"),
)
