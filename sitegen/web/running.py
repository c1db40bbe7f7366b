"""The server that `serve` and `receive` run: quiet, trusting no header, and ending cleanly."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Generator
from dataclasses import replace
from time import monotonic
from types import FrameType
from typing import Any

import uvicorn

from sitegen.web.connections import Configuration
from sitegen.web.watch import Limits, Watch

RESERVED_FILES = 100  # for the database, the site's files, the program itself
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Server(uvicorn.Server):
    """uvicorn under limits. The first signal is a wish, the second ends the process at once.

    `patience` is how many seconds answers under way have to come to an end; `ending` is called at the wish, and
    for `drain` seconds more the server goes on as before, so that whoever shares requests out can look elsewhere.
    """

    def __init__(
        self,
        app: Any,
        patience: int,
        ending: Callable[[], None] = lambda: None,
        limits: Limits | None = None,
        drain: float = 0,
    ) -> None:
        limits = limits or Limits()
        most = max(1, min(limits.connections, most_files() - RESERVED_FILES))
        self._watch = Watch(replace(limits, connections=most), monotonic)
        # Its own access log would hold addresses and queries; its own reading of X-Forwarded-For would trust
        # whoever connects from this machine. What it warns of is counted by the watch.
        configuration = Configuration(
            app,
            self._watch,
            ws="none",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=int(limits.idle) + 1,
            timeout_graceful_shutdown=patience,
        )
        super().__init__(configuration)
        self._ending, self._drain = ending, drain
        self._wished = False
        self._last_moment: float | None = None  # when it stops to listen; None while nobody wishes that

    def connections(self) -> int:
        """How many are open."""
        return len(self.server_state.connections)

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether to stop listening."""
        if self._wished and self._last_moment is None:
            self._tell_end()
        if self._last_moment is not None and monotonic() >= self._last_moment:
            self.should_exit = True
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say that the end has come, then take no more and finish what was begun."""
        if self._last_moment is None:
            self._tell_end()
        await super().shutdown(sockets)
        self._watch.report()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """End at SIGINT and SIGTERM; uvicorn would raise them again afterwards, and the exit code be theirs."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {kind: signal.signal(kind, self.handle_exit) for kind in SIGNALS}
        try:
            yield
        finally:
            for kind, handler in before.items():
                signal.signal(kind, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Whoever asks twice does not want to wait: what was acknowledged is on the disk."""
        if self._wished:
            signal.signal(sig, signal.SIG_DFL)
            signal.raise_signal(sig)
        self._wished = True

    def _tell_end(self) -> None:
        self._last_moment = monotonic() + self._drain
        self._ending()


def most_files() -> int:
    """How many files the process may have open, after asking for as many as it can get."""
    try:
        import resource
    except ImportError:  # Windows
        return 512
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):  # some systems allow less than they say
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft = hard
    return soft if soft != resource.RLIM_INFINITY else 1_000_000
