"""What a large build has rendered, on disk until it is published: memory holds no more than a part of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MOST_HELD = 8_000_000  # bytes that stay in memory: few sites have more, and no build of one edited post


@dataclass(frozen=True)
class Spooled:
    """Some bytes of a file that is open."""

    file: int
    start: int
    size: int

    def read(self) -> bytes:
        """The bytes. Raises OSError."""
        parts, at = [], self.start
        while at < self.start + self.size:
            part = os.pread(self.file, self.start + self.size - at, at)
            if not part:
                raise OSError(f"{self.start + self.size - at} bytes of what was rendered are gone")
            parts.append(part)
            at += len(part)
        return b"".join(parts)


Data = bytes | Spooled


def bytes_of(data: Data | None) -> bytes:
    """The bytes, wherever they are. Raises OSError."""
    return data.read() if isinstance(data, Spooled) else data or b""


def size_of(data: Data | None) -> int:
    """How many bytes it is."""
    return data.size if isinstance(data, Spooled) else len(data or b"")


class Spool:
    """One build's. Where the file cannot be written, all stays in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._held, self._end = folder, 0, 0
        self._file: int | None = None
        self._is_full = not hasattr(os, "pread")  # threads read, each where it likes

    def put(self, data: bytes) -> Data:
        """The data, or where it is now."""
        if self._is_full or self._held + len(data) <= MOST_HELD:
            self._held += len(data)
            return data
        try:
            return self._written(data)
        except OSError:  # publishing tells that the disk is full
            self._is_full = True
            return data

    def _written(self, data: bytes) -> Spooled:
        if self._file is None:
            self._file = _nameless(self._folder)
        start, rest = self._end, memoryview(data)
        while rest:
            self._end += (written := os.pwrite(self._file, rest, self._end))
            rest = rest[written:]
        return Spooled(self._file, start, len(data))

    def close(self) -> None:
        """The file goes, with all that is in it."""
        if self._file is not None:
            os.close(self._file)


def _nameless(folder: Path) -> int:
    """A file that no name leads to, so that nothing is left of it whatever ends the build. Raises OSError."""
    place = folder / f"spool-{os.getpid()}"
    place.unlink(missing_ok=True)
    file = os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
    place.unlink()
    return file


@contextmanager
def spooling(folder: Path) -> Iterator[Spool]:
    """A spool in a folder, while a build goes on."""
    spool = Spool(folder)
    try:
        yield spool
    finally:
        spool.close()
