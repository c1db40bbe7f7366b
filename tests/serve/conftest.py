"""A preview that really runs: real HTTP, real files, the real build."""

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from sitegen.build import build
from sitegen.serve.news import Broken, News
from sitegen.serve.rebuilding import Wanted
from sitegen.serve.server import Address, PreviewServer

T = TypeVar("T")
LONG = 60  # seconds before a test gives up waiting: a busy machine is no bug


class Running:
    """A server in a thread. `until` waits for news of one kind."""

    def __init__(self, source: Path, **options: Any) -> None:
        self.source = source
        self._news: queue.Queue[News] = queue.Queue()
        database = options.pop("database", None)
        address = options.pop("address", Address(port=0))
        building = options.pop("build", build)
        self.server = PreviewServer(Wanted(source, **options), address, self._news.put, building, database)
        self.address = self.server.address
        self.http = httpx.Client(base_url=f"http://{self.address}", trust_env=False, timeout=LONG)
        self._thread = threading.Thread(target=self.server.run)
        self._thread.start()

    def until(self, kind: type[T]) -> T:
        """The next news of that kind. A build that fails is none to pass over."""
        while not isinstance(news := self._news.get(timeout=LONG), kind):
            assert not isinstance(news, Broken), news.problems
        return news

    def write(self, path: str, text: str) -> None:
        """Change a source."""
        write(self.source, {path: text})

    def close(self) -> None:
        """End it, and see that it ends."""
        self.http.close()
        self.server.stop()
        self._thread.join(LONG)
        assert not self._thread.is_alive()


def write(folder: Path, files: dict[str, str]) -> Path:
    """Make the files below the folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


CALL = "---\ntitle: A call\ndate: 2026-01-02\nform: true\n---\nJoin us.\n"
LONG_POST = "---\ntitle: Long\ndate: 2026-01-03\n---\n" + "A paragraph.\n\n" * 200


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two posts, one of them a call."""
    posts = {"_posts/call.md": CALL, "_posts/long.md": LONG_POST}
    return write(tmp_path / "site", {"sitegen.toml": 'title = "Test"\npermalink = "/:title/"\n', **posts})


@pytest.fixture
def start() -> Iterator[Callable[..., Running]]:
    """Start previews; they end with the test."""
    started: list[Running] = []

    def begin(source: Path, **options: Any) -> Running:
        started.append(Running(source, **options))
        return started[-1]

    yield begin
    for running in started:
        running.close()
