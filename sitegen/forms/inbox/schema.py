"""The tables in a database: made where there are none, brought on where they are of an older sitegen.

An SQLite inbox is brought on by itself. On a server somebody must say so, for several receivers may be at work.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, insert, inspect

from sitegen.config import MEMORY
from sitegen.folders import make_ignored
from sitegen.forms.inbox.database import StoreError, connect, explained, file_of, is_sqlite, name_of, transaction
from sitegen.forms.inbox.tables import VERSION, inbox, metadata

MIGRATIONS = "sitegen.forms.inbox:migrations"
_LOCK = 0x736974656765  # of PostgreSQL's advisory locks: "sitege", for as long as somebody migrates
_WAIT = 60  # seconds for whoever migrates to be done


def prepare(engine: Engine) -> None:
    """See to it that the tables are there, and are ours. Raises `StoreError`."""
    if is_sqlite(engine.url):
        migrate(engine)
        return
    with transaction(engine) as connection:
        require_current(connection)


def require_current(connection: Connection) -> None:
    """Raise `StoreError` unless the tables are of this version."""
    found = _version(connection)
    if found != VERSION:
        state = f"has schema {found}, and this sitegen needs {VERSION}" if found else "has no tables yet"
        how = "sitegen inbox migrate --database ADDRESS, with the same address"
        raise StoreError(f"the inbox {name_of(connection.engine.url)} {state}: run {how}")


def migrate(engine: Engine) -> int:
    """Make the tables, or bring them on; the version that was found, 0 for none. Raises `StoreError`.

    It is one transaction: it happens as a whole or not at all. Who comes while another migrates waits.
    """
    path = file_of(engine.url)
    if path is not None:
        with explained(engine.url):
            _make_file(path)
    with transaction(engine) as connection:
        if _version(connection) == VERSION:
            return VERSION
    with transaction(engine, writing=True) as connection:
        if not is_sqlite(engine.url):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT}s'; SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        found = _version(connection)  # another process may have been quicker
        if found == 0:
            create(connection)
        elif found < VERSION:
            _upgrade(connection)
        return found


def migrate_at(url: URL) -> int:
    """The same for the database at an address."""
    engine = connect(url)
    try:
        return migrate(engine)
    finally:
        engine.dispose()


def _make_file(path: Path) -> None:
    """An empty file that only its owner may read, and git ignores: people's names will be in it."""
    if path.parent.name == MEMORY:
        make_ignored(path.parent)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _version(connection: Connection) -> int:
    """The revision that the database has; 0 without tables. Raises `StoreError` for what is not ours or too new."""
    url = connection.engine.url
    name = name_of(url)
    tables = set(inspect(connection).get_table_names())  # asked once: another process may make them just now
    if inbox.name not in tables:
        foreign = tables if is_sqlite(url) else tables & set(metadata.tables)  # a server's may hold other things too
        if foreign:
            raise StoreError(f"{name} is a database of something else, not an inbox")
        return 0
    # Of the first inboxes the column has another name.
    found = connection.exec_driver_sql(f"SELECT * FROM {inbox.name}").scalar()
    if found is None:  # somebody makes the table anew just now, and this transaction sees the time before
        return 0
    found = str(found)
    if not found.isdecimal() or int(found) > VERSION:
        raise StoreError(f"the inbox {name} has schema {found}, and this sitegen knows {VERSION}: update sitegen")
    return int(found)


def create(connection: Connection) -> None:
    """The tables as they are today: much quicker than one migration after another."""
    metadata.create_all(connection)
    _note(connection, VERSION)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    if "version" in {column["name"] for column in inspect(connection).get_columns(inbox.name)}:
        inbox.drop(connection)  # the first inboxes had a number there
        _note(connection, 1)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", MIGRATIONS)
    command.upgrade(config, str(VERSION))


def _note(connection: Connection, version: int) -> None:
    inbox.create(connection)
    connection.execute(insert(inbox).values(version_num=str(version)))
