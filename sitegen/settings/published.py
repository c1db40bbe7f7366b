"""Kinds of what decides about published bytes: smaller files, and how many bytes a page may have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from sitegen import shapes
from sitegen.errors import MissingExtra
from sitegen.marked import Origin
from sitegen.patterns import regex
from sitegen.settings.kinds import Kind, Lacking, Wrong, some_of
from sitegen.settings.particular import truth_with_extra
from sitegen.shapes import either, string

PACKED: Mapping[str, str] = {"gz": "", "br": "brotli", "zst": "zstandard"}  # ending → the package that packs, if any
_UNITS = {"": 1, "b": 1, "kb": 1000, "kib": 1024, "mb": 1_000_000, "mib": 1024**2}
_SIZE = regex(r"(\d{1,9}(?:\.\d{1,3})?)\s?([a-z]{0,3})", re.IGNORECASE)


MINIFY = truth_with_extra(
    "smaller HTML and CSS", "minify", ("lightningcss", "minify_html"), "everything is published as it is"
)


def _compress(value: Any, origin: Origin) -> tuple[str, ...]:
    """Brotli and Zstandard need an extra."""
    names: tuple[str, ...] = _PACKINGS.check(value, origin)
    for at, name in enumerate(names):
        if PACKED[name] and find_spec(PACKED[name]) is None:
            missing = MissingExtra(f"`.{name}`", "compress")
            raise Lacking(f'cannot have "{name}"', missing, '["gz"] can be had', origin.at(at))
    return names


_PACKINGS = some_of(*PACKED)
COMPRESS = Kind(_compress, _PACKINGS.shape)


def _size(value: Any, _: Origin) -> int:
    """Bytes."""
    match = _SIZE.fullmatch(str(value).strip()) if not isinstance(value, bool) else None
    if match is None or match[2].lower() not in _UNITS:
        raise Wrong(f'is no size: "{value}"', 'write it as "150 kB", or as a number of bytes')
    if isinstance(value, str) and not match[2]:
        raise Wrong(f'is a size without its unit: "{value}"', f'write it as "{value.strip()} kB"')
    return round(float(match[1]) * _UNITS[match[2].lower()])


SIZE = Kind(
    _size,
    either(
        shapes.whole(0, 999_999_999), string(r"^\s*\d{1,9}(\.\d{1,3})?\s?[kKmM]?[iI]?[bB]\s*$", examples=["150 kB"])
    ),
)
