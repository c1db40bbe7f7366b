"""The end of a receiver: what was read is answered, what is stored was thanked for, and it ends with 0."""

import random
import signal
import subprocess
import threading
import time
from contextlib import closing, suppress
from subprocess import DEVNULL

import httpx
import pytest

from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.store import Store
from tests.forms.commands import make_site, receive, running, sitegen
from tests.forms.sockets import connect, head, heard, talk
from tests.forms.world import JSON


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path)


def stored_in(site):
    return stored_at(parse_database(str(site / ".sitegen" / "inbox.db")))


def stored_at(database):
    with closing(Store(database)) as store:
        return sorted(dict(submission.answers)["name"] for submission in store.each())


def send_until_it_ends(address, name, thanked, first):
    """One visitor after another on a kept connection: who was thanked."""
    with httpx.Client(base_url=address, headers=JSON, timeout=20) as client:
        for at in range(100_000):
            body = {"name": f"{name}-{at}", "email": "a@example.org"}
            try:
                answer = client.post("/f/call", data=body)
            except httpx.HTTPError:
                return  # whoever has no answer is not stored: that is what the test is about
            assert answer.status_code == 200
            thanked.append(body["name"])
            first.set()


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [20])
def test_under_load_whoever_is_stored_was_thanked(site, database, rounds):
    chance = random.Random(1)
    thanked: list[str] = []
    for round_ in range(rounds):
        command = receive(site, "--database", database.render_as_string(hide_password=False))
        with running(command, DEVNULL) as (process, address):
            first = threading.Event()
            visitors = [
                threading.Thread(target=send_until_it_ends, args=(address, f"{round_}-{at}", thanked, first))
                for at in range(16)
            ]
            for visitor in visitors:
                visitor.start()
            assert first.wait(30)
            timer = threading.Timer(chance.uniform(0.05, 0.5), process.terminate)
            timer.start()
            assert process.wait(30) == 0
            for thread in (*visitors, timer):
                thread.join(30)
    assert stored_at(database) == sorted(thanked)


def wait_until_nobody_listens(address):
    with suppress(ConnectionRefusedError, ConnectionResetError):
        while True:
            connect(address).close()


@pytest.mark.parametrize("kind", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_a_post_that_has_begun_is_finished_and_no_new_one_taken(site, kind):
    with running(receive(site), DEVNULL) as (process, address):
        post = head("Content-Length: 24", path="/f/call") + b"name=Ada&email=a@b.orgxx"
        with connect(address) as begun, connect(address) as quick, connect(address) as idle:
            begun.sendall(post[:-10])
            idle.sendall(b"GET /f/call/thanks HTTP/1.1\r\nHost: a\r\n\r\n")
            idle.recv(12)
            process.send_signal(kind)
            quick.sendall(post.replace(b"Ada", b"Bob"))
            assert heard(quick).startswith(b"HTTP/1.1 200 ")
            heard(idle)  # until it is closed
            wait_until_nobody_listens(address)
            begun.sendall(post[-10:])
            answer = heard(begun)
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert b"connection: close" in answer
        assert process.wait(20) == 0
    assert stored_in(site) == ["Ada", "Bob"]


def test_half_a_head_delays_no_end(site):
    with running(receive(site), DEVNULL) as (process, address):
        with connect(address) as begun:
            begun.sendall(b"POST /f/call HTTP/1.1\r\nHost:")
            assert talk(address, b"\x00").startswith(b"HTTP/1.1 400 ")  # so that the other has been read as well
            started = time.monotonic()
            process.terminate()
            assert process.wait(20) == 0
        assert time.monotonic() - started < 5


def test_the_second_signal_ends_it_at_once(site):
    with running(receive(site), DEVNULL) as (process, address), connect(address) as begun:
        begun.sendall(head("Content-Length: 100", path="/f/call") + b"name=Ada")
        assert talk(address, b"\x00").startswith(b"HTTP/1.1 400 ")
        process.terminate()
        wait_until_nobody_listens(address)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)  # it waits for the rest of the post
        process.terminate()
        assert process.wait(3) == -signal.SIGTERM
    assert stored_in(site) == []


def until_it_is(address, status):
    """Ask whether it is ready until the answer has that status."""
    with httpx.Client(base_url=address, timeout=10) as client:
        while (answer := client.get("/ready")).status_code != status:
            pass
    return answer


def test_while_it_drains_it_is_not_ready_and_takes_answers(site):
    with running(receive(site, "--drain", 60), DEVNULL) as (process, address):
        assert until_it_is(address, 200).json() == {"ready": True, "reasons": []}
        process.terminate()
        assert until_it_is(address, 503).json() == {"ready": False, "reasons": ["the receiver is ending"]}
        body = {"name": "Ada", "email": "a@example.org"}
        assert httpx.post(f"{address}/f/call", data=body, headers=JSON).status_code == 200
        assert httpx.get(f"{address}/health").status_code == 200
        process.terminate()
        assert process.wait(10) == -signal.SIGTERM  # who asks twice does not want to wait
    assert stored_in(site) == ["Ada"]


def test_the_drain_has_an_end(site):
    with running(receive(site, "--drain", 1), DEVNULL) as (process, address):
        until_it_is(address, 200)
        started = time.monotonic()
        process.terminate()
        until_it_is(address, 503)
        assert process.wait(20) == 0
        assert time.monotonic() - started >= 1
    wrong = sitegen("receive", "-s", site, "--drain", "-1")
    assert (wrong.returncode, "whole seconds, 600 at most" in wrong.stderr) == (2, True)
