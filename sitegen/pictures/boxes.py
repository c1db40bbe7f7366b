"""AVIF without what its camera tells: each byte stays in its place, and what does not show the picture is zero.

ISO/IEC 14496-12 (boxes, items and where they are), 23008-12 (their properties). Where a picture lies on its side is
a property, not EXIF.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_TOP = frozenset((b"ftyp", b"meta", b"moov", b"mdat"))
_META = frozenset((b"hdlr", b"pitm", b"iloc", b"iinf", b"iref", b"iprp", b"idat", b"grpl", b"dinf"))
_ITEMS = frozenset((b"av01", b"grid", b"iovl", b"iden", b"tmap", b"hvc1"))
_PROPERTIES = frozenset(
    b"ispe pixi av1C hvcC colr irot imir clap pasp auxC a1op a1lx lsel clli mdcv cclv amve reve ndwt".split()
)
_TELLING = frozenset((b"udta", b"meta", b"uuid", b"free", b"skip"))  # within the track of a moving picture
_TRACKS = frozenset((b"trak", b"mdia", b"minf", b"stbl"))
_TIMES = frozenset((b"mvhd", b"tkhd", b"mdhd"))  # when it was made
_NOTHING = b"free"


@dataclass(frozen=True)
class _Box:
    """Where one box begins, where its content does, and where it ends."""

    name: bytes
    start: int
    begin: int
    end: int


def stripped_boxes(data: bytes) -> bytes:
    """An AVIF without metadata, as long as it was or shorter. Raises ValueError, struct.error."""
    top = [*_boxes(data, 0, len(data))]
    moving = any(box.name == b"moov" for box in top)
    made = bytearray(top[-1].end if top else 0)
    for box in top:
        _open(made, data, box, _TOP)
        if box.name == b"ftyp" or (box.name == b"mdat" and moving):
            _copy(made, data, box.begin, box.end)
        elif box.name == b"moov":
            _tracks(made, data, box)
    for box in top:
        if box.name == b"meta":
            _meta(made, data, box)
        elif box.name == b"moov":
            for meta in _metas(data, box):  # what is not shown of a moving picture stands among its frames
                for start, end in _items(data, meta, shown=False):
                    made[start:end] = bytes(len(made[start:end]))
    return bytes(made)


def _boxes(data: bytes, at: int, most: int) -> Iterator[_Box]:
    """The boxes between two places, as far as they are whole."""
    while at + 8 <= most:
        size, name = struct.unpack_from(">I4s", data, at)
        begin = at + 8
        if size == 1:
            (size,), begin = struct.unpack_from(">Q", data, begin), begin + 8
        end = at + size if size else most
        if not begin <= end <= most:
            return
        yield _Box(name, at, begin, end)
        at = end


def _open(made: bytearray, data: bytes, box: _Box, kept: frozenset[bytes]) -> None:
    """Write the head of a box; one that is not kept is nothing from now on."""
    _copy(made, data, box.start, box.begin)
    if box.name not in kept:
        made[box.start + 4 : box.start + 8] = _NOTHING


def _copy(made: bytearray, data: bytes, start: int, end: int) -> None:
    if not 0 <= start <= end <= len(made):
        raise ValueError("it is cut short or damaged")
    made[start:end] = data[start:end]


def _tracks(made: bytearray, data: bytes, box: _Box) -> None:
    for inner in _boxes(data, box.begin, box.end):
        if inner.name in _TELLING:
            _open(made, data, inner, frozenset())
            continue
        _copy(made, data, inner.start, inner.begin if inner.name in _TRACKS else inner.end)
        if inner.name in _TRACKS:
            _tracks(made, data, inner)
        elif inner.name in _TIMES:
            long = 16 if data[inner.begin] else 8
            made[inner.begin + 4 : inner.begin + 4 + long] = bytes(long)


def _meta(made: bytearray, data: bytes, meta: _Box) -> None:
    """The description of the picture's items, and the bytes of those that are shown."""
    _copy(made, data, meta.begin, meta.begin + 4)
    for box in _boxes(data, meta.begin + 4, meta.end):
        _open(made, data, box, _META)
        if box.name == b"iprp":
            _properties(made, data, box)
        elif box.name in _META - {b"idat"}:
            _copy(made, data, box.begin, box.end)
        if box.name == b"iinf":
            for _, kind, at, end in _kinds(data, box):
                if kind not in _ITEMS:
                    made[at:end] = _NOTHING + bytes(end - at - 4)
    for start, end in _items(data, meta, shown=False):
        made[start:end] = bytes(len(made[start:end]))
    for start, end in _items(data, meta, shown=True):
        _copy(made, data, start, end)


