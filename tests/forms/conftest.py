"""A receiver for each test."""

from collections.abc import Iterator

import pytest

from tests.forms.world import World, open_store


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    world = World(open_store(tmp_path / "inbox.db"))
    yield world
    world.close()
