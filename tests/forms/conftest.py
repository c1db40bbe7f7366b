"""An inbox for each test, on both databases, and a receiver with one of its own.

What a receiver says does not depend on the database, as `test_both_databases.py` has it: a test with a `world` runs on
SQLite alone, unless it is marked `both_databases`.
"""

import argparse
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import URL

from sitegen.cli import inbox as command
from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.store import Entry, Store
from tests.forms.postgres import Server, find_programs, running
from tests.forms.world import DATABASES, World


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL; without one the test is skipped, or fails where SITEGEN_REQUIRE_POSTGRES=1."""
    try:
        find_programs()
    except FileNotFoundError as error:
        reason = f"no PostgreSQL: {error}"
        if os.environ.get("SITEGEN_REQUIRE_POSTGRES") == "1":
            pytest.fail(f"{reason}, and SITEGEN_REQUIRE_POSTGRES=1")
        pytest.skip(reason)
    with running() as server:
        yield server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        both = "world" not in metafunc.fixturenames or metafunc.definition.get_closest_marker("both_databases")
        metafunc.parametrize("database", DATABASES if both else DATABASES[:1], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> URL:
    """The address of an empty inbox; the file of SQLite is `tmp_path / "inbox.db"`."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        return server.emptied()
    return parse_database(str(request.getfixturevalue("tmp_path") / "inbox.db"))


@pytest.fixture
def store(database: URL) -> Iterator[Store]:
    store = Store(database)
    yield store
    store.close()


@pytest.fixture
def world(store: Store) -> Iterator[World]:
    world = World(store)
    yield world
    world.close()


@pytest.fixture
def site(tmp_path, database, capsys):
    """A folder with three submissions in an inbox, and a way to type commands."""
    address = database.render_as_string(hide_password=False)
    store = Store(database)
    for name, spam in (("Ada", ""), ("Bob \x1b[31m\u202e[b]", ""), ("Bot", "why")):
        answers = (("name", name), ("note", "=1+1"))
        store.accept(Entry("chicago", 1, answers, datetime.now(UTC) - timedelta(days=9), spam))
    store.close()

    def typed(*words):
        parser = argparse.ArgumentParser()
        command.arguments(parser)
        action, *rest = words
        assert command.run(parser.parse_args([action, "-s", str(tmp_path), "--database", address, *rest])) == 0
        return capsys.readouterr().out

    ids = [item["id"] for item in json.loads(typed("list", "--json"))]
    return SimpleNamespace(typed=typed, ids=ids, folder=tmp_path, address=address)
