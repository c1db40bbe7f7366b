"""Opening the database of an inbox: its address, its engine, its transactions."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from sitegen.errors import MissingExtra, SitegenError, UsageError
from sitegen.forms.inbox.failures import explain
from sitegen.urls import without_secrets

PATIENCE = 3.0  # seconds to wait for a connection or for another program's lock; then the visitor is told honestly
STATEMENT = 10.0  # seconds that PostgreSQL may take for one statement, and we between two of a transaction
QUEUE = 2.0  # seconds to wait for a table of PostgreSQL's while all others wait behind: less than their patience
_TABLES = ("submissions", "files", "outbox", "notes")
_USUAL = (f"VACUUM (SKIP_LOCKED) {', '.join(_TABLES)}",)
# The statistics of columns have values in them, as many as were once the most frequent: they are made anew as well. Who
# does not own the database is only warned that the last of them is not for him.
_THOROUGH = (*(f"VACUUM (FULL, ANALYZE) {table}" for table in _TABLES), "VACUUM (FULL) pg_catalog.pg_statistic")
_WRITING = "sitegen_writing"
_POSTGRESQL = "postgresql+psycopg"
_MEANT = re.compile(r"(?:postgres(?:ql)?|sqlite)(?:\+\w+)?:|postgres(?:ql)?//")
_DRIVERS = {"postgres": _POSTGRESQL, "postgresql": _POSTGRESQL}


class StoreError(SitegenError):
    """The inbox cannot be used: the message names it and says why."""


def parse_database(text: str) -> URL:
    """The address of a database: an SQLAlchemy URL, or the path of an SQLite file. Raises `UsageError`."""
    if "://" not in text:
        if _MEANT.match(text):  # no path; and it may have a password in it
            raise UsageError("the address of the database lacks its ://, as in postgresql://user@host/database")
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        hint = "write sqlite:///path/to/inbox.db or postgresql://user@host/database"
        raise UsageError(f'"{without_secrets(text)}" is no database: {hint}') from error
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    if "@" in (url.host or ""):
        raise UsageError("the address of the database has more than one @: write %40 for one in a password")
    if url.get_backend_name() != "sqlite" and url.drivername != _POSTGRESQL:
        raise UsageError(f"an inbox cannot be kept in {url.drivername}: it is SQLite, or PostgreSQL (postgresql://…)")
    return url


def file_of(url: URL) -> Path | None:
    """The file of an SQLite database; None for one in memory or on a server."""
    name = url.database or ":memory:"
    in_file = is_sqlite(url) and name != ":memory:" and not name.startswith("file:")
    return Path(name) if in_file else None


def is_sqlite(url: URL) -> bool:
    """Whether it is SQLite; it is PostgreSQL otherwise."""
    return url.get_backend_name() == "sqlite"


def name_of(url: URL) -> str:
    """How an error names the database: without its password, wherever in the address that stands."""
    if is_sqlite(url):
        return str(file_of(url) or url)
    query = {name: value for name, value in url.query.items() if name in ("host", "port")}
    return str(URL.create("postgresql", url.username, None, url.host, url.port, url.database, query))


def connect(url: URL) -> Engine:
    """An engine whose transactions are durable and exact; nothing is opened yet. Raises `StoreError`."""
    # hide_parameters: an error must not carry a visitor's answers into a log.
    try:
        if is_sqlite(url):
            engine = create_engine(url, hide_parameters=True, connect_args={"timeout": PATIENCE})
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            engine = _connect_postgresql(url)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(f"the inbox {name_of(url)} needs a driver that is not installed: {error}") from error
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, see below
    _keep_a_journal(connection)
    for pragma in (
        "synchronous=FULL",  # a commit is on the disk before the visitor is thanked
        "secure_delete=ON",  # what is deleted is overwritten
        "foreign_keys=ON",  # what belongs to a submission goes with it
        "trusted_schema=OFF",
        "temp_store=MEMORY",  # else each batch makes a file beside it, and an answer stands in one more place
    ):
        connection.execute(f"PRAGMA {pragma}")


def _keep_a_journal(connection: sqlite3.Connection) -> None:
    """Write ahead. Where several open a new file at once, SQLite refuses all but one of them without waiting."""
    end = monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or monotonic() > end:
                raise
            sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE: counting places and taking one is a single step, whoever else writes.
    writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _connect_postgresql(url: URL) -> Engine:
    usual = {  # of libpq; the address may say otherwise
        "application_name": "sitegen",
        "connect_timeout": max(2, round(PATIENCE)),
        "keepalives_idle": 5,  # a server that has vanished without a word is found out within seconds
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
    }
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            isolation_level="READ COMMITTED",  # whoever counts places holds the row of the form
            pool_pre_ping=True,  # the server may have been away since the last answer
            connect_args={name: value for name, value in usual.items() if name not in url.query},
        )
    except ImportError as error:
        raise MissingExtra("an inbox in PostgreSQL", "postgres") from error
    event.listen(engine, "connect", _set_up_postgresql)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _set_up_postgresql(connection: Any, _: Any) -> None:
    connection.execute(
        "SET synchronous_commit = on;"  # whatever the server's default is
        f"SET lock_timeout = {PATIENCE * 1000:.0f};"
        f"SET statement_timeout = {STATEMENT * 1000:.0f};"
        # A receiver whose machine vanishes must not keep a form locked.
        f"SET idle_in_transaction_session_timeout = {STATEMENT * 1000:.0f}"
    )
    connection.commit()


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get(_WRITING):  # who only reads locks nobody out, and may take long
        connection.exec_driver_sql(  # all of it sees one moment, as with SQLite
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
            "SET LOCAL idle_in_transaction_session_timeout = 0"
        )


@contextmanager
def transaction(engine: Engine, *, writing: bool = False) -> Iterator[Connection]:
    """A transaction, committed at the end. Raises `StoreError` for everything that the database says."""
    with explained(engine.url), engine.connect() as connection:
        if writing:
            connection = connection.execution_options(**{_WRITING: True})
        with connection.begin():
            yield connection


def version_of(connection: Connection) -> tuple[int, int] | None:
    """What differs whenever something was written since, as this transaction sees it, by whomever.

    For this connection alone; None where nothing says so: at PostgreSQL, and while writing, which may be undone.
    """
    if connection.dialect.name != "sqlite" or connection.get_execution_options().get(_WRITING):
        return None
    driver: Any = connection.connection.driver_connection
    (by_others,) = driver.execute("PRAGMA data_version").fetchone()
    return by_others, driver.total_changes


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what the database says into a `StoreError`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StoreError(f"the inbox {name_of(url)} {explain(error)}") from error


def sweep(engine: Engine, *, thoroughly: bool = False) -> bool:
    """Remove what a deletion has left behind; whether that could be done now. Raises `StoreError`.

    SQLite keeps old pages in its journal until that is emptied; a reader elsewhere may delay it. PostgreSQL keeps
    deleted rows in the table until VACUUM, which leaves a table alone that another one is at work on, and their bytes
    until something is written over them. `thoroughly` it writes the tables anew, which keeps others out meanwhile.
    """
    if is_sqlite(engine.url):
        with explained(engine.url), engine.connect() as connection:
            driver: Any = connection.connection.driver_connection  # outside of any transaction
            busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
    try:
        _vacuum(engine, _THOROUGH if thoroughly else _USUAL)
    except StoreError as error:
        if not _is_lock_timeout(error.__cause__):
            raise
        return False
    return True


def _is_lock_timeout(error: BaseException | None) -> bool:
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", "") == "55P03"  # lock_not_available


def _vacuum(engine: Engine, statements: Sequence[str]) -> None:
    with explained(engine.url), engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT", **{_WRITING: True})
        for statement in ("SET statement_timeout = 0", f"SET lock_timeout = {QUEUE * 1000:.0f}", *statements):
            connection.exec_driver_sql(statement)
        connection.invalidate()  # its settings are no longer those of the others
