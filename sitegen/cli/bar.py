"""How far the making of pictures, bodies or pages is, on a terminal, where it takes longer than a moment."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TextIO

SECONDS = 1.0  # before it is shown
_PAUSE = 0.1  # seconds between two states of it
_CELLS = 24


class Bar:
    """One line that is written over, and gone at the end. Nothing is written where nobody watches."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._watched = stream.isatty()
        self._started = self._written = 0.0
        self._shown = False

    def show(self, what: str, done: int, total: int) -> None:
        """So many are made, of so many; 0 begins something else."""
        if not self._watched:
            return
        now = self._clock()
        if not done:
            self._started = self._written = now
        elif done == total and self._shown:
            self._write("\r\x1b[2K")
            self._shown = False
        elif done < total and now - self._started >= SECONDS and now - self._written >= _PAUSE:
            self._write(f"\r\x1b[2K{_line(what, done, total, now - self._started)}")
            self._written, self._shown = now, True

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _line(what: str, done: int, total: int, seconds: float) -> str:
    full, rate = _CELLS * done // total, done / seconds
    left = (total - done) / rate
    shown = f"{left / 60:.0f} min" if left >= 99.5 else f"{left:.0f} s"
    return f"{what:<8} {'━' * full}{'─' * (_CELLS - full)} {done}/{total}, {rate:.{0 if rate >= 10 else 1}f}/s, {shown}"
