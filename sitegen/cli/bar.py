"""How far the making of pictures is, on a terminal, where it takes longer than a moment."""

from __future__ import annotations

from time import monotonic
from typing import TextIO

SECONDS = 1.0  # before it is shown
_CELLS = 24


class Bar:
    """One line that is written over, and gone at the end. Nothing is written where nobody watches."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._started = stream, monotonic()
        self._shown = False

    def show(self, done: int, total: int) -> None:
        """So many are made, of so many."""
        if not done:
            self._started = monotonic()
        if not self._stream.isatty() or monotonic() - self._started < SECONDS:
            return
        full = _CELLS * done // total
        line = f"Pictures {'━' * full}{'─' * (_CELLS - full)} {done}/{total}"
        if done == total:
            line = "\x1b[2K" if self._shown else ""
        self._stream.write(f"\r{line}\r" if done == total else f"\r{line}")
        self._stream.flush()
        self._shown = True
