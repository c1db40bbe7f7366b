"""Whatever was to be told arrives in the end, under the number that it had; and once, where nothing went wrong."""

import os
import random

import pytest

from tests.forms.outage import suffer


@pytest.fixture
def chance():
    return random.Random(os.environ.get("SITEGEN_SEED", "1"))


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [0, 15], ids=["well", "outage"])
def test_nothing_is_missing_and_nothing_strange(database, chance, rounds):
    found = suffer(database, rounds, chance)
    assert (found.missing, found.strange) == (0, 0), found
    assert found.notices == 3 * (3 * rounds + 20)
    assert found.doubled == 0 or rounds, found
