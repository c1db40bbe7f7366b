"""Both programs: what holds for one holds for all of them."""

from collections.abc import Iterator

import httpx
import pytest

from tests.forms.contract.processes import COMMANDS, OPEN, Program, running, write_site
from tests.forms.world import JSON, PAGE

FEW = {"plain": (3, "true")}


@pytest.fixture(scope="session", params=COMMANDS)
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program that takes answers to hundreds of calls, without a limit of rate."""
    with running(request.param, write_site(tmp_path_factory.mktemp(request.param) / "site")) as started:
        yield started


@pytest.fixture(scope="session", params=COMMANDS)
def command(request: pytest.FixtureRequest) -> str:
    """The name of a program, where the database does not matter."""
    return str(request.param)


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
