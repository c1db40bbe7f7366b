"""What was made, as bytes or where it stands on the disk already."""

from __future__ import annotations

import os

from sitegen.frozen import dataclass


@dataclass(frozen=True)
class Written:
    """The bytes of a file, which stay as they are for the rest of the build; `modified` is its time in nanoseconds."""

    place: str
    size: int
    modified: int

    def read(self) -> bytes:
        """The bytes. Raises `OSError`."""
        with open(self.place, "rb") as file:
            return file.read()


Data = bytes | Written


def written(place: str) -> Written:
    """A file that is there. Raises `OSError`."""
    found = os.lstat(place)
    return Written(place, found.st_size, found.st_mtime_ns)


def bytes_of(data: Data | None) -> bytes:
    """The bytes, wherever they are. Raises `OSError`."""
    return data.read() if isinstance(data, Written) else data or b""


def size_of(data: Data | None) -> int:
    """How many bytes it is."""
    return data.size if isinstance(data, Written) else len(data or b"")
