"""SIGKILL at any moment: whoever was thanked is in the inbox, once."""

import os
import random

import pytest

from tests.forms.kill import kill_receivers, kill_servers, kill_writers

ROUNDS = [1, pytest.param(12, marks=pytest.mark.slow)]


@pytest.fixture
def chance():
    return random.Random(os.environ.get("SITEGEN_SEED", "1"))


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_receiver_that_is_killed(tmp_path, database, chance, rounds):
    found = kill_receivers(tmp_path, database, rounds, chance)
    assert found.thanked
    assert (found.lost, found.doubled) == (0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [12])
def test_a_writer_that_is_killed(tmp_path, chance, rounds):
    found = kill_writers(tmp_path, rounds, chance)
    assert found.thanked
    assert (found.lost, found.doubled) == (0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [12])
def test_a_database_server_that_is_killed(tmp_path, postgres, chance, rounds):
    found = kill_servers(tmp_path, postgres, postgres.emptied(), rounds, chance)
    assert found.thanked
    assert (found.lost, found.doubled) == (0, 0)
