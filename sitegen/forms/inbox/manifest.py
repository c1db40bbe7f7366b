"""What a backup says of itself: when it was made, and of each table how many rows it has, and their digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, insert, select

from sitegen.forms.submission import moment_of, moment_text

table = Table(
    "sitegen_backup",
    MetaData(),
    Column("name", String, primary_key=True),  # of a table
    Column("rows", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("made", Text, nullable=False),
)

_WHOLE = 1 << 256


@dataclass(frozen=True)
class Rows:
    """How many rows, and the sum of their digests: it does not depend on their order."""

    count: int = 0
    digest: int = 0

    def plus(self, rows: Iterable[Sequence[object]]) -> Rows:
        """These, and more of them."""
        digests = [_digest(row) for row in rows]
        return Rows(self.count + len(digests), (self.digest + sum(digests)) % _WHOLE)


@dataclass(frozen=True)
class Manifest:
    """When the backup was made, the schema that it has, and its tables by name."""

    made: datetime
    version: int
    tables: Mapping[str, Rows]

    def as_json(self) -> dict[str, object]:
        """The shape for programs."""
        rows = {name: rows.count for name, rows in self.tables.items()}
        return {"made": moment_text(self.made), "schema": self.version, "rows": rows}


def write_manifest(connection: Connection, manifest: Manifest) -> None:
    """Put it into the backup."""
    table.create(connection)
    common = {"made": moment_text(manifest.made)}
    values = [common | {"name": n, "rows": r.count, "digest": f"{r.digest:064x}"} for n, r in manifest.tables.items()]
    connection.execute(insert(table), values)


def read_manifest(connection: Connection, version: int) -> Manifest:
    """What a backup of that schema says. Raises `ValueError` if it is nothing."""
    rows = connection.execute(select(table)).all()
    tables = {row.name: Rows(row.rows, int(row.digest, 16)) for row in rows}
    return Manifest(moment_of(rows[0].made if rows else ""), version, tables)


def _digest(row: Sequence[object]) -> int:
    text = json.dumps([_plain(value) for value in row])
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")


def _plain(value: object) -> object:
    """A value as JSON has it; PostgreSQL says `True` where SQLite says 1."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return int(value) if isinstance(value, bool) else value
