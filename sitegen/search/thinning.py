"""Pieces of Pagefind's index, made small where a word stands on nearly every page.

A browser fetches the piece that a word is in. Pagefind begins another one after so many places, but never within a
word: of ten thousand posts the piece with "the" has hundreds of KiB, nearly all of it the places of that one word.
Here such a word keeps as many of its places on each page, the first ones, as there is room for. It is found on the same
pages. What goes told one page full of it from another, marked it in excerpts, and found phrases in quotes with it.

A piece is CBOR (RFC 8949), packed with gzip: an array of one array of the words, each `[word, pages, variants]`; a
variant, which has accents, is `[form, pages]`; a page is `[number, places, places in metadata]`. A place counts from
the one before it; a negative number begins those of another weight.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from sitegen.collector import at_rest

MOST = 44 << 10  # bytes of a piece: two of them, and the results that are shown, have less than 100 KiB
_MOST_PLACES = 4  # of a word, on a page and of a weight
STAMP = f"3 {MOST} {_MOST_PLACES}"  # of what is done here; the number is another one whenever the code does otherwise
_SIGN = b"pagefind_dcd"
_LEVEL = 6  # of gzip: 9 takes four times as long for three bytes of a hundred


@at_rest()
def thinned(piece: bytes) -> bytes:
    """The piece in at most `MOST` bytes, or with one place on each page; as it is, if its kind is not known."""
    if len(piece) <= MOST:
        return piece
    from cbor2 import CBORError, dumps, loads

    try:
        data = gzip.decompress(piece)
        [words] = loads(data.removeprefix(_SIGN))
        written = [dumps(word) for word in words]
        start = data[: -sum(map(len, written))]
        if start + b"".join(written) != data:
            return piece
        heaviest = written.index(max(written, key=len))

        def with_places(most: int) -> bytes:
            written[heaviest] = dumps(_thin(words[heaviest], most))
            return gzip.compress(start + b"".join(written), _LEVEL, mtime=0)

        return min(_largest(with_places), piece, key=len)
    except (OSError, EOFError, zlib.error, CBORError, ValueError, TypeError, LookupError, RecursionError):
        return piece


def _largest(made: Callable[[int], bytes]) -> bytes:
    """What is made with the most places that has room, else with one. To make one takes its time: most want two."""
    best = made(2)
    if len(best) > MOST:
        return made(1)
    for places in range(3, _MOST_PLACES + 1):
        larger = made(places)
        if len(larger) > MOST:
            break
        best = larger
    return best


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
