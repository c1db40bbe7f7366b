"""One question to another site: does an address still lead somewhere? Asked politely, and of public computers only."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import quote, urljoin, urlsplit

from sitegen import __version__

TIMEOUT = 10.0  # seconds, for each step
MOST_HOPS = 5
AGENT = f"sitegen/{__version__} (link check)"
_MOVED, _FOR_GOOD = (301, 302, 303, 307, 308), (301, 308)


@dataclass(frozen=True)
class Answer:
    """What became of it: `status` of HTTP, 0 for no answer (`error` says why); `moved` is the new address for good."""

    status: int
    error: str = ""
    moved: str = ""

    @property
    def is_well(self) -> bool:
        """Whether there is something."""
        return 200 <= self.status < 400

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing, for sure: anything else may be the weather."""
        return self.status in (404, 410) or self.error == NO_HOST


NO_HOST, PRIVATE = "there is no such host", "not a public address"


def ask(url: str, *, public_only: bool = True, timeout: float = TIMEOUT) -> Answer:
    """Follow an address. HEAD first, and GET where a server does not like that."""
    at, for_good = url, True
    for _ in range(MOST_HOPS + 1):
        try:
            status, location = _status(at, public_only, timeout)
        except _Private:
            return Answer(0, PRIVATE)
        except socket.gaierror as error:
            return Answer(0, NO_HOST if error.errno == socket.EAI_NONAME else "its host cannot be looked up")
        except (OSError, HTTPException, ValueError) as error:
            return Answer(0, _said(error))
        if status not in _MOVED or not location:
            return Answer(status, "", at if for_good and at != url and status < 300 else "")
        for_good = for_good and status in _FOR_GOOD
        try:
            at = urljoin(at, location)
        except ValueError:
            return Answer(0, f"it leads to {location[:60]}")
    return Answer(0, "it leads in circles")


class _Private(Exception):
    """The address is one of a private network, which no reader can follow, and nobody should be led to ask."""


def _status(url: str, public_only: bool, timeout: float) -> tuple[int, str]:
    status, location = _once("HEAD", url, public_only, timeout)
    return (status, location) if status < 400 else _once("GET", url, public_only, timeout)


def _once(method: str, url: str, public_only: bool, timeout: float) -> tuple[int, str]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"it leads to {url[:60]}")
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    connection = (
        HTTPSConnection(host, parts.port, timeout=timeout, context=_context())
        if parts.scheme == "https"
        else HTTPConnection(host, parts.port, timeout=timeout)
    )
    try:
        connection.connect()
        if public_only and not ip_address(connection.sock.getpeername()[0].partition("%")[0]).is_global:
            raise _Private
        path = quote(parts.path or "/", safe="/~!$&'()*+,;=:@-._%")
        query = f"?{quote(parts.query, safe='/?~!$&()*+,;=:@-._%')}" if parts.query else ""
        connection.request(method, path + query, headers={"User-Agent": AGENT, "Accept": "*/*"})
        response: HTTPResponse = connection.getresponse()
        return response.status, response.getheader("Location") or ""
    finally:
        connection.close()


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _said(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLError):
        return f"no protected connection: {getattr(error, 'verify_message', '') or error.reason}"
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return str(error) or type(error).__name__
