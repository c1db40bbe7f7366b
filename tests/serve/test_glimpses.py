"""What somebody saves is shown before the site is built: from memory, by the real server."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build
from sitegen.config import load_config
from sitegen.errors import Problem, SiteError
from sitegen.serve.changes import Changes
from sitegen.serve.news import Rebuilt
from sitegen.serve.preview import Glimpse, Preview
from tests.serve.conftest import CALL, LONG, LONG_POST, Running

PAGES = ("/", "/long/")


class Held:
    """A build that waits for `go_on`, each but the first."""

    def __init__(self) -> None:
        self.first, self.begun, self.go_on = True, threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self, *wanted: Any, **options: Any) -> Any:
        if not self.first:
            self.begun.release()
            assert self.go_on.acquire(timeout=LONG)
        self.first = False
        return build(*wanted, **options)


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def running(site: Path, start: Callable[..., Running], held: Held) -> Iterator[Running]:
    running = start(site, build=held)
    running.until(Rebuilt)
    yield running
    held.go_on.release(9)


def shown(running: Running, address: str, words: str) -> str:
    """The page, once it has the words."""
    end = time.monotonic() + LONG
    while words not in (text := running.http.get(address).text):
        assert time.monotonic() < end, text
    return text


def mark(text: str) -> str:
    return text.split('data-build="')[1].split('"')[0]


def told(running: Running, address: str) -> str:
    """What a page at that address is told of when it asks."""
    with running.http.stream("GET", "/_sitegen/events", params={"at": address}) as answer:
        line = next(line for line in answer.iter_lines() if line.startswith("data: "))
    news = json.loads(line.removeprefix("data: "))
    return f"{news['session']}-{news['build']}"


def in_place(file: Path, text: str) -> None:
    file.write_text(text)


def through_another(file: Path, text: str) -> None:
    other = file.with_name("sedAb3x")
    other.write_text(text)
    os.replace(other, file)


def with_backup(file: Path, text: str) -> None:
    """As vim does it."""
    os.replace(file, file.with_name(file.name + "~"))
    file.write_text(text)
    file.with_name(file.name + "~").unlink()


def with_two_names(file: Path, text: str) -> None:
    """As the editors of JetBrains do it."""
    new, old = (file.with_name(file.name + ending) for ending in ("___jb_tmp___", "___jb_old___"))
    new.write_text(text)
    os.replace(file, old)
    os.replace(new, file)
    old.unlink()


@pytest.mark.parametrize("save", [in_place, through_another, with_backup, with_two_names])
def test_a_save_is_shown_while_its_build_is_still_to_come(
    site: Path, running: Running, held: Held, save: Callable[[Path, str], None]
) -> None:
    before = {address: mark(running.http.get(address).text) for address in PAGES}
    save(site / "_posts/long.md", f"{LONG_POST}Newer words.\n")
    text = shown(running, "/long/", "Newer words.")
    assert b"Newer words." not in (site / ".sitegen/preview/long/index.html").read_bytes()
    assert mark(text) != before["/long/"] and told(running, "/long/") == mark(text)
    assert told(running, "/") == before["/"]
    held.go_on.release()
    running.until(Rebuilt)
    after = running.http.get("/long/")
    assert after.text == text and told(running, "/long/") == mark(text), "it is not loaded again"
    assert b"Newer words." in (site / ".sitegen/preview/long/index.html").read_bytes()
    assert told(running, "/") != before["/"]


def test_while_only_texts_are_new_all_but_pages_can_be_had_at_once() -> None:
    state = Preview("s").glimpsed("a/index.html", b"new", 1)
    assert [state.stands(address) for address in ("/a/", "/b/", "/a.css")] == [True, False, False]
    state = replace(state, texts=True)
    assert [state.stands(address) for address in ("/a/", "/b/", "/b.html", "/a.css")] == [True, False, False, True]


def test_an_address_that_is_not_below_the_base_is_no_page(site: Path) -> None:
    config = load_config(site, baseurl="/blog")
    state = replace(Preview("s", config=config), glimpses={"a/index.html": Glimpse(1, 1, b"new")})
    assert state.glimpse("/blog/a/") == b"new" and state.glimpse("/a/") is None and state.glimpse("/blogger/a/") is None


def test_the_newest_save_stays_when_an_older_build_ends(running: Running, held: Held) -> None:
    running.write("_posts/long.md", f"{LONG_POST}First.\n")
    assert held.begun.acquire(timeout=LONG)
    running.write("_posts/long.md", f"{LONG_POST}Second.\n")
    newest = shown(running, "/long/", "Second.")
    held.go_on.release()
    assert held.begun.acquire(timeout=LONG)
    assert running.http.get("/long/").text == newest
    held.go_on.release()
    running.until(Rebuilt)
    running.until(Rebuilt)
    assert running.http.get("/long/").text == newest


def test_what_was_saved_is_taken_back_with_a_build_that_fails(site: Path, start: Callable[..., Running]) -> None:
    go_on, builds = threading.Event(), iter((build, None))

    def failing(*wanted: Any, **options: Any) -> Any:
        if (make := next(builds)) is not None:
            return make(*wanted, **options)
        assert go_on.wait(LONG)
        raise SiteError([Problem("_posts/long.md", 3, "not this")])

    running = start(site, build=failing)
    running.until(Rebuilt)
    good = running.http.get("/long/").text
    running.write("_posts/long.md", f"{LONG_POST}New.\n")
    shown(running, "/long/", "New.")
    go_on.set()
    while running.http.get("/long/").text != good:
        time.sleep(0.01)
    assert told(running, "/long/") == mark(good)


def test_what_is_looked_at_is_shown_as_well(running: Running) -> None:
    with running.http.stream("GET", "/_sitegen/events", params={"at": "/"}) as answer:
        news = (json.loads(line[6:]) for line in answer.iter_lines() if line.startswith("data: "))
        first = next(news)["build"]
        running.write("_posts/call.md", CALL.replace("Join us.", "Join us, and read."))
        assert next(one for one in news if one.get("build", first) != first)
        assert "Join us, and read." in running.http.get("/").text


def is_due(seconds: float | None) -> bool | None:
    return None if seconds is None else seconds <= 0


def test_half_of_a_save_is_waited_for() -> None:
    changes = Changes()
    changes.add(["a.md"], whole=False)
    assert is_due(changes.glance_in) is False
    changes.add(["a.md"], whole=True)
    assert is_due(changes.glance_in) is True and changes.take_unseen() == ("a.md",)
    assert is_due(changes.glance_in) is None and is_due(changes.build_in) is False


def test_a_save_of_two_files_waits_for_both() -> None:
    changes = Changes()
    changes.add(["a.md"], whole=True)
    changes.add(["b.md"], whole=False)
    assert is_due(changes.glance_in) is False


def test_what_is_built_is_apart_no_more() -> None:
    changes = Changes()
    changes.add(["a.md", "b.md"], whole=True)
    changes.add(["b.md"], whole=True)
    changes.built(1)
    assert changes.apart == {"b.md": 2}


def test_a_rest_begins_when_all_is_done() -> None:
    changes = Changes()
    assert is_due(changes.rest_in) is True
    changes.hold()
    assert is_due(changes.rest_in) is False
    changes.add(["a.md"], whole=True)
    assert is_due(changes.rest_in) is None
