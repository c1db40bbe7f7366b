"""Heads of requests that are refused: two readers could find different ends in them, or they are far too large.

The parser (llhttp, strict) refuses most of what is malformed by itself: blanks before a colon, folded lines, lone line
ends, two lengths that differ, a length beside a coding.
"""

from __future__ import annotations

from collections.abc import Sequence

HEAD_BYTES = 64 * 1024
HEAD_LINES = 100

Headers = Sequence[tuple[bytes, bytes]]


def wrong_with(version: str, method: bytes, url: bytes, headers: Headers) -> str:
    """Why a whole head is refused, in a few words; "" for a good one. Names of headers are in small letters.

    Host as RFC 9112 3.2 wants it; of all codings only `chunked` (6.1), and none before HTTP/1.1.
    """
    if method == b"CONNECT":
        return "no proxy"
    if version not in ("1.0", "1.1"):
        return "an unknown version"
    if len(headers) > HEAD_LINES or len(url) + sum(len(name) + len(value) for name, value in headers) > HEAD_BYTES:
        return "too large a head"
    if len(_values(headers, b"host")) not in ((1,) if version == "1.1" else (0, 1)):
        return "no host, or several"
    codings = _values(headers, b"transfer-encoding")
    if codings and ([coding.lower() for coding in codings] != [b"chunked"] or version == "1.0"):
        return "an unknown coding"
    if len(_values(headers, b"content-length")) + len(codings) > 1:
        return "several lengths"
    return ""


def without_upgrade(method: bytes, url: bytes, headers: Headers) -> bytes:
    """The same head, written anew, without the offer to speak another protocol (which only HTTP/1.1 has)."""
    tokens = b",".join(_values(headers, b"connection")).lower().split(b",")
    kept = [(name, value) for name, value in headers if name not in (b"connection", b"upgrade")]
    if b"close" in (token.strip() for token in tokens):
        kept.append((b"connection", b"close"))
    lines = [b"%s %s HTTP/1.1" % (method, url), *(b"%s: %s" % header for header in kept)]
    return b"\r\n".join([*lines, b"", b""])


def _values(headers: Headers, wanted: bytes) -> list[bytes]:
    return [value.strip() for name, value in headers if name == wanted]
