"""A backup becomes an inbox again, in one transaction: all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, delete, func, insert, select, update

from sitegen.forms.inbox.copying import blamed, file_engine, rows_of
from sitegen.forms.inbox.database import StoreError, connect, explained, is_sqlite, name_of, sweep, transaction
from sitegen.forms.inbox.manifest import Manifest, Rows
from sitegen.forms.inbox.schema import migrate_at, prepare
from sitegen.forms.inbox.soundness import require_sound
from sitegen.forms.inbox.tables import VERSION, metadata, outbox, submissions
from sitegen.forms.inbox.verifying import verify

HELD_BACK = "held back: the inbox was restored from a backup"


@dataclass(frozen=True)
class Restored:
    """What was restored; how many submissions were there before, and how many deliveries wait or are held back."""

    manifest: Manifest
    replaced: int
    waiting: int
    held_back: int


def restore(path: Path, url: URL, *, replace: bool = False, deliveries: bool = True) -> Restored:
    """Verify the backup and put it into the inbox; into one that holds something only to `replace` it.

    Without `deliveries` those that wait are given up, and can be sent anew one by one. Raises `StoreError`.
    """
    manifest = verify(path)
    engine = connect(url)
    try:
        with explained(url):
            prepare(engine)
        with _current(path, manifest) as read:
            require_sound(read, path)
            with transaction(engine, writing=True) as connection:
                _lock(connection)
                there = _emptied(connection, replace)
                _copy(read, connection, path, manifest)
                held_back = 0 if deliveries else _hold_back(connection)
                waiting = _count_waiting(connection)
        if there:
            sweep(engine)
    finally:
        engine.dispose()
    return Restored(manifest, there, waiting, held_back)


@contextmanager
def _current(path: Path, manifest: Manifest) -> Iterator[Connection]:
    """The backup with the tables of today: one of an older sitegen is brought on in a copy."""
    if manifest.version == VERSION:
        with _opened(file_engine(path), path) as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory(prefix="sitegen-") as folder:  # which only its owner may enter
        copy = Path(folder) / "inbox.db"
        with blamed(path):
            shutil.copyfile(path, copy)
        migrate_at(URL.create("sqlite", database=str(copy)))
        with _opened(connect(URL.create("sqlite", database=str(copy))), path) as connection:
            yield connection


@contextmanager
def _opened(engine: Engine, path: Path) -> Iterator[Connection]:
    try:
        with blamed(path), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _lock(connection: Connection) -> None:
    """Nobody else writes meanwhile: SQLite has seen to that already."""
    if not is_sqlite(connection.engine.url):
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        names = ", ".join(table.name for table in metadata.sorted_tables)
        connection.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def _emptied(connection: Connection, replace: bool) -> int:
    """How many submissions there were: they go if they are to be replaced."""
    there = connection.execute(select(func.count()).select_from(submissions)).scalar_one()
    if there and not replace:
        name = name_of(connection.engine.url)
        raise StoreError(f"the inbox {name} has {there} submissions already: --replace puts the backup in their place")
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table))
    return there


def _copy(read: Connection, connection: Connection, path: Path, manifest: Manifest) -> None:
    for table in metadata.sorted_tables:
        rows = Rows()
        for part in rows_of(read, table):
            rows = rows.plus(part)
            connection.execute(insert(table), [dict(row._mapping) for row in part])
        if manifest.version == VERSION and rows != manifest.tables[table.name]:
            raise StoreError(f"{path} has changed while it was read: nothing was restored")
        if "number" in table.c and not is_sqlite(connection.engine.url):
            _count_on(connection, table.name)


def _count_on(connection: Connection, name: str) -> None:
    """Let PostgreSQL give out only numbers that are new."""
    sequence = f"pg_get_serial_sequence('{name}', 'number')"
    newest = f"GREATEST(nextval({sequence}), (SELECT max(number) FROM {name}))"
    connection.exec_driver_sql(f"SELECT setval({sequence}, {newest})")


def _hold_back(connection: Connection) -> int:
    waiting = update(outbox).where(outbox.c.state == "waiting")
    return connection.execute(waiting.values(state="dead", error=HELD_BACK)).rowcount


def _count_waiting(connection: Connection) -> int:
    waiting = select(func.count()).select_from(outbox).where(outbox.c.state == "waiting")
    return connection.execute(waiting).scalar_one()
