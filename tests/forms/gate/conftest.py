from collections.abc import Iterator

import pytest

from sitegen.forms.gate.keys import Open
from tests.forms.gate.house import House


@pytest.fixture
def house() -> Iterator[House]:
    """An inbox that wants a password or a token."""
    house = House()
    yield house
    house.gate.close()


@pytest.fixture
def signed_in(house: House) -> House:
    """The same, with the author in it."""
    assert house.login().status_code == 303
    return house


@pytest.fixture
def neighbour() -> Iterator[House]:
    """An inbox that is open to this computer."""
    house = House(Open("the token of the pages"))
    yield house
    house.gate.close()
