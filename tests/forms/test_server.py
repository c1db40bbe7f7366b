"""The receiver behind a real socket: many at once, too much, too slow."""

import asyncio
import time
from dataclasses import replace

import httpx
import pytest

from sitegen.forms.inbox.store import Store
from tests.forms.sockets import connect, head, talk
from tests.forms.world import ADA, FORM, JSON, World, serving


@pytest.fixture
def address(world):
    world.seconds = 0.3
    world.restart()
    with serving(world.app) as address:
        yield address


def post_all(address, bodies):
    """Post them all at once."""

    async def run():
        limits = httpx.Limits(max_connections=64)
        async with httpx.AsyncClient(base_url=address, headers=JSON, limits=limits, timeout=30) as client:
            return await asyncio.gather(*(client.post("/f/chicago", data=body) for body in bodies))

    return asyncio.run(run())


@pytest.mark.both_databases
@pytest.mark.parametrize("key", [{}, {"_key": "k"}])
def test_fifty_equal_ones_at_once_are_one(world, address, key):
    answers = post_all(address, [ADA | key] * 50)
    assert [answer.status_code for answer in answers] == [200] * 50
    (stored,) = world.inbox()
    assert {answer.json()["id"] for answer in answers} == {stored.id}


def test_ten_megabytes_are_too_much(world, address):
    body = b"name=" + b"x" * 10_000_000
    kind = JSON | {"Content-Type": "application/x-www-form-urlencoded"}
    by_length = httpx.post(f"{address}/f/chicago", content=body, headers=kind)
    in_chunks = httpx.post(f"{address}/f/chicago", content=iter([body[:65536]] * 160), headers=kind)
    for answer in (by_length, in_chunks):
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (413, "FILES_TOO_BIG")


def test_one_who_asks_first_need_not_send(address):
    assert b"413" in talk(address, head("Content-Length: 10000000", "Expect: 100-continue")).split(b"\r\n")[0]


def test_a_slow_body_is_given_up(address):
    started = time.perf_counter()
    answer = talk(address, head("Content-Length: 100"), b"name=A")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"TIMEOUT"' in answer
    assert time.perf_counter() - started < 3


def test_a_visitor_who_goes_away_leaves_nothing(world, address):
    with connect(address) as connection:
        connection.sendall(head("Content-Length: 100") + b"name=A")
    assert httpx.post(f"{address}/f/chicago", data=ADA, headers=JSON).status_code == 200
    assert len(world.inbox()) == 1


@pytest.mark.both_databases
def test_a_second_receiver_on_the_same_inbox(world, address, database):
    world.serve_form(replace(FORM, capacity=5))
    other = World(Store(database), world.book)
    with serving(other.app) as second:
        bodies = [ADA | {"name": str(at)} for at in range(10)]
        answers = post_all(address, bodies[:5]) + post_all(second, bodies[3:])
    other.close()
    assert {answer.status_code for answer in answers} == {200}
    assert [stored.state for stored in world.inbox()] == ["new"] * 5 + ["waitlist"] * 5
