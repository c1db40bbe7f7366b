"""A desk for each test."""

import pytest

from sitegen.forms.inbox.store import Store
from tests.forms.desk.room import Room


@pytest.fixture
def room(store: Store) -> Room:
    return Room(store)
