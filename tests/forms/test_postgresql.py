"""When PostgreSQL cannot be used: an honest 503 with the answers kept, what is wrong in the log, back by itself."""

import os
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager, suppress

import psycopg
import pytest

from sitegen.errors import SitegenError
from sitegen.forms.inbox import database, writer
from sitegen.forms.inbox.places import Terms, note_form
from sitegen.forms.inbox.store import Store
from sitegen.forms.receiver.loading import load_site
from sitegen.serve.answers import Answers
from sitegen.serve.news import News, Receiving
from tests.forms.commands import make_site, sitegen, typed
from tests.forms.test_store import fill, states
from tests.forms.world import ADA, NOON, World, codes

PATIENCE = 0.2
ROWS = """INSERT INTO submissions (id, form, state, reason, created, answers, content)
    VALUES (%s, 'other', 'spam', '', '', repeat('x', 1500), %s)"""


@pytest.fixture
def world(postgres, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", PATIENCE)
    monkeypatch.setattr(writer, "LONGEST", 1.0)
    world = World(Store(postgres.emptied()))
    yield world
    world.close()


@contextmanager
def stopped(server):
    server.stop()
    try:
        yield
    finally:
        server.start()


@contextmanager
def frozen(server):
    """Its processes stand still, as those of a machine whose disk hangs."""
    with server.connection() as connection:
        query = "SELECT pid FROM pg_stat_activity WHERE datname = 'inbox' AND pid <> pg_backend_pid()"
        pids = [pid for (pid,) in connection.execute(query)]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@contextmanager
def locked(server):
    with server.connection() as other, other.transaction():
        other.execute("SELECT * FROM forms FOR UPDATE")
        yield


@contextmanager
def read_only(server):
    server.sql("ALTER DATABASE inbox SET default_transaction_read_only = on")
    hang_up(server)
    try:
        yield
    finally:
        server.sql("SET default_transaction_read_only = off; ALTER DATABASE inbox RESET default_transaction_read_only")
        hang_up(server)


@contextmanager
def full_disk(server):
    """The table lies on a disk of a megabyte, and nothing more goes there."""
    disk = server.folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    try:
        shutil.chown(disk, server.user)
        server.sql(f"CREATE TABLESPACE small LOCATION '{disk}'; ALTER TABLE submissions SET TABLESPACE small")
        with server.connection() as connection, suppress(psycopg.errors.DiskFull):
            while True:
                connection.execute(ROWS, (secrets.token_hex(10),) * 2)
        yield
    finally:
        server.sql("DELETE FROM submissions WHERE form = 'other'; ALTER TABLE submissions SET TABLESPACE pg_default")
        server.sql("DROP TABLESPACE IF EXISTS small")
        subprocess.run(["umount", str(disk)], check=True)
        disk.rmdir()


def hang_up(server):
    """End all connections: new ones have the settings of now."""
    server.sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE datname = 'inbox' AND pid <> pg_backend_pid()"
    )


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (stopped, "cannot be reached"),
        (locked, "is locked by another program"),
        (read_only, "is read-only"),
        (full_disk, "disk is full"),
    ],
)
def test_nobody_is_thanked_for_nothing(world, postgres, caplog, broken, words):
    fill(world.store, "first", form="chicago")
    bob = ADA | {"name": "Bob", "message": secrets.token_hex(700)}
    with broken(postgres):
        answer, page = world.post(bob), world.post_page(bob)
    assert (answer.status_code, codes(answer), answer.headers["retry-after"]) == (503, ["UNAVAILABLE"], "30")
    assert page.status_code == 503
    assert "ada@example.org" in page.text
    assert words in caplog.text and "ada@example.org" not in caplog.text
    assert world.post(ADA).status_code == 200  # back by itself
    assert len(world.inbox()) == 2


def test_a_server_that_hangs_keeps_nobody_waiting(world, postgres, caplog):
    """It may store the answer after all: who sends it again is thanked for the same one."""
    fill(world.store, "first", form="chicago")
    with frozen(postgres):
        assert world.post(ADA).status_code == 503
        assert "ada@example.org" in world.post_page(ADA).text
    assert "has not answered" in caplog.text
    again = world.post(ADA)
    assert (again.status_code, again.json()["id"]) == (200, world.inbox()[1].id)
    assert len(world.inbox()) == 2


def test_a_connection_that_broke_in_the_middle(world, postgres):
    with pytest.raises(database.StoreError, match="cannot be reached"), world.store._write() as connection:
        note_form(connection, "f", Terms(1), NOON)
        hang_up(postgres)
        note_form(connection, "f", Terms(2), NOON)
    fill(world.store, "a")
    assert states(world.store) == ["new"]


