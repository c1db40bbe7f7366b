"""Digests: what decides whether two things are the same. Pure functions."""

from __future__ import annotations

from hashlib import blake2b


def digest_of(*parts: str | bytes) -> str:
    """A digest (32 hexadecimal signs) of some texts, each told apart from the next."""
    total = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()