def _metas(data: bytes, box: _Box) -> Iterator[_Box]:
    for inner in _boxes(data, box.begin, box.end):
        if inner.name == b"meta":
            yield inner
        elif inner.name in _TRACKS:
            yield from _metas(data, inner)


def _items(data: bytes, meta: _Box, *, shown: bool) -> Iterator[tuple[int, int]]:
    """Where bytes of items begin and end: of those that are shown, or of all others."""
    inner = {box.name: box for box in _boxes(data, meta.begin + 4, meta.end)}
    if b"iinf" in inner and b"iloc" in inner:
        kinds = {number: kind for number, kind, _, _ in _kinds(data, inner[b"iinf"])}
        for number, start, end in _places(data, inner[b"iloc"], inner.get(b"idat")):
            if (kinds.get(number) in _ITEMS) == shown:
                yield start, end


def _properties(made: bytearray, data: bytes, iprp: _Box) -> None:
    for box in _boxes(data, iprp.begin, iprp.end):
        if box.name != b"ipco":
            _copy(made, data, box.start, box.end)
            continue
        _copy(made, data, box.start, box.begin)
        for one in _boxes(data, box.begin, box.end):
            _open(made, data, one, _PROPERTIES)
            if one.name in _PROPERTIES:
                _copy(made, data, one.begin, one.end)


def _kinds(data: bytes, iinf: _Box) -> Iterator[tuple[int, bytes, int, int]]:
    """Number and kind of each item, and from where to where its kind and its name are written."""
    for box in _boxes(data, iinf.begin + (8 if data[iinf.begin] else 6), iinf.end):
        version = data[box.begin]
        if box.name != b"infe" or version < 2:  # versions 0 and 1 know no kinds, and no AVIF has them
            raise ValueError("what it is made of cannot be told")
        order, at = (">H", box.begin + 8) if version == 2 else (">I", box.begin + 10)
        (number,) = struct.unpack_from(order, data, box.begin + 4)
        yield number, data[at : at + 4], at, box.end


_WIDTHS: Mapping[int, str] = {0: "", 4: "I", 8: "Q"}


def _places(data: bytes, iloc: _Box, idat: _Box | None) -> Iterator[tuple[int, int, int]]:
    """Number of an item, and where bytes of it begin and end (`iloc`)."""
    at, version = iloc.begin, data[iloc.begin]
    sizes, more = data[at + 4], data[at + 5]
    offset, length, base = (_WIDTHS[size] for size in (sizes >> 4, sizes & 15, more >> 4))
    index = _WIDTHS[more & 15] if version in (1, 2) else ""
    if not length:
        raise ValueError("where its parts end cannot be told")
    wide = "I" if version == 2 else "H"
    (count,) = struct.unpack_from(f">{wide}", data, at + 6)
    at += 6 + struct.calcsize(f">{wide}")
    head = f">{wide}{'H' if version in (1, 2) else ''}H{base}H"
    for _ in range(count):
        found = struct.unpack_from(head, data, at)
        at += struct.calcsize(head)
        method = found[1] & 15 if version in (1, 2) else 0
        if method > 1 or (method == 1 and idat is None):
            raise ValueError("where its parts are cannot be told")
        start = (found[-2] if base else 0) + (idat.begin if method and idat else 0)
        for _ in range(found[-1]):
            extent = struct.unpack_from(f">{index}{offset}{length}", data, at)
            at += struct.calcsize(f">{index}{offset}{length}")
            begin = start + (extent[-2] if offset else 0)
            yield found[0], begin, begin + extent[-1]
