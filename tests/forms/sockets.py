"""Requests to the byte, on sockets of our own."""

from __future__ import annotations

import socket


def connect(address: str, seconds: float = 10.0) -> socket.socket:
    """A connection to a server at `http://…`."""
    host, _, port = address.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=seconds)


def head(*lines: str, path: str = "/f/chicago") -> bytes:
    """The head of a post that wants JSON, with these lines more."""
    common = (f"POST {path} HTTP/1.1", "Host: localhost", "Accept: application/json")
    return "\r\n".join((*common, "Content-Type: application/x-www-form-urlencoded", *lines, "", "")).encode()


def talk(address: str, *pieces: bytes) -> bytes:
    """Say this, and listen until the other side closes."""
    with connect(address) as connection:
        for piece in pieces:
            connection.sendall(piece)
        return heard(connection)


def heard(connection: socket.socket) -> bytes:
    """All that comes until the end of the connection."""
    answer = b""
    while part := connection.recv(65536):
        answer += part
    return answer