def test_a_server_that_is_not_there_is_given_up_soon(postgres):
    started = time.perf_counter()
    with stopped(postgres), pytest.raises(SitegenError, match="the server is not running"):
        Store(postgres.url())
    assert time.perf_counter() - started < 10


def test_each_connection_is_durable_whatever_the_server_says(postgres):
    postgres.sql("ALTER DATABASE inbox SET synchronous_commit = off")
    postgres.sql("ALTER DATABASE inbox SET default_transaction_isolation = serializable")
    try:
        store = Store(postgres.emptied())
        names = (
            "synchronous_commit",
            "transaction_isolation",
            "lock_timeout",
            "statement_timeout",
            "transaction_read_only",
        )
        with database.transaction(store._engine, writing=True) as connection:
            shown = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in names]
        with database.transaction(store._engine) as connection:
            assert connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"
        store.close()
    finally:
        postgres.sql("ALTER DATABASE inbox RESET ALL")
    assert shown == ["on", "read committed", "3s", "10s", "off"]


def test_two_receivers_that_meet_a_form_at_the_same_moment(postgres):
    """The second waits for the first one's row, and sees it."""
    url = postgres.emptied()
    one, two = Store(url), Store(url)
    with database.transaction(one._engine, writing=True) as connection:
        note_form(connection, "f", Terms(1), NOON)
        with pytest.raises(SitegenError, match="locked"):
            fill(two, "b", capacity=1)
    fill(one, "a", capacity=1)
    fill(two, "b", capacity=1)
    assert states(two) == ["new", "waitlist"]
    one.close()
    two.close()


def told(url):
    with pytest.raises(SitegenError) as error:
        Store(url)
    return str(error.value)


def test_what_is_wrong_is_told_and_never_the_password(postgres):
    hba = postgres.folder / "data" / "pg_hba.conf"
    hba.write_text("local all ada scram-sha-256\n" + hba.read_text())
    postgres.sql("CREATE ROLE ada LOGIN PASSWORD 'right'; SELECT pg_reload_conf()")
    wrong = postgres.url(user="ada").set(password="hushhush")
    assert "lets nobody in with this name and password" in told(wrong)
    assert "hushhush" not in told(wrong)
    assert "grant" in told(postgres.url(user="ada").set(password="right"))
    assert "nobody in" in told(postgres.url(user="nobody"))
    assert "create the database" in told(postgres.url("missing"))
    assert "no server of that name" in told(database.parse_database("postgresql://ada:hushhush@nowhere.invalid/x"))
    assert "sitegen inbox migrate" in told(postgres.new_database("fresh"))


def test_a_deleted_one_is_gone_from_the_table(postgres):
    store = Store(postgres.emptied())
    store.delete(fill(store, "Wilhelmina")[0].id)
    with postgres.connection() as connection:
        assert connection.execute("SELECT pg_relation_size('submissions')").fetchone() == (0,)
    store.close()


def test_the_commands(postgres, tmp_path):
    make_site(tmp_path)
    url = postgres.new_database("fresh").render_as_string(hide_password=False)
    where = ("-s", tmp_path, "--database", url)
    refused = sitegen("receive", "--port", 0, *where)
    assert (refused.returncode, "run sitegen inbox migrate" in refused.stderr) == (1, True)
    assert "have been made" in typed("inbox", "migrate", *where).stdout
    assert "nothing to do" in typed("inbox", "migrate", *where).stdout
    assert "The inbox is empty" in typed("inbox", "list", *where).stdout


def test_a_reader_is_no_burden(postgres):
    """A listing that somebody looks at for long holds no lock that a receiver wants."""
    store = Store(postgres.emptied())
    fill(store, "a", "b")
    listing = store.each()
    next(listing)
    fill(store, "c")
    assert len(list(listing)) == 1
    store.close()


def test_the_server_of_the_tests_is_not_on_the_network(postgres):
    with postgres.connection() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_the_preview_keeps_its_answers_there(postgres, tmp_path):
    told: list[News] = []
    address = postgres.emptied().set(password="hush").render_as_string(hide_password=False)
    answers = Answers(tmp_path, address, told.append, "http://localhost:4000", local=True)
    answers.follow(load_site(make_site(tmp_path), NOON))
    answers.close()
    assert [type(one) for one in told] == [Receiving]
    assert "hush" not in str(told)
