"""Opening the database of an inbox, and saying plainly what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from sitegen.config import MEMORY
from sitegen.errors import SitegenError, UsageError
from sitegen.forms.inbox.tables import VERSION, inbox, metadata

PATIENCE = 3.0  # seconds to wait for another program's lock; then the visitor is told honestly
_WRITING = "sitegen_writing"

_SQLITE = {  # the name of SQLite's error begins so: what it means
    "SQLITE_BUSY": "is locked by another program",
    "SQLITE_LOCKED": "is locked by another program",
    "SQLITE_FULL": "cannot grow: the disk is full",
    "SQLITE_READONLY": "is read-only",
    "SQLITE_NOTADB": "is not an inbox: the file is no SQLite database",
    "SQLITE_CORRUPT": "is damaged: move the file away and restore it from a backup",
    "SQLITE_CANTOPEN": "cannot be opened: look at the folder and who may write in it",
    "SQLITE_IOERR": "cannot be read or written: look at the disk",
    "SQLITE_PERM": "may not be opened",
    "SQLITE_AUTH": "may not be opened",
}


class StoreError(SitegenError):
    """The inbox cannot be used: the message names it and says why."""


def parse_database(text: str) -> URL:
    """The address of a database: an SQLAlchemy URL, or the path of an SQLite file. Raises `UsageError`."""
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        return make_url(text)
    except ArgumentError as error:
        raise UsageError(f'"{text}" is no database: write sqlite:///path/to/inbox.db') from error


def file_of(url: URL) -> Path | None:
    """The file of an SQLite database; None for one in memory or on a server."""
    name = url.database or ":memory:"
    in_file = url.get_backend_name() == "sqlite" and name != ":memory:" and not name.startswith("file:")
    return Path(name) if in_file else None


def name_of(url: URL) -> str:
    """How an error names the database: without its password."""
    return str(file_of(url) or url.render_as_string(hide_password=True))


def connect(url: URL) -> Engine:
    """An engine whose transactions are durable and exact; nothing is opened yet. Raises `StoreError`."""
    sqlite = url.get_backend_name() == "sqlite"
    try:
        # hide_parameters: an error must not carry a visitor's answers into a log.
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": PATIENCE} if sqlite else {})
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(f"the inbox {name_of(url)} needs a driver that is not installed: {error}") from error
    if sqlite:
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, see below
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a commit is on the disk before the visitor is thanked
        "secure_delete=ON",  # what is deleted is overwritten
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE: counting places and taking one is a single step, whoever else writes.
    writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def transaction(engine: Engine, *, writing: bool = False) -> Iterator[Connection]:
    """A transaction, committed at the end. Raises `StoreError` for everything that the database says."""
    with explained(engine.url), engine.connect() as connection:
        if writing:
            connection = connection.execution_options(**{_WRITING: True})
        with connection.begin():
            yield connection


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what the database says into a `StoreError`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StoreError(f"the inbox {name_of(url)} {_explain(error)}") from error


def _explain(error: Exception) -> str:
    origin = getattr(error, "orig", None) or error
    code = getattr(origin, "sqlite_errorname", "") or ""
    for start, meaning in _SQLITE.items():
        if code.startswith(start):
            return meaning
    words = (getattr(origin, "strerror", None) or str(origin) or type(origin).__name__).strip().splitlines()
    return f"cannot be used: {words[0]}"


def prepare(engine: Engine) -> None:
    """Make the tables where there are none; refuse a database that is not ours or is newer than we are."""
    path = file_of(engine.url)
    if path is not None:
        with explained(engine.url):
            _make_file(path)
    with transaction(engine) as connection:
        if _is_ready(connection, engine.url):
            return
    with transaction(engine, writing=True) as connection:
        if not _is_ready(connection, engine.url):  # another process may have been quicker
            metadata.create_all(connection)
            connection.execute(insert(inbox).values(version=VERSION))


def _make_file(path: Path) -> None:
    """An empty file that only its owner may read, and git ignores: people's names will be in it."""
    if path.parent.name == MEMORY:
        path.parent.mkdir(exist_ok=True)
        if not (path.parent / ".gitignore").exists():
            (path.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _is_ready(connection: Connection, url: URL) -> bool:
    tables = set(inspect(connection).get_table_names())
    if inbox.name not in tables:
        if url.get_backend_name() == "sqlite" and tables:
            raise StoreError(f"{name_of(url)} is a database of something else, not an inbox")
        return False
    version = connection.execute(select(inbox.c.version)).scalar()
    if version != VERSION:
        raise StoreError(
            f"the inbox {name_of(url)} has schema {version}, and this sitegen knows {VERSION}: update sitegen"
        )
    return True
