"""Whether a file is a whole backup: nothing is restored from any other."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect

from sitegen.forms.inbox.copying import ROWS, blamed, file_engine
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.manifest import Manifest, Rows, read_manifest, table
from sitegen.forms.inbox.soundness import require_plain
from sitegen.forms.inbox.tables import VERSION, inbox, metadata, submissions

_HEAD = b"SQLite format 3\0"  # of each of its files: https://www.sqlite.org/fileformat.html


def verify(path: Path, shown: Path | None = None) -> Manifest:
    """Read all of it: pages, rows, digests. Raises `StoreError`, which names the file as `shown`."""
    shown = shown or path
    with blamed(shown):
        with path.open("rb") as file:  # SQLite would not say why it cannot be opened
            if file.read(len(_HEAD)) != _HEAD:
                raise StoreError(f"{shown} is no backup of an inbox")
            engine = file_engine(path)
        with engine.connect() as connection:
            return _verified(connection, shown)


def _verified(connection: Connection, shown: Path) -> Manifest:
    damaged = StoreError(f"{shown} is damaged: nothing can be restored from it")
    if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
        raise damaged
    names = set(inspect(connection).get_table_names())
    if table.name not in names or inbox.name not in names:
        is_inbox = "an inbox, and no backup: `sitegen inbox backup` makes one of it"
        raise StoreError(f"{shown} is {is_inbox if inbox.name in names else 'no backup of an inbox'}")
    require_plain(connection, shown)
    try:
        version = int(str(connection.exec_driver_sql(f"SELECT version_num FROM {inbox.name}").scalar()))
        if version < 1:
            raise StoreError(f"{shown} has schema {version}, which no sitegen has written: it is no backup")
        if version > VERSION:
            raise StoreError(f"{shown} has schema {version}, and this sitegen knows {VERSION}: update sitegen")
        manifest = read_manifest(connection, version)
    except ValueError:
        raise damaged from None
    expected = {known.name for known in metadata.sorted_tables} if version == VERSION else {submissions.name}
    if not expected <= manifest.tables.keys() <= names or _read(connection, manifest) != dict(manifest.tables):
        raise damaged
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise damaged
    return manifest


def _read(connection: Connection, manifest: Manifest) -> dict[str, Rows]:
    """What is really there. Its columns are as they were when it was made, whatever today's are."""
    found = {}
    for name in manifest.tables:
        rows = Rows()
        result = connection.execution_options(yield_per=ROWS).exec_driver_sql(f'SELECT * FROM "{name}"')
        for row in result:
            rows = rows.plus([row])
        found[name] = rows
    return found
