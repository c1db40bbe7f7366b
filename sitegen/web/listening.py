"""The socket: the port that was asked for, or else the first free one from 4000 on."""

from __future__ import annotations

import errno
import socket

from sitegen.errors import SitegenError, UsageError

PORT = 4000  # Jekyll's
TRIES = 100


class Refused(SitegenError):
    """There is no listening there: the message says why."""


def listen(host: str, port: int | None) -> socket.socket:
    """A listening socket. Without a port it is 4000, or the next one that is free. Raises `Refused`, `UsageError`."""
    family, address = _resolved(host)
    candidates = range(PORT, PORT + TRIES) if port is None else (port,)
    for candidate in candidates:
        try:
            return _bound(family, address, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise Refused(f"cannot listen on {host}, port {candidate}: {error.strerror}") from error
        except OverflowError as error:
            raise UsageError(f"there is no port {candidate}: ports go up to 65535") from error
    if port is None:
        raise Refused(f"all ports from {PORT} to {PORT + TRIES - 1} are taken: name another with --port")
    raise Refused(f"port {port} is taken: end what listens there, or name another with --port (0: any that is free)")


def _resolved(host: str) -> tuple[socket.AddressFamily, str]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise Refused(f'there is no host "{host}" on this computer') from error
    family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return family, str(address[0])


def _bound(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left may be used again
        made.bind((address, port))
        made.listen(128)
    except BaseException:
        made.close()
        raise
    return made


def address_of(made: socket.socket) -> str:
    """`host:port` as a browser on this computer writes it."""
    host, port = made.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
