"""The socket: the port that was asked for, or else the first free one from 4000 on."""

from __future__ import annotations

import errno
import socket

from sitegen.errors import SitegenError, UsageError

PORT = 4000  # Jekyll's
TRIES = 100
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_FAR = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}  # of examples (RFC 5737, RFC 3849)


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
    return _joined(_EVERYWHERE.get(host, host), port)


def outer_address_of(made: socket.socket) -> str:
    """`host:port` as a browser elsewhere writes it: where it listens everywhere, this computer's own address."""
    host, port = made.getsockname()[:2]
    own = _own_address(made.family) if host in _EVERYWHERE else ""
    return _joined(own, port) if own else address_of(made)


def _own_address(family: socket.AddressFamily) -> str:
    """The address by which this computer leaves for another network, or "" where there is none: nothing is sent."""
    far = _FAR[family]
    with socket.socket(family, socket.SOCK_DGRAM) as made:
        try:
            made.connect((far, 9))
        except OSError:
            return ""
        return str(made.getsockname()[0])


def _joined(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
