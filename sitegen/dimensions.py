"""How large a picture is, by the first bytes of its file. Nothing is decoded."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from sitegen.frozen import dataclass
from sitegen.patterns import regex

ENDINGS = (".jpg", ".jpeg", ".jfif", ".png", ".apng", ".gif", ".webp", ".avif", ".svg")
HEAD = 32  # bytes, by which a picture is known
_MOST_PARTS = 2_000  # of one file
_ORIENTATION = 0x0112
_SVG_BYTES = 65_536
_LENGTH = regex(r"\s*\+?(\d+(?:\.\d+)?)(px)?\s*")


@dataclass(frozen=True)
class Dimensions:
    """What a file of pictures is, and its width and height in CSS pixels, turned as its camera says."""

    kind: str
    width: int
    height: int


def dimensions_of(file: BinaryIO) -> Dimensions | None:
    """The dimensions of a JPEG, PNG, GIF, WebP, AVIF or SVG; None for anything else, or what is cut off before them.

    Of an SVG only those that it gives itself, in pixels.
    """
    if (kind := kind_of(file.read(HEAD))) is None:
        return None
    file.seek(0)
    try:
        found = _KINDS[kind][1](file)
    except (struct.error, ValueError, IndexError):
        return None
    return Dimensions(kind, *found) if found is not None and min(found) > 0 else None


def kind_of(head: bytes) -> str | None:
    """What a picture is by its first bytes, `HEAD` of them, in the words of `Dimensions.kind`.

    >>> kind_of(b"GIF89a"), kind_of(b"<svg>"), kind_of(b"Dear all,")
    ('gif', 'svg', None)
    """
    return next((kind for kind, (begins, _) in _KINDS.items() if re.match(begins, head, re.DOTALL)), None)


Size = tuple[int, int]


def _png(file: BinaryIO) -> Size | None:
    file.seek(12)
    name, width, height = struct.unpack(">4sII", file.read(12))
    return (width, height) if name == b"IHDR" else None


def _gif(file: BinaryIO) -> Size:
    width, height = struct.unpack("<6xHH", file.read(10))
    return width, height


def _webp(file: BinaryIO) -> Size | None:
    head = file.read(30)
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _jpeg(file: BinaryIO) -> Size | None:
    """ITU-T T.81, B.2: segments up to the frame's; EXIF may say that the picture lies on its side."""
    file.seek(2)
    turned = False
    for _ in range(_MOST_PARTS):
        if file.read(1) != b"\xff":
            return None
        while (marker := file.read(1)) == b"\xff":
            pass
        if not marker or marker[0] in (0xD9, 0xDA):
            return None
        if marker[0] == 0x01 or 0xD0 <= marker[0] <= 0xD8:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        if 0xC0 <= marker[0] <= 0xCF and marker[0] not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">xHH", file.read(5))
            return (height, width) if turned else (width, height)
        if marker[0] == 0xE1:
            turned = orientation_in(file.read(length - 2)) > 4 or turned
        else:
            file.seek(length - 2, 1)
    return None


def orientation_in(segment: bytes) -> int:
    """How EXIF says that a picture lies (TIFF 6.0, tag 274), from 1; 0 where it says nothing."""
    order = {b"II": "<", b"MM": ">"}.get(segment[6:8])
    if not segment.startswith(b"Exif\0\0") or order is None:
        return 0
    data = segment[6:]
    try:
        (start,) = struct.unpack_from(f"{order}I", data, 4)
        (count,) = struct.unpack_from(f"{order}H", data, start)
        for at in range(start + 2, start + 2 + 12 * min(count, 200), 12):
            tag, value = struct.unpack_from(f"{order}H6xH", data, at)
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else 0
    except struct.error:
        pass
    return 0


def _avif(file: BinaryIO) -> Size | None:
    """ISO/IEC 23008-12: the size and turn among the properties of the primary item."""
    meta = next((data for name, data in _boxes(file.read(1 << 20)) if name == b"meta"), b"")[4:]
    inner = dict(_boxes(meta))
    properties = dict(_boxes(inner.get(b"iprp", b"")))
    primary = inner.get(b"pitm", b"")
    item = int.from_bytes(primary[4 : 6 if primary[:1] == b"\0" else 8], "big")
    listed = list(_boxes(properties.get(b"ipco", b"")))
    own = [listed[number - 1] for number in _associated(properties.get(b"ipma", b""), item) if number]
    size = next((struct.unpack(">II", data[4:12]) for name, data in own if name == b"ispe"), None)
    if size is None:
        return None
    turns = next((data[0] & 3 for name, data in own if name == b"irot"), 0)
    return (size[1], size[0]) if turns % 2 else (size[0], size[1])


def _associated(data: bytes, item: int) -> list[int]:
    """The numbers of an item's properties (ItemPropertyAssociation)."""
    version, wide = data[0], bool(data[3] & 1)
    at, most = 8, min(int.from_bytes(data[4:8], "big"), _MOST_PARTS)
    for _ in range(most):
        width = 2 if version == 0 else 4
        number, count = int.from_bytes(data[at : at + width], "big"), data[at + width]
        at += width + 1
        step = 2 if wide else 1
        found = [int.from_bytes(data[at + step * each : at + step * each + step], "big") for each in range(count)]
        at += step * count
        if number == item:
            return [value & (0x7FFF if wide else 0x7F) for value in found]
    return []


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    for _ in range(_MOST_PARTS):
        if at + 8 > len(data):
            return
        size, name = struct.unpack_from(">I4s", data, at)
        begin = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, begin)
            begin += 8
        end = len(data) if size == 0 else at + size
        if end < begin:
            return
        yield name, data[begin:end]
        at = end


def _svg(file: BinaryIO) -> Size | None:
    text = file.read(_SVG_BYTES).decode("utf-8", "replace")
    root = re.search(r"<svg\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", text)
    if root is None:
        return None
    given = {name: value for name, _, value in re.findall(r"([\w:-]+)\s*=\s*([\"'])(.*?)\2", root[1], re.DOTALL)}
    sizes = [_LENGTH.fullmatch(given.get(name, "")) for name in ("width", "height")]
    first, second = (round(float(match[1])) if match else 0 for match in sizes)
    return (first, second) if first and second else None


_KINDS: Mapping[str, tuple[bytes, Callable[[BinaryIO], Size | None]]] = {
    "jpeg": (rb"\xff\xd8\xff", _jpeg),
    "png": (rb"\x89PNG\r\n\x1a\n", _png),
    "gif": (rb"GIF8[79]a", _gif),
    "webp": (rb"RIFF....WEBPVP8[ LX]", _webp),
    "avif": (rb"....ftyp(?:avi[fs]|mif1|msf1|miaf)", _avif),
    "svg": (rb"(?:\xef\xbb\xbf)?\s*<(?:svg|\?xml|!--|!DOCTYPE)", _svg),
}
