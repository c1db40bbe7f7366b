"""Whose turn it is to write: SQLite lets writers wait in no order, and one of many might starve."""

from __future__ import annotations

import threading


class Turn:
    """A lock that nobody gets twice in a row while another waits: Python's own goes to whoever asks first again."""

    def __init__(self) -> None:
        self._next, self._mine = threading.Lock(), threading.Lock()

    def __enter__(self) -> None:
        """Wait for it."""
        with self._next:  # whoever has this gets the other as soon as it is free
            self._mine.acquire()

    def __exit__(self, *_: object) -> None:
        """Let the next one have it."""
        self._mine.release()
