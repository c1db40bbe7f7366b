"""From which page an answer comes. Pure functions.

An allowlist keeps other people's pages from using a form; it is no defence against programs, which send what headers
they like. So a visitor who says nothing is let in: some browsers never say.
"""

from __future__ import annotations

from collections.abc import Collection


def source_of(origin: str, referer: str) -> str:
    """The origin of the page that an answer comes from: what `Origin` says, else that of `Referer`; "" if unknown."""
    return origin or "/".join(referer.split("/")[:3])


def origin_allowed(source: str, host: str, allowed: Collection[str]) -> bool:
    """Whether a page of that origin may send answers to the receiver at `host`, by an allowlist of origins.

    Without a list any may, and where nothing says whence. The page that the receiver itself shows always may; a proxy
    may have taken TLS off it, so its scheme does not count. `null` is a page that hides (in a sandbox, as a file, or by
    `no-referrer`): any page can, so it has to be in the list like another.
    """
    if not allowed or not source or source in allowed:
        return True
    scheme, _, place = source.partition("://")
    return scheme in ("http", "https") and place != "" and place == host
