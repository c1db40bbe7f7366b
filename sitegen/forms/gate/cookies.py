"""The cookie of a session. Pure functions.

Over HTTPS its name begins with `__Host-`: the browser takes it from this host alone, for all of it, and over HTTPS only
(draft-ietf-httpbis-rfc6265bis, 4.1.3.2). Over plain HTTP that cannot be, so its name is another, and neither counts
for the other.
"""

from __future__ import annotations

import re
from datetime import timedelta

NAME = "sitegen-inbox"
KEPT = timedelta(days=180)  # much longer than a session: who has signed in once is known by it at the next time


def cookie_name(*, https: bool) -> str:
    """The name of the cookie."""
    return f"__Host-{NAME}" if https else NAME


def set_cookie(value: str, *, https: bool) -> str:
    """The header that has a browser keep a session. When it ends the session says itself."""
    life = int(KEPT.total_seconds())
    secure = "; Secure" if https else ""
    return f"{cookie_name(https=https)}={value}; Path=/; Max-Age={life}; HttpOnly; SameSite=Strict{secure}"


def cookie_in(header: str, *, https: bool) -> str:
    """The session that a `Cookie` header holds; "" if it holds none, or two of them.

    Several headers have been joined by commas, and no value of ours has one.
    """
    pairs = (pair.strip().partition("=") for pair in re.split("[;,]", header))
    found = [value for name, _, value in pairs if name == cookie_name(https=https)]
    return found[0] if len(found) == 1 else ""
