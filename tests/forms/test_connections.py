"""Connections under limits: the slow and the silent go, the malformed are refused, nobody else notices."""

import asyncio
import select
import threading
import time
from contextlib import contextmanager, suppress
from datetime import timedelta

import httpx
import pytest

from sitegen.forms.judgement.rates import Rate
from sitegen.web.gathering import Gathering
from sitegen.web.heads import HEAD_BYTES, HEAD_LINES, wrong_with
from sitegen.web.watch import Limits, Stage, Watch
from tests.forms.commands import make_site, receive, running
from tests.forms.sockets import connect, head, talk
from tests.forms.world import ADA, FORM, JSON, World, open_store, serving

SHORT = Limits(head=0.2, idle=0.2, rest=0.2, unread=0.2)
LATE = 5.0  # a second between two looks, and a slow machine


@pytest.fixture
def address(world):
    world.seconds = 0.3
    world.restart()
    with serving(world.app, SHORT) as address:
        yield address


@contextmanager
def connected(address, count, piece=b""):
    """So many connections, each of which has sent the piece."""
    made = [connect(address, LATE) for _ in range(count)]
    try:
        for connection in made:
            connection.sendall(piece)
        yield made
    finally:
        for connection in made:
            connection.close()


def post(address, name="Ada", path="/f/chicago"):
    return httpx.post(address + path, data=ADA | {"name": name}, headers=JSON, timeout=LATE)


def last_words(connections, seconds=LATE):
    """What each connection says until it is closed; None for one that is still open in the end."""
    said = dict.fromkeys(connections, b"")
    still = set(connections)
    until = time.monotonic() + seconds
    while still and time.monotonic() < until:
        for connection in select.select(still, (), (), 0.1)[0]:
            piece = connection.recv(65536)
            said[connection] += piece
            if not piece:
                still.remove(connection)
    return [None if connection in still else said[connection] for connection in connections]


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        (b"", b""),
        (b"POST /f/chicago HTTP/1.1\r\nHost:", b"HTTP/1.1 408 "),
        (b"\r\n\r\n", b""),
        (head("Content-Length: 100") + b"name=A", b"HTTP/1.1 408 "),
        (
            b"POST /f/nowhere HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\nContent-Length: 9\r\n\r\n",
            b"HTTP/1.1 404 ",
        ),
        (b"GET /f/chicago/thanks HTTP/1.1\r\nHost: a\r\n\r\n", b"HTTP/1.1 200 "),
    ],
    ids=["silent", "half a head", "line ends", "half a body", "sending after the answer", "idle"],
)
def test_a_hundred_who_dawdle_are_let_go_and_keep_nobody_out(world, address, piece, words):
    with connected(address, 100, piece) as dawdling:
        started = time.monotonic()
        assert post(address).status_code == 200
        assert time.monotonic() - started < LATE
        assert {said and said[: len(words)] for said in last_words(dawdling)} == {words or b""}
    assert len(world.inbox()) == 1


def test_a_byte_now_and_then_wins_no_time(address):
    with connected(address, 1, b"P") as (connection,):
        connection.settimeout(0.05)
        started = time.monotonic()
        for byte in head("X: " + "y" * 100)[1:]:
            try:
                answer = connection.recv(100)
            except TimeoutError:
                connection.sendall(bytes([byte]))
            else:
                break
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert time.monotonic() - started < LATE


