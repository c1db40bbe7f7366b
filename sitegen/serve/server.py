"""The server: listens, watches, rebuilds, answers, and ends cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from sitegen.errors import Problem, SiteError
from sitegen.serve.answers import Answers
from sitegen.serve.app import create_app
from sitegen.serve.attempts import Build
from sitegen.serve.events import Events
from sitegen.serve.news import Broken, Ended, News, Rebuilt, Remark, Serving
from sitegen.serve.rebuilding import Rebuilder, Wanted
from sitegen.serve.searching import Searching
from sitegen.serve.watching import Watcher
from sitegen.web.hosts import is_loopback
from sitegen.web.listening import PORT, address_of, listen, outer_address_of
from sitegen.web.running import Server

TURN = 0.0005  # seconds that a build goes on while something else has to be done
PATIENCE = 3  # seconds that answers under way have to come to an end


@dataclass(frozen=True)
class Address:
    """Where to listen. Without a port it is 4000 or the next free one."""

    host: str = "127.0.0.1"
    port: int | None = None


class PreviewServer:
    """One preview of one site. It listens from the beginning; `run` serves until `stop`, or a signal.

    Raises `SiteError` if there is no such folder, and `Refused` if nobody can listen there.
    """

    def __init__(
        self,
        wanted: Wanted,
        address: Address,
        tell: Callable[[News], None],
        build: Build,
        database: str | None = None,
    ) -> None:
        if not wanted.source.is_dir():
            hint = "sitegen init makes a new site"
            raise SiteError([Problem(str(wanted.source), None, "there is no such folder", hint)])
        self._wanted, self._asked, self._tell, self._build = wanted, address, tell, build
        self._socket: socket.socket = listen(address.host, address.port)
        host, self._port = self._socket.getsockname()[:2]
        self._local = is_loopback(host)
        try:
            self._answers = Answers(wanted.source, database, tell, f"http://{self._shown}", local=self._local)
        except BaseException:
            self._socket.close()
            raise
        self._searching = Searching(tell)
        self._server: Server | None = None
        self._stopped = threading.Event()
        self._announced = False

    @property
    def address(self) -> str:
        """`host:port`."""
        return address_of(self._socket)

    @property
    def _shown(self) -> str:
        """`host:port` for all who can see it."""
        return self.address if self._local else outer_address_of(self._socket)

    def run(self) -> None:
        """Serve until the end."""
        self._address = self._shown
        with _promptly():
            asyncio.run(self._main())
        self._tell(Ended())

    def stop(self) -> None:
        """End `run`, from any thread."""
        self._stopped.set()
        if self._server is not None:
            self._server.should_exit = True

    async def _main(self) -> None:
        rebuilder = Rebuilder(self._wanted, self._build, tell=self._heard)
        events = Events(rebuilder.preview)
        rebuilder.connect(
            busy=_in_loop(events.busy),
            show=_in_loop(events.show),
            glimpse=_in_loop(events.glimpse),
            looked_at=events.looked_at,
        )
        watcher = Watcher(self._wanted.source, rebuilder.changed)
        app = create_app(events, self._answers, self._searching.file, local=self._local)
        self._server = Server(app, PATIENCE, events.end)
        self._server.should_exit = self._stopped.is_set()
        self._watch(watcher)
        rebuilder.start()
        try:
            await self._server.serve(sockets=[self._socket])
        finally:
            watcher.stop()
            await asyncio.to_thread(rebuilder.stop)
            await asyncio.to_thread(self._searching.stop)
            self._answers.close()

    def _watch(self, watcher: Watcher) -> None:
        watcher.start()
        if watcher.polls:
            message = "the system can watch no more folders: looking for changes every second instead"
            hint = "raise fs.inotify.max_user_watches to have them at once"
            self._tell(Remark(Problem(".", None, message, hint, severity="note")))

    def _heard(self, news: News) -> None:
        """Pass on what the rebuilder tells; with the first of it comes where the site is."""
        self._tell(news)
        if not self._announced and isinstance(news, Rebuilt | Broken):
            self._announced = True
            self._tell(self._serving(news))
        if isinstance(news, Rebuilt):
            self._searching.follow(news.report)
            self._answers.follow(news.report.site)

    def _serving(self, news: Rebuilt | Broken) -> Serving:
        base = news.report.site.config.baseurl if isinstance(news, Rebuilt) else ""
        taken = PORT if self._asked.port is None and self._port != PORT else None
        return Serving(f"http://{self._address}{base}/", taken, public=not self._local)


@contextmanager
def _promptly() -> Iterator[None]:
    """Let nobody wait for a build that is going on, nor for Python's collector: the rebuilder calls that one."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        sys.setswitchinterval(usual)


def _in_loop(function: Callable[..., None]) -> Callable[..., None]:
    """The same function, to be called from other threads."""
    loop = asyncio.get_running_loop()

    def call(*arguments: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(partial(function, *arguments))

    return call
