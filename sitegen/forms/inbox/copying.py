"""Rows from one database to another, a few at a time: an inbox may be larger than the memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, Row, Table, create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.failures import explain
from sitegen.forms.inbox.tables import files

ROWS = 500
FILES = 4  # each may have many megabytes


def rows_of(connection: Connection, table: Table) -> Iterator[Sequence[Row[tuple[object, ...]]]]:
    """All rows of a table, some at a time."""
    many = FILES if table is files else ROWS
    yield from connection.execute(select(table).execution_options(yield_per=many)).partitions()


@contextmanager
def blamed(path: Path) -> Iterator[None]:
    """Turn what goes wrong with a file into a `StoreError` that names it."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StoreError(f"{path} {explain(error)}") from error


def file_engine(path: Path, *, writing: bool = False) -> Engine:
    """An engine for a file that nobody else has open: without a journal, so that there is nothing beside it."""
    how = "mode=rw" if writing else "mode=ro&immutable=1"

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?{how}", uri=True)
        connection.execute("PRAGMA trusted_schema=OFF")
        if writing:
            connection.execute("PRAGMA journal_mode=OFF")
            connection.execute("PRAGMA synchronous=OFF")  # what is written is synchronised once, at the end
        return connection

    return create_engine("sqlite://", creator=opened, poolclass=NullPool, hide_parameters=True)
