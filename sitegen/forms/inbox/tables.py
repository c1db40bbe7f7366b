"""The tables of an inbox, for every database that SQLAlchemy speaks to."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text, UniqueConstraint

VERSION = 1  # of this schema; an inbox says which one it has

metadata = MetaData()

inbox = Table("sitegen_inbox", metadata, Column("version", Integer, nullable=False))

# The capacity as last seen, so that `inbox mark` needs no site; and the row to lock while places are counted.
forms = Table(
    "forms",
    metadata,
    Column("id", Text, primary_key=True),
    Column("capacity", BigInteger().with_variant(Integer, "sqlite")),
)

submissions = Table(
    "submissions",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("form", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created", Text, nullable=False),  # ISO 8601 in UTC, of fixed width: it sorts, and people can read it
    Column("answers", Text, nullable=False),  # a JSON list of [name, value]: order and repetitions are kept
    Column("key", Text),  # digest of the visitor's key, if there was one
    Column("content", Text, nullable=False),  # digest of the answers
    UniqueConstraint("form", "key"),
    Index("submissions_content", "form", "content"),
    Index("submissions_state", "form", "state"),
    Index("submissions_created", "created"),
    sqlite_autoincrement=True,  # numbers are not used again
)
