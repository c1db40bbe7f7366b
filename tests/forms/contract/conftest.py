"""Both programs, each on every database: what holds for one holds for all of them."""

from collections.abc import Iterator

import httpx
import pytest

from sitegen.forms.inbox.schema import migrate_at
from tests.forms.contract.processes import COMMANDS, OPEN, Program, running, write_site
from tests.forms.postgres import Server
from tests.forms.world import DATABASES, JSON, PAGE

FEW = {"plain": (3, "true")}
PROGRAMS = [
    pytest.param((command, kind), marks=pytest.mark.slow if kind == "postgresql" else ())
    for kind in DATABASES
    for command in COMMANDS
]


@pytest.fixture(scope="session", params=PROGRAMS, ids="-".join)
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program that takes answers to hundreds of calls, without a limit of rate."""
    command, kind = request.param
    database = new_inbox(request, f"all_of_{command}") if kind == "postgresql" else ""
    with running(command, write_site(tmp_path_factory.mktemp(command) / "site"), database) as started:
        yield started


@pytest.fixture(scope="session", params=COMMANDS)
def command(request: pytest.FixtureRequest) -> str:
    """The name of a program, where the database does not matter."""
    return str(request.param)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """What `--database` is for an empty inbox; "" for SQLite's usual file."""
    return new_inbox(request, "one") if request.param == "postgresql" else ""


def new_inbox(request: pytest.FixtureRequest, name: str) -> str:
    """The address of an empty inbox of that name in PostgreSQL."""
    server: Server = request.getfixturevalue("postgres")
    url = server.new_database(name)
    migrate_at(url)
    return url.render_as_string(hide_password=False)


@pytest.fixture
def form(program: Program) -> str:
    """A form with the fields name, email and message that no other test has used."""
    return program.fresh()


@pytest.fixture(scope="session")
def script(program: Program) -> Iterator[httpx.Client]:
    """Somebody who wants JSON."""
    with program.client(**JSON) as client:
        yield client


@pytest.fixture(scope="session")
def visitor(program: Program) -> Iterator[httpx.Client]:
    """A browser without script: it wants a page, and does not follow by itself."""
    with program.client(**PAGE) as client:
        yield client


@pytest.fixture(scope="session")
def limited(command: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program where two posts in an hour are enough."""
    site = write_site(tmp_path_factory.mktemp("limited") / "site", OPEN.replace('"off"', '"2/hour"'), FEW)
    with running(command, site) as started:
        yield started
