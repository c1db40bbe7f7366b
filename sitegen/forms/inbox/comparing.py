"""What an inbox would lose, and get back, if a backup took its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, select

from sitegen.forms.inbox.copying import blamed, file_engine
from sitegen.forms.inbox.database import connect, file_of, transaction
from sitegen.forms.inbox.tables import submissions
from sitegen.forms.inbox.verifying import verify


@dataclass(frozen=True)
class Comparison:
    """When the backup was made; how many submissions there are, are not in it, and are in it alone."""

    made: datetime
    there: int
    lost: int
    back: int


def compare(path: Path, url: URL) -> Comparison:
    """Verify the backup, and compare the ids in it with those in the inbox. Raises `StoreError`."""
    manifest = verify(path)
    there, kept = _in_inbox(url), _in_backup(path)
    return Comparison(manifest.made, len(there), len(there - kept), len(kept - there))


def _in_inbox(url: URL) -> set[str]:
    file = file_of(url)
    if file is not None and not file.exists():  # none is made by looking
        return set()
    engine = connect(url)
    try:
        with transaction(engine) as connection:
            return _ids(connection) if inspect(connection).has_table(submissions.name) else set()
    finally:
        engine.dispose()


def _in_backup(path: Path) -> set[str]:
    engine = file_engine(path)
    try:
        with blamed(path), engine.connect() as connection:
            return _ids(connection)
    finally:
        engine.dispose()


def _ids(connection: Connection) -> set[str]:
    return set(connection.execute(select(submissions.c.id)).scalars())
