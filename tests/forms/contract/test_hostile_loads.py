"""What is sent to do harm by its size, its number or its slowness, while others want to be served."""

import json
import threading
from contextlib import ExitStack, contextmanager
from time import monotonic

import pytest

from tests.forms.contract.memory import forget_peak, memory, peak
from tests.forms.contract.processes import running, write_site
from tests.forms.sockets import connect, head, heard, talk
from tests.forms.world import ADA, JSON, codes

MEGABYTE = 1024 * 1024
LARGE = b"name=Ada&email=ada%40example.org&message=" + b"x" * 10 * MEGABYTE


@contextmanager
def others(program):
    """Somebody who posts all the while: gives the list of how long each answer took."""
    form, ended = program.fresh(), threading.Event()
    times: list[float] = []

    def post():
        with program.client(**JSON) as client:
            while not ended.is_set():
                started = monotonic()
                assert client.post(f"/f/{form}", data=ADA | {"name": f"{len(times)}"}).status_code == 200
                times.append(monotonic() - started)

    thread = threading.Thread(target=post)
    thread.start()
    try:
        yield times
    finally:
        ended.set()
        thread.join()
    assert len(program.inbox(form)) == len(times) > 0


def chunks():
    for at in range(0, len(LARGE), 65536):
        yield LARGE[at : at + 65536]


@pytest.mark.slow
@pytest.mark.parametrize("chunked", [False, True])
def test_hostile_12_fifty_bodies_of_ten_megabytes(program, form, chunked):
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    with program.client(**JSON) as client, others(program) as times:
        client.post(f"/f/{form}", content=LARGE, headers=kind)  # what it needs once it has
        before = memory(program)
        forget_peak(program)
        for _ in range(50):
            answer = client.post(f"/f/{form}", content=chunks() if chunked else LARGE, headers=kind)
            assert (answer.status_code, codes(answer)) == (413, ["FILES_TOO_BIG"])
    assert peak(program) - before < 8 * MEGABYTE
    assert max(times) < 5
    assert program.inbox(form) == []


@pytest.mark.parametrize(
    "boundary", [b"x" * MEGABYTE, b"", b"\xff\x00", b'"'], ids=["a megabyte", "none", "bytes", "quote"]
)
def test_hostile_14_boundaries(program, form, boundary):
    body = b"--" + boundary + b"\r\n\r\n"
    lines = b"Content-Type: multipart/form-data; boundary=" + boundary + b"\r\nContent-Length: %d\r\n" % len(body)
    request = f"POST /f/{form} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".encode() + lines + b"\r\n" + body
    try:
        answer = talk(program.address, request)
    except ConnectionError:
        answer = b""  # closed before we had said all
    assert not answer or answer.split()[1] in (b"400", b"431", b"413")
    assert program.inbox(form) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 4", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: chunked", "Content-Length: 4"),
        ("Content-Length: 4", "Content-Length: 5"),
        ("Content-Length: 4, 5",),
        ("Content-Length: -1",),
        ("Content-Length: +4",),
        ("Content-Length: 0x4",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding: identity, chunked, chunked",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding : chunked",),
        ("Transfer-Encoding: chunked", "Transfer-Encoding: identity"),
    ],
)
def test_hostile_18_two_ways_to_end_a_body(program, form, lines):
    path = f"/f/{form}"
    hidden = head("Content-Length: 33", path=path) + b"name=Ada&email=ada%40example.org."
    answer = talk(program.address, head(*lines, path=path) + b"0\r\n\r\n" + hidden)
    assert answer.count(b"HTTP/1.1 ") <= 1
    assert not answer or answer.split()[1] in (b"400", b"501")
    assert program.inbox(form) == []


def test_hostile_19_silent_and_slow_ones_keep_nobody_from_posting(program, form):
    with ExitStack() as stack, program.client(**JSON) as client:
        for said in (b"", b"POST /f/", head("Content-Length: 100", path=f"/f/{form}") + b"name=A"):
            for _ in range(100):
                stack.enter_context(connect(program.address)).sendall(said)
        started = monotonic()
        assert client.post(f"/f/{form}", data=ADA).status_code == 200
        assert monotonic() - started < 5  # a second, on a machine that does nothing else
    assert len(program.inbox(form)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["silent", "half a head", "half a body"])
def test_hostile_19_five_hundred_at_once_are_let_go(program, form, stage):
    whole = head("Content-Length: 100", path=f"/f/{form}") + b"name=A"
    said = {"silent": b"", "half a head": whole[:20], "half a body": whole}[stage]
    with ExitStack() as stack, program.client(**JSON) as client:
        silent = [stack.enter_context(connect(program.address, 40)) for _ in range(500)]
        for connection in silent:
            connection.sendall(said)
        started = monotonic()
        assert client.post(f"/f/{form}", data=ADA).status_code == 200
        assert monotonic() - started < 5  # a second, on a machine that does nothing else
        assert {heard(connection)[:12] for connection in silent} == {b"HTTP/1.1 408" if said else b""}


@pytest.mark.slow
def test_hostile_19_a_slow_body_is_given_up(program, form):
    with connect(program.address, 40) as connection, others(program) as times:
        connection.sendall(head("Content-Length: 100", path=f"/f/{form}") + b"name=A")
        answer = heard(connection)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["errors"][0]["code"] == "TIMEOUT"
    assert max(times) < 5
    assert program.inbox(form) == []


@pytest.mark.slow
@pytest.mark.parametrize("key", [{}, {"_key": "k"}])
def test_hostile_20_33_after_a_kill_the_same_post_is_the_same_submission(command, database, tmp_path, key):
    """The answer was lost on the way, the server was killed: the visitor sends the form once more."""
    site = write_site(tmp_path / "site", forms={"plain": (1, "true")})
    ids = set()
    for _ in range(3):  # each ends with SIGKILL
        with running(command, site, database) as started, started.client(**JSON) as client:
            ids.add(client.post("/f/plain-1", data=ADA | key).json()["id"])
            assert [stored.id for stored in started.inbox("plain-1")] == list(ids)
