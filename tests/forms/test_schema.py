"""The tables: made, brought on, recognised, and refused."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, insert, inspect, select

from sitegen.errors import SitegenError
from sitegen.forms.inbox import schema
from sitegen.forms.inbox.database import connect, parse_database, transaction
from sitegen.forms.inbox.digesting import put_digest
from sitegen.forms.inbox.schema import MIGRATIONS, migrate_at
from sitegen.forms.inbox.store import Filter, Store
from sitegen.forms.inbox.tables import VERSION, files, inbox, metadata, outbox
from tests.forms.test_store import entry
from tests.forms.world import DATABASES, NOON

# As the first sitegen with an inbox made it.
FIRST = """
CREATE TABLE sitegen_inbox (version INTEGER NOT NULL);
CREATE TABLE forms (id TEXT NOT NULL, capacity {number}, PRIMARY KEY (id));
CREATE TABLE submissions (
    number {serial}, id TEXT NOT NULL, form TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
    created TEXT NOT NULL, answers TEXT NOT NULL, "key" TEXT, content TEXT NOT NULL, UNIQUE (form, "key"), UNIQUE (id)
);
CREATE INDEX submissions_content ON submissions (form, content);
CREATE INDEX submissions_created ON submissions (created);
CREATE INDEX submissions_state ON submissions (form, state);
INSERT INTO sitegen_inbox VALUES (1);
INSERT INTO forms VALUES ('f', 1);
INSERT INTO submissions (id, form, state, reason, created, answers, content)
    VALUES ('a1', 'f', 'new', '', '2026-05-06T12:00:00.000000Z', '[["name","Ada"]]', 'c1'),
           ('b2', 'f', 'waitlist', 'all places were taken', '2026-05-06T12:01:00.000000Z', '[["name","Bob"]]', 'c2')
"""
TYPES = {
    "sqlite": {"number": "INTEGER", "serial": "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"},
    "postgresql": {"number": "BIGINT", "serial": "BIGSERIAL NOT NULL PRIMARY KEY"},
}


@pytest.fixture(params=DATABASES)
def fresh(request, tmp_path):
    """The address of a database without tables."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres").new_database("fresh")
    return parse_database(str(tmp_path / "inbox.db"))


@pytest.fixture
def first(fresh):
    """An inbox of the first version."""
    run(fresh, FIRST.format(**TYPES[fresh.get_backend_name()]))
    return fresh


def run(url, text):
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in text.split(";"):
            connection.exec_driver_sql(statement)
    engine.dispose()


def differences(url):
    """Between the tables there are and those in `tables.py`; and the version that is noted."""
    engine = connect(url)
    with engine.connect() as connection:
        options = {"version_table": inbox.name, "compare_type": True, "include_object": is_for(engine.dialect.name)}
        context = MigrationContext.configure(connection, opts=options)
        found, version = compare_metadata(context, metadata), connection.execute(select(inbox)).scalar()
    engine.dispose()
    return found, version


def is_for(dialect):
    """What Alembic is to compare: it does not see that an index is for one kind of database alone."""
    return lambda _, name, kind, is_there, other: is_there or dialect == "sqlite" or name != "submissions_search"


def test_migrations_make_the_same_tables(first):
    assert migrate_at(first) == 1
    assert differences(first) == ([], str(VERSION))


def test_new_tables_are_the_same_tables(fresh):
    assert migrate_at(fresh) == 0
    assert differences(fresh) == ([], str(VERSION))
    assert migrate_at(fresh) == VERSION


def test_migrations_from_nothing_make_the_same_tables(fresh, monkeypatch):
    monkeypatch.setattr(schema, "create", upgrade_from_nothing)
    assert migrate_at(fresh) == 0
    assert differences(fresh) == ([], str(VERSION))


def upgrade_from_nothing(connection):
    inbox.create(connection)  # without a row: no revision yet
    schema._upgrade(connection)


def test_the_version_is_the_newest_revision():
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == str(VERSION)


def test_an_inbox_of_the_first_version_is_brought_on(first):
    migrate_at(first)
    store = Store(first)
    ada, bob = store.each()
    assert (ada.id, ada.answers, bob.state) == ("a1", (("name", "Ada"),), "waitlist")
    assert [submission.id for submission in store.delete("a1").promoted] == ["b2"]
    store.accept(entry("Eve", capacity=1, created=NOON + timedelta(days=1)))
    assert [submission.state for submission in store.each()] == ["new", "waitlist"]
    store.close()


def third(url):
    """An inbox of the third version, with a delivery, as migrations make it."""
    run(url, FIRST.format(**TYPES[url.get_backend_name()]))
    engine = connect(url)
    with transaction(engine, writing=True) as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "VERSION", 3)
        schema._upgrade(connection)
    engine.dispose()
    columns = "id, submission, kind, channel, target, state, created, due, attempts, error"
    values = "'m1', 'a1', 'answer', 'mail', 'me@example.org', 'waiting', '2026-05-06T12:00:00.000000Z'"
    run(url, f"INSERT INTO outbox ({columns}) VALUES ({values}, '2026-05-06T12:00:00.000000Z', 0, '')")


