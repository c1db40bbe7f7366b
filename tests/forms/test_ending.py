"""The end of a receiver: what was read is answered, what is stored was thanked for, and it ends with 0."""

import random
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress

import httpx
import pytest

from tests.forms.kill import POST
from tests.forms.test_server import head, talk
from tests.forms.world import JSON, open_store


@pytest.fixture
def site(tmp_path):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-05-06-call.md").write_text(POST)
    (tmp_path / "sitegen.toml").write_text('[receive]\nrate_limit = "off"\n')
    return tmp_path


def start(site):
    """A receiver, and its address."""
    command = [sys.executable, "-m", "sitegen", "receive", "-s", str(site), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().split()[2]


def close(process):
    assert process.stdout is not None
    process.stdout.close()


def stored_in(site):
    store = open_store(site / ".sitegen" / "inbox.db")
    names = [dict(submission.answers)["name"] for submission in store.each()]
    store.close()
    return sorted(names)


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


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_under_load_whoever_is_stored_was_thanked(site, rounds):
    chance = random.Random(1)
    thanked: list[str] = []
    for round_ in range(rounds):
        process, address = start(site)
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
        close(process)
    assert stored_in(site) == sorted(thanked)


def connect(address):
    host, port = address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def wait_until_nobody_listens(address):
    with suppress(ConnectionRefusedError, ConnectionResetError):
        while True:
            connect(address).close()


def heard(connection):
    answer = b""
    while piece := connection.recv(65536):
        answer += piece
    return answer


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_a_post_that_has_begun_is_finished_and_no_new_one_taken(site, kind):
    process, address = start(site)
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
    close(process)
    assert stored_in(site) == ["Ada", "Bob"]


def test_half_a_head_delays_no_end(site):
    process, address = start(site)
    with connect(address) as begun:
        begun.sendall(b"POST /f/call HTTP/1.1\r\nHost:")
        assert talk(address, b"\x00").startswith(b"HTTP/1.1 400 ")  # so that the other has been read as well
        started = time.monotonic()
        process.terminate()
        assert process.wait(20) == 0
    assert time.monotonic() - started < 5
    close(process)


def test_the_second_signal_ends_it_at_once(site):
    process, address = start(site)
    with connect(address) as begun:
        begun.sendall(head("Content-Length: 100", path="/f/call") + b"name=Ada")
        assert talk(address, b"\x00").startswith(b"HTTP/1.1 400 ")
        process.terminate()
        wait_until_nobody_listens(address)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)  # it waits for the rest of the post
        process.terminate()
        assert process.wait(3) == -signal.SIGTERM
    close(process)
    assert stored_in(site) == []
