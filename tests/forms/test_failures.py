"""When the inbox cannot be written: an honest 503 with the answers kept, and back by itself."""

import resource
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from sitegen.forms.inbox import database
from sitegen.forms.inbox.store import Store
from tests.forms.world import ADA, PAGE, World, codes, open_store


@contextmanager
def full_disk(world, tmp_path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = max(file.stat().st_size for file in tmp_path.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # Python would leave a module half compiled
    try:
        yield world
    finally:
        sys.dont_write_bytecode = writes
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@contextmanager
def locked(world, tmp_path):
    other = sqlite3.connect(tmp_path / "inbox.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield world
    finally:
        other.close()


@contextmanager
def read_only(world, tmp_path):
    store = Store(database.parse_database(f"sqlite:///file:{tmp_path}/inbox.db?mode=ro&uri=true"))
    try:
        yield World(store)
    finally:
        store.close()


@contextmanager
def no_folder(world, tmp_path):
    moved = tmp_path.rename(tmp_path.with_name("moved"))
    try:
        yield world
    finally:
        moved.rename(tmp_path)


@pytest.mark.parametrize("broken", [full_disk, locked, read_only, no_folder])
def test_nobody_is_thanked_for_nothing(tmp_path, monkeypatch, broken):
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    world = World(open_store(tmp_path / "inbox.db"))
    with broken(world, tmp_path) as failing:
        bob = ADA | {"name": "Bob", "message": "x" * 9000}
        answer, page = failing.post(bob), failing.post_page(bob)
    assert (answer.status_code, codes(answer)) == (503, ["UNAVAILABLE"])
    assert answer.headers["retry-after"] == "30"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert page.status_code == 503
    assert "ada@example.org" in page.text
    assert world.inbox() == []
    assert world.post(ADA).status_code == 200  # back by itself
    assert len(world.inbox()) == 1
    world.close()


def test_while_it_is_locked_not_everybody_waits_for_everybody(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    world = World(open_store(tmp_path / "inbox.db"))
    with locked(world, tmp_path), ThreadPoolExecutor(20) as pool:
        started = time.perf_counter()
        statuses = list(pool.map(lambda at: world.post(ADA | {"name": str(at)}).status_code, range(20)))
    assert statuses == [503] * 20
    assert time.perf_counter() - started < 2
    world.close()


def test_the_log_says_why(tmp_path, caplog):
    open_store(tmp_path / "inbox.db").close()
    with read_only(None, tmp_path) as failing:
        failing.post(ADA)
    assert "is read-only" in caplog.text
    assert "ada@example.org" not in caplog.text


class _Broken:
    """A store with a bug in it."""

    places = confirm = None

    def accept_all(self, entries):
        raise ZeroDivisionError


def test_a_bug_of_ours_keeps_the_answers():
    world = World(_Broken())  # type: ignore[arg-type]
    answer = world.send(data=ADA, headers=PAGE)
    assert answer.status_code == 500
    assert "ada@example.org" in answer.text