def test_who_reads_nothing_is_let_go():
    done = threading.Event()

    async def endless(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(1000):
            await send({"type": "http.response.body", "body": bytes(100_000), "more_body": True})
        done.set()

    with serving(endless, SHORT) as address, connected(address, 1, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"):
        assert done.wait(LATE)  # nothing holds it up any more


def test_where_there_are_too_many_the_first_of_the_silent_goes(world):
    with (
        serving(world.app, Limits(connections=50)) as address,
        connected(address, 25) as silent,
        connected(address, 25, head("Content-Length: 100") + b"name=A") as halves,
    ):
        assert post(address).status_code == 200
        assert silent[0].recv(1) == b""
        with connected(address, 60) as flood:
            assert [post(address, str(at)).status_code for at in range(5)] == [200] * 5
            assert last_words(silent[:20] + halves[:20]) == [b""] * 40
            assert last_words(flood[-10:], 0.3) == [None] * 10
    assert len(world.inbox()) == 6


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    """One receiver for many who get nowhere."""
    world = World(open_store(tmp_path_factory.mktemp("strict") / "inbox.db"))
    with serving(world.app, SHORT) as address:
        yield world, address
    world.app.close()
    world.store.close()


REQUEST = b"POST /f/chicago HTTP/1.1\r\nHost: a\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        REQUEST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        REQUEST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        REQUEST + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        REQUEST + b"Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
        REQUEST + b"Content-Length: 4, 4\r\n\r\nabcd",
        REQUEST + b"Content-Length: -1\r\n\r\n",
        REQUEST + b"Content-Length: +4\r\n\r\nabcd",
        REQUEST + b"Content-Length: 4 4\r\n\r\nabcd",
        REQUEST + b"Content-Length: 0x4\r\n\r\nabcd",
        REQUEST + b"Content-Length: 99999999999999999999999\r\n\r\n",
        REQUEST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        REQUEST + b"Transfer-Encoding: identity\r\n\r\n",
        REQUEST + b"Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        REQUEST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        REQUEST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        REQUEST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
        REQUEST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        REQUEST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        REQUEST + b"Transfer-Encoding: chunked\r\n\r\n4;a=b\nabcd\r\n0\r\n\r\n",
        REQUEST + b"Transfer-Encoding: chunked\r\n\r\n4\r\nabcdX0\r\n\r\n",
        REQUEST + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        REQUEST.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        REQUEST + b"Content-Length : 4\r\n\r\nabcd",
        REQUEST + b"X: a\r\n folded\r\nContent-Length: 0\r\n\r\n",
        REQUEST + b"X: a\nY: b\r\nContent-Length: 0\r\n\r\n",
        REQUEST + b"X: a\rY: b\r\nContent-Length: 0\r\n\r\n",
        REQUEST + b"X: a\x00b\r\nContent-Length: 0\r\n\r\n",
        REQUEST + b"X\x00: a\r\nContent-Length: 0\r\n\r\n",
        REQUEST + b": a\r\nContent-Length: 0\r\n\r\n",
        REQUEST + b"no colon\r\nContent-Length: 0\r\n\r\n",
        b" " + REQUEST + b"\r\n",
        b"POST /f/chicago HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        REQUEST + b"Host: b\r\nContent-Length: 0\r\n\r\n",
        b"POST /f/chicago\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /f/chi cago HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /f/chic\xc3\xa4go HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST f/chicago HTTP/1.1\r\nHost: a\r\n\r\n",
        b"HACK /f/chicago HTTP/1.1\r\nHost: a\r\n\r\n",
        b"post /f/chicago HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /f/chicago\r\n\r\n",
        b"POST /f/chicago HTTP/0.9\r\nHost: a\r\n\r\n",
        b"POST /f/chicago HTTP/2.0\r\nHost: a\r\n\r\n",
        b"POST /f/chicago HTTP/1.2\r\nHost: a\r\n\r\n",
        b"POST /f/chicago HTTX/1.1\r\nHost: a\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(32),
        b"\x00" * 100,
        REQUEST + b"X: " + b"x" * HEAD_BYTES + b"\r\n\r\n",
        REQUEST + b"X: " + b"x" * 1_000_000,
        REQUEST + b"X: y\r\n" * 10_000 + b"\r\n",
        b"POST /f/" + b"x" * HEAD_BYTES + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
def test_what_two_readers_could_read_differently_is_refused(strict, sent):
    world, address = strict
    smuggled = REQUEST + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nname=A"
    answer = talk(address, sent + smuggled)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1") == 1
    assert world.inbox() == []


def test_a_head_without_an_end_is_refused_before_its_time_is_up(world):
    with serving(world.app) as address, connected(address, 1, REQUEST + b"X: " + b"x" * 1_000_000) as (connection,):
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_a_good_request_before_a_malformed_one_is_answered(world, address):
    good = head("Content-Length: 22") + b"name=A&email=a@b.org&x"
    answer = talk(address, good + b"\x00 what is this\r\n\r\n" + good)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.count(b"HTTP/1.1") == len(world.inbox()) == 1


def test_a_body_that_goes_wrong_after_the_answer_gets_no_second_one(world, address):
    with connected(address, 1, head("Transfer-Encoding: chunked", path="/f/nowhere")) as (connection,):
        answer = connection.recv(65536)
        connection.sendall(b"xyz\r\n" + head("Content-Length: 0"))
        with suppress(ConnectionResetError):
            while piece := connection.recv(65536):
                answer += piece
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert answer.count(b"HTTP/1.1") == 1


def test_requests_one_behind_the_other_are_answered_in_order(world, address):
    asked = b"GET /f/chicago/thanks HTTP/1.1\r\nHost: a\r\n\r\n" * 50
    answer = talk(address, asked + b"GET /f/chicago/waitlist HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert (answer.count(b"<h1>Thanks</h1>"), answer.count(b"<h1>Waitlist</h1>")) == (50, 1)
    assert answer.endswith(b"<h1>Waitlist</h1>")


def test_what_comes_behind_a_body_is_no_header(world, address):
    """A proxy may pass on trailers as they came: they must not go before what it says itself."""
    world.serve_form(FORM, rate=Rate(1, timedelta(minutes=1)), trusted_proxies=("127.0.0.1",))
    lines = head("Transfer-Encoding: chunked", "Connection: close", "X-Forwarded-For: 1.1.1.1")
    sent = [b"16\r\nname=A%d&email=a@b.org&\r\n0\r\nX-Forwarded-For: 9.9.9.%d\r\n\r\n" % (at, at) for at in range(2)]
    answers = [talk(address, lines + one) for one in sent]
    assert [answer[9:12] for answer in answers] == [b"200", b"429"]


@pytest.mark.parametrize("piece", [b"X: ", b"X", b"1;x=", b"X: y\r\n"])
def test_what_belongs_to_no_body_has_an_end(world, piece):
    start = head("Transfer-Encoding: chunked") + b"6\r\nname=A\r\n" + (b"" if b";" in piece else b"0\r\n")
    with serving(world.app) as address, connected(address, 1, start) as (connection,):
        with suppress(ConnectionError):
            connection.sendall(piece + (piece if b"\n" in piece else b"x") * 1_000_000)
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_of_very_many_requests_one_behind_the_other_the_first_are_answered(world, address):
    asked = b"GET /f/chicago/thanks HTTP/1.1\r\nHost: a\r\n\r\n" * 20_000
    with connected(address, 1, asked) as flood:
        (answer,) = last_words(flood)
    assert 100 <= answer.count(b"<h1>Thanks</h1>") < 20_000
    assert answer.endswith(b"<h1>Thanks</h1>")
    assert post(address).status_code == 200


@pytest.mark.parametrize("target", ["http://a/f/chicago", "/f/chicago?secret=1", "//f/chicago"])
def test_other_ways_to_name_the_form(world, address, target):
    """RFC 9112 3.2.2: a server must take the absolute form."""
    answer = talk(address, head("Content-Length: 20", "Connection: close", path=target) + b"name=A&email=a@b.org")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert len(world.inbox()) == 1


@pytest.mark.parametrize("at", [0, 50, 150, 230, -25, -10, -1])
@pytest.mark.parametrize("lines", [("Content-Length: 20",), ("Transfer-Encoding: chunked",)])
def test_a_client_that_offers_another_protocol_loses_nothing(world, address, lines, at):
    """As those of Java do with every request."""
    offer = ("Connection: Upgrade, HTTP2-Settings, close", "Upgrade: h2c", "HTTP2-Settings: AAEAAEAAAA")
    body = b"name=A&email=a@b.org"
    request = head(*offer, *lines) + (b"14\r\n%s\r\n0\r\n\r\n" % body if "chunked" in lines[0] else body)
    answer = talk(address, request[:at], request[at:])
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert [dict(stored.answers) for stored in world.inbox()] == [{"name": "A", "email": "a@b.org"}]


HOST = (b"host", b"a")


@pytest.mark.parametrize(
    ("version", "headers", "wrong"),
    [
        ("1.1", [HOST], ""),
        ("1.0", [], ""),
        ("1.1", [HOST, (b"transfer-encoding", b" Chunked ")], ""),
        ("1.1", [HOST, *[(b"x", b"y")] * (HEAD_LINES - 1)], ""),
        ("1.1", [HOST, *[(b"x", b"y")] * HEAD_LINES], "too large a head"),
        ("1.1", [HOST, (b"x", b"y" * HEAD_BYTES)], "too large a head"),
        ("1.1", [], "no host, or several"),
        ("1.0", [HOST, HOST], "no host, or several"),
        ("2.0", [HOST], "an unknown version"),
        ("1.1", [HOST, (b"transfer-encoding", b"gzip, chunked")], "an unknown coding"),
        ("1.0", [(b"transfer-encoding", b"chunked")], "an unknown coding"),
        ("1.1", [HOST, (b"transfer-encoding", b"chunked"), (b"content-length", b"1")], "several lengths"),
        ("1.1", [HOST, (b"content-length", b"1"), (b"content-length", b"1")], "several lengths"),
    ],
)
def test_heads(version, headers, wrong):
    assert wrong_with(version, b"POST", b"/f/chicago", headers) == wrong


class Visitor:
    """One who is watched, without a socket."""

    def __init__(self):
        self.waiting_bytes, self.ended = 0, None

    def unsent(self):
        return self.waiting_bytes

    def end(self, stage):
        self.ended = stage

    def drop(self):
        self.ended = "dropped"


class Watching:
    """A watch whose clock is moved by hand."""

    def __init__(self, **limits):
        self.now = 0.0
        self.watch = Watch(Limits(**limits), lambda: self.now)

    def visitor(self, *stages):
        made = Visitor()
        self.watch.add(made)
        for stage in stages:
            self.watch.move(made, stage)
        return made

    def look_after(self, seconds):
        self.now += seconds
        asyncio.run(self.watch.look())


@pytest.mark.parametrize(
    ("stage", "seconds"),
    [(Stage.NEW, 10), (Stage.HEAD, 10), (Stage.REST, 2), (Stage.ENDED, 2), (Stage.IDLE, 125)],
)
def test_each_stage_has_its_time(stage, seconds):
    watching = Watching()
    visitor = watching.visitor(stage)
    watching.look_after(seconds - 0.1)
    assert visitor.ended is None
    watching.look_after(0.1)
    assert visitor.ended is stage


@pytest.mark.parametrize("stage", [Stage.BODY, Stage.ANSWER])
def test_while_the_application_works_its_own_limits_count(stage):
    watching = Watching()
    visitor = watching.visitor(stage)
    watching.look_after(10_000)
    assert visitor.ended is None


def test_the_first_byte_gives_no_more_time():
    watching = Watching()
    visitor = watching.visitor()
    watching.look_after(9)
    watching.watch.move(visitor, Stage.HEAD)
    watching.look_after(1)
    assert visitor.ended is Stage.HEAD


def test_whoever_is_being_answered_is_never_crowded_out():
    watching = Watching(connections=3)
    answered, idle, new = watching.visitor(Stage.ANSWER), watching.visitor(Stage.IDLE), watching.visitor()
    watching.watch.move(idle, Stage.HEAD)  # it has begun to wait anew, after the other
    more = [watching.visitor() for _ in range(3)]
    assert [one.ended for one in (answered, idle, new, *more)] == [None, "dropped", "dropped", "dropped", None, None]


def test_an_answer_has_to_be_taken_bit_by_bit():
    watching = Watching(unread=30)
    visitor = watching.visitor(Stage.ANSWER)
    for waiting in (1000, 900, 800):
        visitor.waiting_bytes = waiting
        watching.look_after(29)
    assert visitor.ended is None
    watching.look_after(30)
    assert visitor.ended == "dropped"


def test_what_was_let_go_is_told_once_a_minute(caplog):
    caplog.set_level("INFO")
    watching = Watching()
    for _ in range(3):
        watching.visitor()
    watching.watch.count("malformed")
    for seconds in (10, 1, 1, 58):
        watching.watch.count("malformed")
        watching.look_after(seconds)
    assert [record.getMessage() for record in caplog.records] == [
        "connections let go: 2 malformed, 3 too slow",
        "connections let go: 3 malformed",
    ]


def test_with_few_open_files_it_takes_few_connections_and_goes_on(tmp_path):
    few = ["sh", "-c", 'ulimit -n 160 && exec "$@"', "sh", *receive(make_site(tmp_path))]
    with running(few) as (process, address):
        with connected(address, 400):
            assert [post(address, str(at), "/f/call").status_code for at in range(3)] == [200] * 3
        process.terminate()
        _, log = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "crowded out" in log
    assert "level=error" not in log


def pieces_of(app_sends):
    """What a transport is given for an answer that is sent in these pieces, with a turn of the loop for each None."""
    written: list[bytes] = []

    class Transport:
        def write(self, data):
            written.append(data)

        def is_closing(self):
            return False

        def close(self):
            written.append(b"closed")

    async def run():
        gathering = Gathering(Transport(), asyncio.get_running_loop())
        for piece in app_sends:
            if piece is None:
                await asyncio.sleep(0)
            elif piece == b"":
                gathering.close()
            else:
                gathering.write(piece)
        await asyncio.sleep(0)

    asyncio.run(run())
    return written


def test_head_and_body_of_an_answer_leave_together():
    assert pieces_of([b"head", b"body"]) == [b"headbody"]
    assert pieces_of([b"head", None, b"news", None, b"more", b"end"]) == [b"head", b"news", b"moreend"]
    assert pieces_of([b"head", b""]) == [b"head", b"closed"]
