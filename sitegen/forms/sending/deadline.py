"""A limit for a whole conversation: a socket's own timeout counts anew with every byte that drips in."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Protocol

AGAIN_SECONDS = 0.2


class Connected(Protocol):
    """What holds a socket once it is connected; another one when TLS begins."""

    sock: socket.socket | None


@contextmanager
def deadline(connection: Connected, seconds: float) -> Iterator[None]:
    """Cut the connection after so many seconds: whoever reads from it then meets its end.

    And again, as long as it lasts: there may have been no socket yet, or one that TLS was just taking over.
    """
    over = Event()
    thread = Thread(target=_cut, args=(connection, seconds, over), name="sitegen-deadline", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()


def _cut(connection: Connected, seconds: float, over: Event) -> None:
    while not over.wait(seconds):
        seconds = AGAIN_SECONDS
        with suppress(OSError):
            if connection.sock is not None:
                connection.sock.shutdown(socket.SHUT_RDWR)
