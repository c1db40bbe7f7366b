"""What a picture is by its first bytes. They are read once: an unchanged picture is not opened again."""

from __future__ import annotations

import os

from sitegen.content.readings import Remembered
from sitegen.dimensions import HEAD, Dimensions, dimensions_of, kind_of
from sitegen.frozen import dataclass
from sitegen.model.content import Asset


@dataclass(frozen=True)
class Head:
    """What a file begins as: a kind of picture, or None; and how large it is, if that can be read."""

    kind: str | None
    dimensions: Dimensions | None


class Heads:
    """The heads of pictures, by the digests of these; `remembered` has those that earlier builds have read."""

    def __init__(self, remembered: Remembered) -> None:
        self._remembered = remembered
        self._known: dict[str, Head] = {}

    def of(self, asset: Asset) -> Head:
        """The head of a file. Raises `OSError` where it cannot be read."""
        if asset.digest not in self._known:
            self._known[asset.digest] = self._recalled(asset.digest) or self._read(asset)
        return self._known[asset.digest]

    def _recalled(self, digest: str) -> Head | None:
        row = (self._remembered.get(digest) or "").split()
        if len(row) != 3 or not (row[1].isdecimal() and row[2].isdecimal()):
            return None
        kind, width, height = row[0], int(row[1]), int(row[2])
        return Head(None if kind == _NONE else kind, Dimensions(kind, width, height) if width and height else None)

    def _read(self, asset: Asset) -> Head:
        with open(asset.file, "rb") as file:
            head = Head(kind_of(file.read(HEAD)), None)
            if head.kind is not None:
                file.seek(0)
                head = Head(head.kind, dimensions_of(file))
            is_same = os.fstat(file.fileno()).st_mtime == asset.modified  # as when its digest was made
        if is_same:
            size = (head.dimensions.width, head.dimensions.height) if head.dimensions else (0, 0)
            self._remembered.put(asset.digest, f"{head.kind or _NONE} {size[0]} {size[1]}")
        return head


_NONE = "-"
