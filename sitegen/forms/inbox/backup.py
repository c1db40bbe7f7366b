"""A backup: one private SQLite file with all rows that an inbox had at one moment, while others write on.

It is the same whichever database the inbox is in, so it can be restored into either; and as it is written anew, nothing
that was deleted before can be in it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, insert

from sitegen.forms.inbox.copying import blamed, file_engine, rows_of
from sitegen.forms.inbox.database import StoreError, connect, file_of, transaction
from sitegen.forms.inbox.destination import destination, partial
from sitegen.forms.inbox.manifest import Manifest, Rows, write_manifest
from sitegen.forms.inbox.schema import create, require_current
from sitegen.forms.inbox.tables import VERSION, metadata
from sitegen.forms.inbox.verifying import verify


def back_up(url: URL, path: Path, moment: datetime) -> Manifest:
    """Write the backup beside, verify it, and rename. Raises `StoreError`: then an older file stays as it was."""
    inbox = file_of(url)
    if inbox is not None and not inbox.exists():
        raise StoreError(f"there is no inbox {inbox}")
    path = destination(path, url)
    beside = partial(path)
    try:
        with blamed(path):
            beside.unlink(missing_ok=True)  # of one that was killed
            os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _write(url, path, beside, moment)
        manifest = verify(beside, path)
        with blamed(path):
            _synchronise(beside)
            beside.replace(path)
            _synchronise(path.parent)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return manifest


def _write(url: URL, path: Path, beside: Path, moment: datetime) -> None:
    source, target = connect(url), file_engine(beside, writing=True)
    try:
        with blamed(path), target.begin() as written:
            create(written)
            with transaction(source) as read:
                require_current(read)
                tables = _copy(read, written, path)
            write_manifest(written, Manifest(moment, VERSION, tables))
    finally:
        source.dispose()


def _copy(read: Connection, written: Connection, path: Path) -> dict[str, Rows]:
    found = {}
    for table in metadata.sorted_tables:
        rows = Rows()
        for part in rows_of(read, table):
            rows = rows.plus(part)
            with blamed(path):
                written.execute(insert(table), [dict(row._mapping) for row in part])
        found[table.name] = rows
    return found


def _synchronise(path: Path) -> None:
    """See it onto the disk, be it a file or a folder with a new name in it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
