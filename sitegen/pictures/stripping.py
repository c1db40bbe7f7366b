"""A picture without what its camera tells of its owner: EXIF with its places, XMP, comments. No pixel changes."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping

from sitegen.dimensions import orientation_in

_TOLD_PNG = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}


def stripped(data: bytes, kind: str) -> bytes:
    """The bytes without metadata; as they are for kinds that are not known here, or where something is broken.

    A photo that lies on its side says so still.
    """
    strip = _STRIPPED.get(kind)
    try:
        return data if strip is None else strip(data)
    except (struct.error, IndexError, ValueError):
        return data


def _jpeg(data: bytes) -> bytes:
    """Of the segments before the picture, those that change how it looks: no APP1 (EXIF, XMP), APP13, comments.

    The profile of colours (APP2) and Adobe's transform (APP14) stay.
    """
    parts, at, turn = [data[:2]], 2, 1
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        marker, (length,) = data[at + 1], struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + length]
        if marker == 0xE1:
            turn = orientation_in(segment[4:]) or turn
        elif marker == 0xE2 and segment[4:8] == b"MPF\0":  # where other pictures are that go with the rest
            pass
        elif not (marker == 0xFE or 0xE3 <= marker <= 0xED or marker == 0xEF):
            parts.append(segment)
        at += 2 + length
    if turn != 1:
        parts.insert(1, _turned(turn))
    end = data.rfind(b"\xff\xd9")
    return b"".join([*parts, data[at : end + 2 if end > at else len(data)]])


def _turned(orientation: int) -> bytes:
    """EXIF that tells nothing but this."""
    tiff = b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) + b"\0\0\0\0"
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: bytes) -> bytes:
    return data[:8] + b"".join(chunk for name, chunk in _chunks(data, 8, ">") if name not in _TOLD_PNG)


def _webp(data: bytes) -> bytes:
    """EXIF and XMP go, and the flags that say that they are there."""
    parts = []
    for name, chunk in _chunks(data, 12, "<"):
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~0b1100]) + chunk[9:]
        if name not in (b"EXIF", b"XMP "):
            parts.append(chunk)
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunks(data: bytes, at: int, order: str) -> Iterator[tuple[bytes, bytes]]:
    """Name and all bytes of each chunk, of PNG (`>`) or of RIFF (`<`)."""
    while at + 8 <= len(data):
        if order == ">":
            (length,), name = struct.unpack_from(">I", data, at), data[at + 4 : at + 8]
            end = at + length + 12
        else:
            name, (length,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
            end = at + 8 + length + length % 2
        yield name, data[at:end]
        at = end


_STRIPPED: Mapping[str, Callable[[bytes], bytes]] = {"jpeg": _jpeg, "png": _png, "webp": _webp}
