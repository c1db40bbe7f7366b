"""Who may read more than whether all is well: names of forms, numbers, the place of the database."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from sitegen.web.hosts import host_of, is_loopback, is_passed_on

TOKEN = "SITEGEN_METRICS_TOKEN"


def may_read(peer: str, headers: Mapping[str, str], token: str) -> bool:
    """Whether a request comes with the token; where none is set, from this machine, and through no proxy on it.

    `headers` are by name in lower case. A proxy that says nothing of itself is known by the name it was called by.
    """
    if token:
        return hmac.compare_digest(headers.get("authorization", "").encode(), f"Bearer {token}".encode())
    return not is_passed_on(headers) and is_loopback(peer) and is_loopback(host_of(headers.get("host", "")))
