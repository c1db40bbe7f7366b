"""Pieces of Pagefind's index, made small where a word stands on nearly every page.

A browser fetches the piece that a word is in. Pagefind begins another one after so many places, but never within a
word: of ten thousand posts the piece with "the" has hundreds of KiB, nearly all of it the places of that one word.
Here such a word keeps as many of its places on each page, the first ones, as there is room for. It is found on the same
pages. What goes told one page full of it from another, marked it in excerpts, and found phrases in quotes with it.

A piece is CBOR (RFC 8949), packed with gzip: an array of the words, each `[word, pages, variants]`; a variant, which
has accents, is `[form, pages]`; a page is `[number, places, places in metadata]`. A place counts from the one before
it; a negative number begins those of another weight.
"""

from __future__ import annotations

import gc
import gzip
import zlib
from collections.abc import Sequence
from typing import Any

MOST = 44 << 10  # bytes of a piece: two of them, and the results that are shown, have less than 100 KiB
_MOST_PLACES = 4  # of a word, on a page and of a weight
STAMP = f"1 {MOST} {_MOST_PLACES}"  # of what is done here; the number is another one whenever the code does otherwise
_SIGN = b"pagefind_dcd"
_NUMBER, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4  # kinds of what CBOR holds
_SHORT = 24  # a number below it stands in the head
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}  # bytes of a number that stands behind its head


def thinned(piece: bytes) -> bytes:
    """The piece in at most `MOST` bytes, or with one place on each page; as it is, if its kind is not known."""
    if len(piece) <= MOST:
        return piece
    usual = gc.isenabled()
    gc.disable()  # to look through so many small lists takes longer than to make them
    try:
        data = gzip.decompress(piece)
        word, start, end = _heaviest(data)
        made = piece
        for places in range(_MOST_PLACES, 0, -1):
            made = gzip.compress(data[:start] + _written(_thin(word, places)) + data[end:], mtime=0)
            if len(made) <= MOST:
                break
        return made
    except (OSError, EOFError, zlib.error, ValueError, TypeError, LookupError, RecursionError):
        return piece
    finally:
        if usual:
            gc.enable()


def _heaviest(data: bytes) -> tuple[Any, int, int]:
    """The word that takes most bytes, and where it begins and ends. Raises `ValueError`."""
    kind, one, at = _head(data, len(_SIGN))
    inner, count, at = _head(data, at)
    if not data.startswith(_SIGN) or (kind, one, inner) != (_ARRAY, 1, _ARRAY):
        raise ValueError
    found = []
    for _ in range(count):
        word, end = _read(data, at)
        found.append((word, at, end))
        at = end
    if at != len(data):
        raise ValueError
    return max(found, key=lambda one: one[2] - one[1])


def _thin(word: Any, places: int) -> Any:
    """The word with the first places of each page alone."""
    text, pages, variants = word
    return [text, _thin_pages(pages, places), [[form, _thin_pages(some, places)] for form, some in variants]]


def _thin_pages(pages: Any, places: int) -> list[Any]:
    return [[number, _first(known, places), meta] for number, known, meta in pages]


def _first(known: Sequence[int], most: int) -> Sequence[int]:
    """The first places of each weight."""
    if len(known) <= most:
        return known
    found: list[int] = []
    count = 0
    for place in known:
        count = count + 1 if place >= 0 else 0
        if count <= most:
            found.append(place)
    return found


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """What begins here: its kind, its number or length, and where that ends."""
    kind, number = data[at] >> 5, data[at] & 31
    if number < _SHORT:
        return kind, number, at + 1
    end = at + 1 + _WIDTHS[number]
    return kind, int.from_bytes(data[at + 1 : end]), end


def _read(data: bytes, at: int) -> tuple[Any, int]:
    """What stands here, and where it ends."""
    kind, number, at = _head(data, at)
    if kind == _NUMBER:
        return number, at
    if kind == _NEGATIVE:
        return -1 - number, at
    if kind == _TEXT:
        return data[at : at + number].decode(), at + number
    if kind != _ARRAY:
        raise ValueError
    found: list[Any] = []
    for _ in range(number):
        if (value := data[at]) < _SHORT:  # as nearly all of them
            at += 1
        else:
            value, at = _read(data, at)
        found.append(value)
    return found, at


def _written(value: Any) -> bytes:
    """The same as CBOR, in as few bytes as can be."""
    made = bytearray()
    _write(value, made)
    return bytes(made)


def _write(value: Any, made: bytearray) -> None:
    if isinstance(value, int):
        _write_head(_NUMBER if value >= 0 else _NEGATIVE, value if value >= 0 else -1 - value, made)
    elif isinstance(value, str):
        text = value.encode()
        _write_head(_TEXT, len(text), made)
        made += text
    else:
        _write_head(_ARRAY, len(value), made)
        for one in value:
            if type(one) is int and 0 <= one < _SHORT:  # as nearly all of them
                made.append(one)
            else:
                _write(one, made)


def _write_head(kind: int, number: int, made: bytearray) -> None:
    if number < _SHORT:
        made.append(kind << 5 | number)
        return
    mark, width = next((mark, width) for mark, width in _WIDTHS.items() if number < 1 << 8 * width)
    made.append(kind << 5 | mark)
    made += number.to_bytes(width)
