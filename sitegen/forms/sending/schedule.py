"""When a delivery that failed is tried again. Pure functions; chance comes in.

The waits are those that the Standard Webhooks specification recommends; mail does well with them too. They add up to a
little more than three days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sitegen.forms.notices import Delivery

WAITS = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)  # seconds after the first, second … failure
JITTER = 0.2  # of a wait, at most, is added: what failed together must not come back together
MOST_WAIT = 86_400.0  # seconds that a server may ask us to stay away (Retry-After)


def next_attempt(delivery: Delivery, now: datetime, chance: Callable[[], float], asked: float = 0) -> datetime | None:
    """When to try again after an attempt that failed, or None to give up. `chance` gives 0 to 1.

    `asked` is how many seconds the other side wants to be left alone; it makes a wait longer, never shorter. Attempts
    that ended with our own process count too: so nothing is given up before its days are over, however many there were.
    """
    over = delivery.attempts > len(WAITS)
    if over and now - delivery.created >= timedelta(seconds=sum(WAITS)):
        return None
    wait = WAITS[min(delivery.attempts, len(WAITS)) - 1] * (1 + JITTER * chance())
    return now + timedelta(seconds=max(wait, min(asked, MOST_WAIT)))
