"""Whatever is sent: SQLite and PostgreSQL make the same of it."""

import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.store import Store
from tests.forms.world import JSON, World

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text("\x00\ud800\u202e'%_\\\"", max_size=9)
FIELDS = st.lists(st.tuples(st.sampled_from(["name", "email", "note", "_key", "_gotcha"]) | TEXT, TEXT), max_size=5)
SEEN = st.lists(st.tuples(st.sampled_from([0, 5, 20]), FIELDS), min_size=1, max_size=4)  # minutes later, and what


@pytest.fixture
def worlds(postgres, tmp_path):
    both = [World(Store(parse_database(str(tmp_path / "inbox.db")))), World(Store(postgres.emptied()))]
    yield both
    for world in both:
        world.close()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SEEN, st.booleans())
def test_the_same_answer_and_the_same_inbox(worlds, seen, as_json):
    """The inboxes grow from one example to the next, as real ones do."""
    told = [[made_of(world, seen, as_json) for world in worlds] for _ in range(2)]  # the second time: all repeated
    for sqlite, postgresql in told:
        assert sqlite == postgresql


def made_of(world, seen, as_json):
    answers = []
    for minutes, fields in seen:
        world.clock.now += timedelta(minutes=minutes)
        fields = [("name", "Ada"), ("email", "a@example.org"), *fields]
        kind = "application/json" if as_json else "application/x-www-form-urlencoded"
        body = json.dumps(dict(fields)) if as_json else urlencode(fields, errors="surrogatepass")
        answer = world.send(content=body, headers=JSON | {"Content-Type": kind})
        answers.append((answer.status_code, answer.json() | {"id": ""}))
    stored = world.inbox()
    return answers, [(one.form, one.state, one.reason, one.created, one.answers) for one in stored]
