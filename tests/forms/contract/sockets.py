"""Requests to the byte, on sockets of our own."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.forms.contract.processes import Program


def connect(program: Program, seconds: float = 10.0) -> socket.socket:
    """A connection to the program."""
    host, _, port = program.address.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=seconds)


def head(form: str, *lines: str) -> bytes:
    """The head of a post that wants JSON, with these lines more."""
    common = (f"POST /f/{form} HTTP/1.1", "Host: localhost", "Accept: application/json")
    return "\r\n".join((*common, "Content-Type: application/x-www-form-urlencoded", *lines, "", "")).encode()


def talk(program: Program, *pieces: bytes, seconds: float = 10.0) -> bytes:
    """Say this, and listen until the other side closes."""
    with connect(program, seconds) as connection:
        for piece in pieces:
            connection.sendall(piece)
        return heard(connection)


def heard(connection: socket.socket) -> bytes:
    """All that comes until the end of the connection."""
    answer = b""
    while part := connection.recv(65536):
        answer += part
    return answer


def memory(program: Program) -> int:
    """The bytes of memory that the program holds at the moment."""
    return _kilobytes(program, "VmRSS") * 1024


def peak(program: Program) -> int:
    """The most bytes of memory since `forget_peak`."""
    return _kilobytes(program, "VmHWM") * 1024


def forget_peak(program: Program) -> None:
    """Measure the peak from now on."""
    Path(f"/proc/{program.pid}/clear_refs").write_text("5")


def _kilobytes(program: Program, name: str) -> int:
    lines = Path(f"/proc/{program.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))
