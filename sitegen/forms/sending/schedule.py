"""When a delivery that failed is tried again. Pure functions; chance comes in.

The waits are those that the Standard Webhooks specification recommends; mail does well with them too. They add up to a
little more than three days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

WAITS = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)  # seconds after the first, second … failure
JITTER = 0.2  # of a wait, at most, is added: what failed together must not come back together
MOST_WAIT = 86_400.0  # seconds that a server may ask us to stay away (Retry-After)


def next_attempt(attempts: int, now: datetime, chance: Callable[[], float], asked: float = 0) -> datetime | None:
    """When to try again after so many attempts, or None to give up. `chance` gives 0 to 1.

    `asked` is how many seconds the other side wants to be left alone; it makes a wait longer, never shorter.

    >>> noon = datetime(2026, 5, 6, 12)
    >>> next_attempt(1, noon, lambda: 0.0).isoformat(), next_attempt(10, noon, lambda: 0.0)
    ('2026-05-06T12:00:05', None)
    """
    if attempts > len(WAITS):
        return None
    wait = WAITS[attempts - 1] * (1 + JITTER * chance())
    return now + timedelta(seconds=max(wait, min(asked, MOST_WAIT)))
