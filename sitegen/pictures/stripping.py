"""A picture without what its camera tells of its owner: EXIF with its places, XMP, comments. No pixel changes.

What a picture is shown by is kept, by lists of it, and all else goes: also what stands behind the picture's end.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping

from sitegen.dimensions import orientation_in
from sitegen.pictures.boxes import stripped_boxes

_PNG = frozenset(  # PNG, third edition
    b"IHDR PLTE IDAT IEND tRNS bKGD sBIT pHYs acTL fcTL fdAT gAMA cHRM sRGB iCCP cICP mDCV mDCv cLLI cLLi".split()
)
_WEBP = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))  # RFC 9649
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")  # how often a GIF goes round
_BARE = frozenset((0x00, 0x01, *range(0xD0, 0xD9)))  # markers of JPEG without a segment
_IN_JPEG = frozenset((*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD)) - {0xC8}  # frames, tables, intervals
_AFTER_SCAN = re.compile(rb"\xff+[^\xff\x00\xd0-\xd7]")


def stripped(data: bytes, kind: str) -> bytes:
    """The bytes without metadata. Raises ValueError where it cannot be told what is metadata.

    A photo that lies on its side says so still.
    """
    try:
        return _STRIPPED[kind](data)
    except (KeyError, struct.error, IndexError) as error:
        raise ValueError("it is cut short or damaged") from error


def _jpeg(data: bytes) -> bytes:
    """Up to the end of the first picture (ITU-T T.81, B.2): a telephone puts others behind it, with EXIF of theirs."""
    parts, at, turn = [b"\xff\xd8"], 2, 1
    while (at := data.find(b"\xff", at)) >= 0:
        marker = data[at + 1]
        if marker == 0xD9:
            parts.append(b"\xff\xd9")
            break
        if marker == 0xFF or marker in _BARE:  # bytes that fill
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        body, at = data[at + 4 : at + 2 + length], at + 2 + length
        if marker == 0xE1:
            turn = orientation_in(body) or turn
        elif (kept := _segment(marker, body)) is not None:
            parts.append(struct.pack(">BBH", 0xFF, marker, len(kept) + 2) + kept)
        if marker == 0xDA:
            end = match.start() if (match := _AFTER_SCAN.search(data, at)) else len(data)
            parts.append(data[at:end])
            at = end
    if turn != 1:
        parts.insert(1, _turned(turn))
    return b"".join(parts)


def _segment(marker: int, body: bytes) -> bytes | None:
    """What is kept of a segment: also JFIF without a small picture, Adobe's transform, the profile of colours."""
    if marker in _IN_JPEG or marker == 0xDA or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0")):
        return body
    if marker == 0xE0 and body.startswith(b"JFIF\0"):
        return body[:12] + b"\0\0"
    return body[:12] if marker == 0xEE and body.startswith(b"Adobe") else None


def _turned(orientation: int) -> bytes:
    """EXIF that tells nothing but this."""
    tiff = b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) + b"\0\0\0\0"
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: bytes) -> bytes:
    parts, at, name = [data[:8]], 8, b""
    while name != b"IEND" and at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if name in _PNG:
            parts.append(data[at : at + length + 12])
        at += length + 12
    return b"".join(parts)


def _webp(data: bytes) -> bytes:
    """The flags that say that EXIF and XMP are there go, too."""
    (length,) = struct.unpack_from("<I", data, 4)
    body = b"WEBP" + b"".join(_riff(data, 12, min(len(data), 8 + length)))
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _riff(data: bytes, at: int, most: int) -> Iterator[bytes]:
    """The chunks that are kept between two places; of a frame, those in it."""
    while at + 8 <= most:
        name, length = struct.unpack_from("<4sI", data, at)
        body, at = data[at + 8 : min(most, at + 8 + length)], at + 8 + length + length % 2
        if name == b"VP8X":
            body = bytes([body[0] & ~0b1100]) + body[1:10]
        elif name == b"ANMF":
            body = body[:16] + b"".join(_riff(body, 16, len(body)))
        if name in _WEBP:
            yield name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _gif(data: bytes) -> bytes:
    """GIF89a: no comments, no texts, nothing of applications but how often it goes round."""
    at = 13 + _colours(data[10])
    parts = [data[:at]]
    while data[at : at + 1] in (b"!", b","):
        start, is_image = at, data[at] == 0x2C
        at += 11 + _colours(data[at + 9]) if is_image else 2
        body = at
        while length := data[at]:
            at += length + 1
        at += 1
        loops = data[start + 1] == 0xFF and data[body + 1 : body + 12] in _LOOPS
        if is_image or data[start + 1] == 0xF9 or loops:
            parts.append(data[start:at])
    return b"".join((*parts, b";"))


def _colours(flags: int) -> int:
    """The bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


_STRIPPED: Mapping[str, Callable[[bytes], bytes]] = {
    "jpeg": _jpeg,
    "png": _png,
    "gif": _gif,
    "webp": _webp,
    "avif": stripped_boxes,
}
