"""The receiver behind a real socket: many at once, too much, too slow."""

import asyncio
import socket
import time
from dataclasses import replace

import httpx
import pytest

from sitegen.forms.inbox.store import Store
from tests.forms.world import ADA, FORM, JSON, World, serving


@pytest.fixture
def address(world):
    world.seconds = 0.3
    world.__post_init__()
    with serving(world.app) as address:
        yield address


def post_all(address, bodies):
    """Post them all at once."""

    async def run():
        limits = httpx.Limits(max_connections=64)
        async with httpx.AsyncClient(base_url=address, headers=JSON, limits=limits, timeout=30) as client:
            return await asyncio.gather(*(client.post("/f/chicago", data=body) for body in bodies))

    return asyncio.run(run())


def talk(address, *pieces, wait=5.0):
    """Send raw bytes and read until the other side closes (or says no more for `wait` seconds)."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=wait) as connection:
        for piece in pieces:
            connection.sendall(piece)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


def head(*lines, path="/f/chicago"):
    common = (f"POST {path} HTTP/1.1", "Host: a", "Accept: application/json")
    return "\r\n".join((*common, "Content-Type: application/x-www-form-urlencoded", *lines, "", "")).encode()


def test_two_hundred_at_once_for_ten_places(world, address):
    world.serve_form(replace(FORM, capacity=10))
    answers = post_all(address, [ADA | {"name": str(at)} for at in range(200)])
    assert {answer.status_code for answer in answers} == {200}
    assert sum("waitlist" in answer.json() for answer in answers) == 190
    states = [stored.state for stored in world.inbox()]
    assert (states.count("new"), states.count("waitlist")) == (10, 190)


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


def test_silent_connections_keep_nobody_out(address):
    host, port = address.removeprefix("http://").split(":")
    silent = [socket.create_connection((host, int(port))) for _ in range(200)]
    for connection in silent[::2]:
        connection.sendall(b"POST /f/chicago HTTP/1.1\r\nHost:")
    started = time.perf_counter()
    assert httpx.post(f"{address}/f/chicago", data=ADA, headers=JSON).status_code == 200
    assert time.perf_counter() - started < 2
    for connection in silent:
        connection.close()


def test_a_visitor_who_goes_away_leaves_nothing(world, address):
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(head("Content-Length: 100") + b"name=A")
    assert httpx.post(f"{address}/f/chicago", data=ADA, headers=JSON).status_code == 200
    assert len(world.inbox()) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 4", "Transfer-Encoding: chunked"),
        ("Content-Length: 4", "Content-Length: 5"),
        ("Transfer-Encoding: chunked, identity",),
        ("Content-Length: -1",),
    ],
)
def test_two_ways_to_end_a_body_are_refused_and_the_connection_closed(world, address, lines):
    smuggled = b"POST /f/chicago HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
    answer = talk(address, head(*lines) + b"0\r\n\r\n" + smuggled)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert answer.split()[1] in (b"400", b"501")
    assert world.inbox() == []


@pytest.mark.parametrize(
    "path",
    ["/f/%2e%2e%2fadmin", "/f/..%2fadmin", "/f/CHICAGO", "/f/" + "x" * 10_000, "/f/%00", "/f/chicago%0a", "/f/%ff"],
)
def test_ids_that_there_are_not(address, path):
    answer = talk(address, head("Content-Length: 0", "Connection: close", path=path))
    assert answer.split()[1] == b"404"
    assert b'"FORM_NOT_FOUND"' in answer


def test_a_second_receiver_on_the_same_inbox(world, address, database):
    world.serve_form(replace(FORM, capacity=5))
    other = World(Store(database), world.book)
    with serving(other.app) as second:
        bodies = [ADA | {"name": str(at)} for at in range(10)]
        answers = post_all(address, bodies[:5]) + post_all(second, bodies[3:])
    other.close()
    assert {answer.status_code for answer in answers} == {200}
    assert [stored.state for stored in world.inbox()] == ["new"] * 5 + ["waitlist"] * 5
