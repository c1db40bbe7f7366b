"""Bodies to the byte, as browsers and those who mean harm send them."""

from __future__ import annotations

from typing import Any

Part = tuple[str | bytes, ...]  # name and text; or name, file name and content

NO_FILE: Part = ("cv", "", b"")  # what a browser sends when no file was chosen


def raw(content: str | bytes, kind: str, **more: str) -> dict[str, Any]:
    """A body of that kind, for httpx."""
    return {"content": content, "headers": {"Content-Type": kind, **more}}


def urlencoded(content: str | bytes, **more: str) -> dict[str, Any]:
    """A form, written as it is on the wire."""
    return raw(content, "application/x-www-form-urlencoded", **more)


def as_json(content: str | bytes, **more: str) -> dict[str, Any]:
    """JSON, written as it is on the wire."""
    return raw(content, "application/json", **more)


def multipart(*parts: Part, end: str = "--X--\r\n") -> dict[str, Any]:
    """A form with files, whose names stand in it as they are."""
    body = b"".join(b"--X\r\n" + _head(part) + b"\r\n\r\n" + _bytes(part[-1]) + b"\r\n" for part in parts)
    return raw(body + end.encode(), "multipart/form-data; boundary=X")


def _head(part: Part) -> bytes:
    head = b'Content-Disposition: form-data; name="' + _bytes(part[0]) + b'"'
    if len(part) == 3:
        head += b'; filename="' + _bytes(part[1]) + b'"\r\nContent-Type: application/octet-stream'
    return head


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
