"""Who is asking, how often, and whether a person wrote it. No input or output; time comes in.

Judged spam is stored with its reason and answered like any other: a robot should not learn what gave it away,
and a person whose browser filled the hidden field must not be lost.

The rate limit is a log of our own, not the `limits` library: ten lines, exact (never 40 in a minute round the
turn of a window), with memory that is bounded, and the clock comes in.
"""

from __future__ import annotations

import re
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from math import ceil

from sitegen.forms.description import HONEYPOT

MOST_KEYS = 20_000  # about 40 MB when every one of them is at a limit of 20
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_RATE = re.compile(r"(\d+)\s*/\s*(second|minute|hour|day)")


@dataclass(frozen=True)
class Rate:
    """So many posts in a window."""

    count: int
    window: timedelta


def parse_rate(text: str) -> Rate | None:
    """The rate that `receive.rate_limit` means; None for "off". Raises ValueError.

    >>> parse_rate("20/minute").count
    20
    """
    if text.strip() == "off":
        return None
    match = _RATE.fullmatch(text.strip())
    if match is None or int(match[1]) < 1:
        raise ValueError(f'"{text}" is no rate: write it as "20/minute", or "off"')
    return Rate(int(match[1]), timedelta(seconds=_UNITS[match[2]]))


class RateLimiter:
    """Remembers, in memory only, when each key posted; the keys that were quiet longest are forgotten."""

    def __init__(self, most_keys: int = MOST_KEYS) -> None:
        self._most = most_keys
        self._posts: OrderedDict[tuple[str, str], deque[datetime]] = OrderedDict()

    def wait(self, key: tuple[str, str], rate: Rate, now: datetime) -> int:
        """Count a post: 0 if it may pass, else the seconds until one may. Refused posts do not count."""
        posts = self._posts.setdefault(key, deque())
        self._posts.move_to_end(key)
        while len(self._posts) > self._most:
            self._posts.popitem(last=False)
        # A clock that was set back must not lock anybody out: what seems to lie ahead is forgotten too.
        while posts and not timedelta(0) <= now - posts[0] < rate.window:
            posts.popleft()
        if len(posts) < rate.count:
            posts.append(now)
            return 0
        return max(1, ceil((posts[0] + rate.window - now).total_seconds()))


def client_address(peer: str, forwarded: str, trusted: Sequence[str]) -> str:
    """The address to count by: the peer, or what trusted proxies say; an IPv6 address is its /64.

    `forwarded` is X-Forwarded-For. It is read from the right, as each proxy appends whom it saw; the first
    that is no trusted proxy is the client, and whatever stands left of it may be forged.
    """
    address = _address(peer)
    for hop in reversed(forwarded.split(",")) if forwarded else ():
        if address is None or not _is_trusted(address, tuple(trusted)):
            break
        before = _address(hop)
        if before is None:
            break
        address = before
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address) if address else peer


def _address(text: str) -> IPv4Address | IPv6Address | None:
    text = text.strip()
    if match := re.fullmatch(r"\[([^\]]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+", text):
        text = match[1] or match[2]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_trusted(address: IPv4Address | IPv6Address, trusted: tuple[str, ...]) -> bool:
    return any(address in network for network in map(_network, trusted) if network.version == address.version)


_network = lru_cache(partial(ip_network, strict=False))  # as the configuration takes them: 10.0.0.1/8


def origin_allowed(origin: str, referer: str, host: str, allowed: Sequence[str]) -> bool:
    """Whether a post may come from that page: always without an allowlist, and where nothing says whence.

    `Origin` decides, else the origin in `Referer`. The page that the receiver itself shows is always allowed.
    """
    source = origin or "/".join(referer.split("/")[:3])
    if not allowed or not source:
        return True
    return source in allowed or source.partition("://")[2] == host


def verdict(special: Mapping[str, str]) -> str:
    """Why a post is spam, or ""."""
    if special.get(HONEYPOT, "").strip():
        return "the hidden field that only robots fill was filled in"
    return ""
