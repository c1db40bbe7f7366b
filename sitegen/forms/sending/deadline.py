"""A limit for a whole conversation: a socket's own timeout counts anew with every byte that drips in."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Protocol


class Connected(Protocol):
    """What holds a socket once it is connected; another one when TLS begins."""

    sock: socket.socket | None


@contextmanager
def deadline(connection: Connected, seconds: float) -> Iterator[None]:
    """Cut the connection after so many seconds: whoever reads from it then meets its end."""
    timer = Timer(seconds, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: Connected) -> None:
    with suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)
