"""How often: a limit on posts in a window of time, counted in memory. The clock comes in.

A log of our own, not the `limits` library: its moving window in memory is as exact, but it reads the clock itself,
and forgets keys only when they expire: here the clock comes in, and memory is bounded whatever comes. What its other
storages offer, one count for several receivers, needs one more server; with several of them each counts by itself.
"""

from __future__ import annotations

import re
from collections import OrderedDict, deque
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

MOST_KEYS = 20_000  # about 40 MB when every one of them is at a limit of 20
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_RATE = re.compile(r"(\d+)\s*/\s*(second|minute|hour|day)")


@dataclass(frozen=True)
class Rate:
    """So many posts in a window."""

    count: int
    window: timedelta


def parse_rate(text: str) -> Rate | None:
    """The rate that `receive.rate_limit` and `receive.form_rate_limit` mean; None for "off". Raises ValueError.

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
        posts = self._of(key)
        # A clock that was set back must not lock anybody out: what seems to lie ahead is forgotten too.
        while posts and not timedelta(0) <= now - posts[0] < rate.window:
            posts.popleft()
        if len(posts) < rate.count:
            posts.append(now)
            return 0
        return max(1, ceil((posts[0] + rate.window - now).total_seconds()))

    def take_back(self, key: tuple[str, str], moment: datetime) -> None:
        """Count it no more, as if it had not been posted at that moment."""
        with suppress(ValueError):  # forgotten already
            self._of(key).remove(moment)

    def _of(self, key: tuple[str, str]) -> deque[datetime]:
        """The posts of a key, to be added to; those that were quiet longest make room."""
        posts = self._posts.setdefault(key, deque())
        self._posts.move_to_end(key)
        while len(self._posts) > self._most:
            self._posts.popitem(last=False)
        return posts
