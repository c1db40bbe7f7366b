"""Digests: what decides whether two things are the same."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path


def digest_of(*parts: str | bytes) -> str:
    """A digest (32 hexadecimal signs) of some texts, each told apart from the next."""
    total = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def digest_of_file(file: str | Path) -> str:
    """As `digest_of` the file's bytes, but read in pieces. Raises `OSError`."""
    with open(file, "rb") as stream:
        total = blake2b(os.fstat(stream.fileno()).st_size.to_bytes(8, "big"), digest_size=16)
        while piece := stream.read(1 << 20):
            total.update(piece)
    return total.hexdigest()
