"""Links to other sites, asked for at a server on this computer."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sitegen.check.external import Asking
from sitegen.check.fetching import Answer, ask
from sitegen.check.run import run
from sitegen.cli import main
from sitegen.config import load_config
from tests.check.world import NOW, POST, post, written

ANSWERS = {"/gone": 404, "/old": 301, "/for-now": 302, "/no-head": 200, "/broken": 500, "/circle": 301, "/nowhere": 301}
MOVED = {"/old": "/new", "/for-now": "/new", "/circle": "/circle", "/nowhere": "http://["}


class Handler(BaseHTTPRequestHandler):
    """Answers by the table, and counts what it is asked."""

    asked: list[str]
    busy: list[int]

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def answer(self, method: str) -> None:
        self.asked.append(f"{method} {self.path}")
        self.busy[0] += 1
        self.busy[1] = max(self.busy)
        time.sleep(0.005)
        status = 405 if self.path == "/no-head" and method == "HEAD" else ANSWERS.get(self.path, 200)
        self.send_response(status)
        if self.path in MOVED:
            self.send_header("Location", MOVED[self.path])
        self.send_header("Content-Length", "0")
        self.busy[0] -= 1  # before the last byte: the next request may come at once
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[tuple[str, type[Handler]]]:
    handler = type("Own", (Handler,), {"asked": [], "busy": [0, 0]})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", handler
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def server() -> Iterator[tuple[str, type[Handler]]]:
    with serving() as found:
        yield found


reach = partial(ask, public_only=False, timeout=5)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/", Answer(200)),
        ("/a b?x=ü", Answer(200)),
        ("/gone", Answer(404)),
        ("/no-head", Answer(200)),
        ("/broken", Answer(500)),
        ("/circle", Answer(0, "it leads in circles")),
        ("/for-now", Answer(200)),
        ("/nowhere", Answer(0, "it leads to http://[")),
    ],
)
def test_what_a_server_says(server: tuple[str, type[Handler]], path: str, answer: Answer) -> None:
    assert reach(server[0] + path) == answer


def test_a_move_for_good_has_the_new_address(server: tuple[str, type[Handler]]) -> None:
    assert reach(server[0] + "/old") == Answer(200, "", server[0] + "/new")


def test_where_nobody_listens() -> None:
    assert "refused" in reach("http://127.0.0.1:1/").error
    assert reach("http://nobody.invalid/").error in ("there is no such host", "its host cannot be looked up")


def test_private_computers_are_never_asked(server: tuple[str, type[Handler]], tmp_path: Path) -> None:
    url, handler = server
    assert ask(url) == Answer(0, "not a public address")
    site = written(tmp_path, {POST: post(f"[a]({url}/) [b](http://localhost:{url.rpartition(':')[2]}/)")})
    assert main(["check", "-s", str(site), "--external"]) == 0
    assert handler.asked == []


class World:
    """A site with some links to the server, checked at a time of our choice."""

    def __init__(self, folder: Path, url: str, *paths: str) -> None:
        body = "\n".join(f"[words]({url}{path})" for path in paths)
        self.folder, self.url = written(folder, {POST: post(body)}), url

    def found(self, now: datetime = NOW, most: int = 500) -> list[str]:
        # The server stands for a public one: it is on this computer, which would be left alone.
        memory = self.folder / ".sitegen/external.json"
        asking = Asking(memory, now, reach, most, leaves=lambda host: False)
        report = run(load_config(self.folder), (), now=NOW, asking=asking)
        return [
            f"{one.problem.severity} {one.problem.where}: {one.problem.message.replace(self.url, '')}"
            for one in report.findings
        ]


def test_what_is_told(server: tuple[str, type[Handler]], tmp_path: Path) -> None:
    world = World(tmp_path, server[0], "/", "/gone#part", "/old", "/broken", "/gone", "/for-now")
    assert world.found() == [
        f"note {POST}:6: /old has moved for good",
        f"note {POST}:7: /broken could not be checked: the answer is 500",
        f"warning {POST}:5: /gone is gone: the answer is 404",
        f"warning {POST}:8: /gone is gone: the answer is 404",
    ]


def test_one_host_is_asked_one_thing_at_a_time_and_each_once(server: tuple[str, type[Handler]], tmp_path: Path) -> None:
    url, handler = server
    world = World(tmp_path, url, *(f"/{number}" for number in range(20)), "/1", "/2#x")
    world.found()
    assert set(Counter(handler.asked).values()) == {1}
    assert len(handler.asked) == 20
    assert handler.busy[1] == 1


def test_answers_are_remembered_for_some_days(server: tuple[str, type[Handler]], tmp_path: Path) -> None:
    url, handler = server
    world = World(tmp_path, url, "/", "/gone")
    first = world.found()
    asked = len(handler.asked)
    assert world.found(NOW + timedelta(hours=3)) == first
    assert len(handler.asked) == asked
    world.found(NOW + timedelta(days=2))
    assert handler.asked[asked:] == ["HEAD /gone", "GET /gone"]
    (tmp_path / ".sitegen/external.json").write_text("{damaged")
    assert world.found() == first


def test_a_check_asks_for_so_much_and_the_next_goes_on(server: tuple[str, type[Handler]], tmp_path: Path) -> None:
    world = World(tmp_path, server[0], "/a", "/b", "/gone")
    assert world.found(most=2) == ["note .: 1 of the links to elsewhere were not followed this time"]
    assert world.found(most=2) == [f"warning {POST}:6: /gone is gone: the answer is 404"]


def test_a_computer_without_a_network_is_told_once_and_nothing_is_remembered(tmp_path: Path) -> None:
    world = World(tmp_path, "http://127.0.0.1:1", "/a", "/b")
    assert world.found() == ["note .: no other site can be reached"]
    assert not (tmp_path / ".sitegen/external.json").exists()
