"""How many places are taken, as the page's script asks."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from sitegen.forms.receiver.places import FRESH
from tests.forms.world import ADA, FORM, JSON, NOON, codes

CALL = replace(FORM, capacity=2, closes=NOON + timedelta(days=1))


def places(world, **more):
    return world.send("GET", "/f/chicago/places", headers=JSON, **more)


@pytest.mark.both_databases
def test_the_numbers(world):
    world.serve_form(CALL)
    for name in ("a", "b", "c"):
        world.post(ADA | {"name": name})
    world.post(ADA | {"name": "bot", "_gotcha": "x"})
    answer = places(world)
    assert answer.json() == {"capacity": 2, "taken": 2, "free": 0, "waitlist": 1, "open": True}
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, max-age=5"


def test_nothing_of_anybody_is_in_it(world):
    world.serve_form(CALL)
    world.post(ADA)
    assert set(places(world).json().values()) == {2, 1, 0}


def test_counted_once_in_a_while(world):
    world.serve_form(CALL)
    assert places(world).json()["taken"] == 0
    world.post(ADA)
    assert places(world).json()["taken"] == 0
    world.clock.now += FRESH
    assert places(world).json()["taken"] == 1
    world.clock.now -= timedelta(days=1)  # a clock that was set back
    world.post(ADA | {"name": "Bob"})
    assert places(world).json()["taken"] == 2


def test_more_than_there_are(world):
    """An author may give places beyond the last."""
    world.serve_form(CALL)
    for name in ("a", "b", "c"):
        made = world.post(ADA | {"name": name}).json()["id"]
    world.store.promote_one(made)
    assert places(world).json() | {"open": 0} == {"capacity": 2, "taken": 3, "free": 0, "waitlist": 0, "open": 0}


def test_a_call_that_has_closed(world):
    world.serve_form(CALL)
    world.clock.now += timedelta(days=2)
    assert places(world).json()["open"] is False


def test_a_call_that_is_full_and_has_no_waitlist(world):
    world.serve_form(replace(CALL, capacity=1, waitlist=False))
    assert places(world).json()["open"] is True
    world.post(ADA)
    world.clock.now += FRESH
    assert (places(world).json()["free"], places(world).json()["open"]) == (0, False)


@pytest.mark.parametrize(
    "form", [FORM, replace(CALL, show_places=False), replace(CALL, endpoint="https://x.example/f")]
)
def test_what_is_not_public_is_not_there(world, form):
    world.serve_form(form)
    assert places(world).status_code == 404


def test_other_methods(world):
    world.serve_form(CALL)
    assert world.send("HEAD", "/f/chicago/places").status_code == 200
    assert [world.send(method, "/f/chicago/places").status_code for method in ("POST", "PUT", "DELETE")] == [405] * 3
    assert world.inbox() == []


def rename(inbox, old, new):
    with closing(sqlite3.connect(inbox)) as connection:
        connection.execute(f"ALTER TABLE {old} RENAME TO {new}")


def test_an_inbox_that_cannot_be_read_is_asked_again_after_a_moment(world, tmp_path):
    world.serve_form(CALL)
    rename(tmp_path / "inbox.db", "submissions", "gone")
    answer = places(world)
    assert (answer.status_code, answer.headers["retry-after"], codes(answer)) == (503, "30", ["UNAVAILABLE"])
    rename(tmp_path / "inbox.db", "gone", "submissions")
    assert places(world).status_code == 503
    world.clock.now += FRESH
    assert places(world).json()["taken"] == 0
