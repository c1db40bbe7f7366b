"""Who may ask: on a loopback address, only pages that know the server by a local name.

Without this any web page could read the preview, drafts included, by giving its own host name this computer's
address (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

REFUSAL = "This preview answers to localhost only. `sitegen serve --host` opens it to others.\n"


# What those add who stand between, each in its own way.
_OF_PROXIES = {"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "x-original-host", "cdn-loop"}
_BEGIN_OF_PROXIES = ("x-forwarded", "cf-")


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this computer and nothing else."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def host_of(header: str) -> str:
    """The name in a Host header, without its port.

    >>> [host_of(h) for h in ("localhost:4000", "[::1]:80", "127.0.0.1")]
    ['localhost', '[::1]', '127.0.0.1']
    """
    name, _, port = header.rpartition(":")
    return name if name and port.isdigit() else header


def is_passed_on(headers: Iterable[str]) -> bool:
    """Whether a proxy, a tunnel or a network of caches has passed a request on, by the names of its headers.

    >>> is_passed_on(["host", "x-forwarded-proto"]), is_passed_on(["host", "accept"])
    (True, False)
    """
    return any(name in _OF_PROXIES or name.startswith(_BEGIN_OF_PROXIES) for name in map(str.lower, headers))


class LocalNamesOnly:
    """Refuses requests whose Host header is no local name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 403."""
        names = [value.decode("latin-1") for key, value in scope.get("headers", ()) if key == b"host"]
        if scope["type"] != "http" or (len(names) == 1 and is_loopback(host_of(names[0]))):
            return await self.app(scope, receive, send)
        return await PlainTextResponse(REFUSAL, 403)(scope, receive, send)
