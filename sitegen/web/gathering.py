"""What an answer is written to: head and body leave together, where both are there in one turn of the event loop."""

from __future__ import annotations

import asyncio
from typing import Protocol


class Transport(Protocol):
    """What is written to, as asyncio has it."""

    def write(self, data: bytes) -> None:
        """Send a piece."""
        ...

    def is_closing(self) -> bool:
        """Whether it is closed, or will be."""
        ...

    def close(self) -> None:
        """Send what waits, and close."""
        ...


class Gathering:
    """Stands before a transport for one answer: a piece waits for the next, until the turn is over.

    Each write is a call of the system, and two of them took longer than all else that the server does for an answer.
    """

    def __init__(self, transport: Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._held = b""

    def write(self, data: bytes) -> None:
        """Hold a first piece, and write it with the second."""
        if not self._held:
            self._held = data
            self._loop.call_soon(self.flush)
        else:
            held, self._held = self._held, b""
            self._transport.write(held + data)

    def flush(self) -> None:
        """Write what is held."""
        held, self._held = self._held, b""
        if held and not self._transport.is_closing():
            self._transport.write(held)

    def is_closing(self) -> bool:
        """Whether it is closed, or will be."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Write what is held, and close."""
        self.flush()
        self._transport.close()
