"""How long a visitor had the page before they sent it. Pure functions of what they say themselves, which may be
absent, nonsense or a lie: then nothing is known.
"""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import datetime

_LONGEST = 1000  # signs; the clients of Formspree send about 60


def seconds_on_page(stay: str, session: str, now: datetime) -> float | None:
    """Seconds from the page to the answer; None if that is not known.

    `stay` are the milliseconds that our page's script counted, by a clock that nobody sets. `session` is the header
    `Formspree-Session-Data` of Formspree's clients, with the moment of the visitor's clock at which the page was
    loaded. That clock may be wrong: what seems to lie ahead of ours is not believed, and one that is slow makes a
    visit longer, which does nobody harm. Whether a program drives the browser (`webdriver`) does not matter.
    """
    if stay.isascii() and stay.isdigit() and len(stay) < 12:
        return int(stay) / 1000
    loaded = _loaded_at(session)
    seconds = None if loaded is None else now.timestamp() - loaded / 1000
    return seconds if seconds is not None and seconds >= 0 else None


def _loaded_at(session: str) -> float | None:
    """The milliseconds since 1970 in `base64({"loadedAt": …, "webdriver": …})`."""
    if not 0 < len(session) < _LONGEST:
        return None
    try:
        loaded = json.loads(b64decode(session))["loadedAt"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if isinstance(loaded, bool) or not isinstance(loaded, int | float):
        return None
    return float(loaded) if 0 < loaded < 1e14 else None