def test_what_is_there_is_found_by_the_search_of_a_newer_version(fresh):
    third(fresh)
    assert migrate_at(fresh) == 3
    assert differences(fresh) == ([], str(VERSION))
    store = Store(fresh)
    found = {text: [one.id for one in store.each(Filter(text=text))] for text in ("ADA", "b2", "name", "x")}
    assert found == {"ADA": ["a1"], "b2": ["b2"], "name": ["a1", "b2"], "x": []}
    assert [one.consent for one in store.each()] == ["", ""]
    store.close()


def test_sqlite_has_an_index_of_what_a_search_reads(fresh):
    run(fresh, FIRST.format(**TYPES[fresh.get_backend_name()]))
    migrate_at(fresh)
    engine = connect(fresh)
    found = {index["name"]: index["column_names"] for index in inspect(engine).get_indexes("submissions")}
    engine.dispose()
    assert ("submissions_search" in found) == (fresh.get_backend_name() == "sqlite")
    assert found.get("submissions_search", [])[-1:] in ([], ["folded"])


def test_a_newer_version_keeps_what_waits_in_the_outbox(fresh):
    third(fresh)
    migrate_at(fresh)
    store = Store(fresh)
    (told,) = store.deliveries_of(store.find("a1"))
    assert (told.id, told.notice.target, told.state) == ("m1", "me@example.org", "waiting")
    with transaction(store._engine, writing=True) as connection:
        assert put_digest(connection, "me@example.org", NOON + timedelta(minutes=1))
    store.delete("a1")
    with transaction(store._engine) as connection:
        assert connection.execute(select(outbox.c.kind)).scalars().all() == ["digest"]
        assert {index["name"] for index in inspect(connection).get_indexes("outbox")} >= {"outbox_due", "outbox_target"}
        assert ["id"] in [one["column_names"] for one in inspect(connection).get_unique_constraints("outbox")]
    store.close()


def test_sqlite_is_brought_on_by_opening_it(tmp_path):
    url = parse_database(str(tmp_path / "inbox.db"))
    run(url, FIRST.format(**TYPES["sqlite"]))
    Store(url).close()
    assert differences(url) == ([], str(VERSION))


def test_a_server_is_not(postgres):
    url = postgres.new_database("fresh")
    for state in ("no tables", "schema 1"):
        with pytest.raises(SitegenError, match=f"{state}.*sitegen inbox migrate"):
            Store(url)
        run(url, "" if state == "schema 1" else FIRST.format(**TYPES["postgresql"]))


@pytest.mark.parametrize("version", ["99", "x"])
def test_an_inbox_of_a_newer_sitegen(fresh, version):
    migrate_at(fresh)
    run(fresh, f"UPDATE sitegen_inbox SET version_num = '{version}'")
    for opening in (Store, migrate_at):
        with pytest.raises(SitegenError, match="update sitegen"):
            opening(fresh)


def test_tables_of_something_else_are_left_alone(fresh):
    run(fresh, "CREATE TABLE files (song TEXT)")
    with pytest.raises(SitegenError, match="something else"):
        migrate_at(fresh)


def test_a_migration_that_fails_changes_nothing(first):
    run(first, "CREATE TABLE files (song TEXT)")
    with pytest.raises(SitegenError):
        migrate_at(first)
    engine = create_engine(first)
    assert "text" not in {column["name"] for column in inspect(engine).get_columns("submissions")}
    assert "version" in {column["name"] for column in inspect(engine).get_columns(inbox.name)}
    engine.dispose()


@pytest.mark.parametrize("version", [0, 1])
def test_of_several_that_migrate_at_once_one_does_it(fresh, version):
    if version:
        run(fresh, FIRST.format(**TYPES[fresh.get_backend_name()]))
    barrier = threading.Barrier(6)

    def begin(_):
        barrier.wait()
        return migrate_at(fresh)

    with ThreadPoolExecutor(6) as pool:
        found = sorted(pool.map(begin, range(6)))
    assert found == [version, *[VERSION] * 5]


def test_files_go_with_their_submission(store):
    one = store.accept(entry()).submission
    row = {"field": "cv", "name": "cv.pdf", "type": "", "size": 1, "digest": "", "content": b"x"}
    with transaction(store._engine, writing=True) as connection:
        connection.execute(insert(files).values(id="f1", submission=one.id, **row))
    store.delete(one.id)
    with transaction(store._engine) as connection:
        assert connection.execute(select(func.count()).select_from(files)).scalar() == 0


def test_alembic_is_needed_for_migrations_alone(tmp_path):
    code = (
        "import sys; from sitegen.cli import main; main(['inbox', 'migrate', '-s', sys.argv[1]]);"
        "main(['inbox', '-s', sys.argv[1]]); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False\n")
