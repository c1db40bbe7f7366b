"""From which page an answer comes. A pure function."""

from __future__ import annotations

from collections.abc import Sequence


def origin_allowed(origin: str, referer: str, host: str, allowed: Sequence[str]) -> bool:
    """Whether a post may come from that page: always without an allowlist, and where nothing says whence.

    `Origin` decides, else the origin in `Referer`. The page that the receiver itself shows is always allowed.
    """
    source = origin or "/".join(referer.split("/")[:3])
    if not allowed or not source:
        return True
    return source in allowed or source.partition("://")[2] == host
