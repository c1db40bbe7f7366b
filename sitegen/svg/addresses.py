"""Where an `href` of an SVG may lead."""

from __future__ import annotations

import re

from sitegen.svg.allowed import EMBEDDED, LINKED, PICTURE_TYPES

_BLANK = " \t\n\r\f"
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")  # some look past these in a scheme
_WEB = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_DATA = re.compile(r"data:(" + "|".join(map(re.escape, PICTURE_TYPES)) + r");base64,[A-Za-z0-9+/=\s]*+", re.IGNORECASE)


def is_address_allowed(address: str, element: str) -> bool:
    """Whether an `href` may stay: a part of the picture itself; of a link an address; of an image its own bytes."""
    if (bare := address.strip(_BLANK)).startswith("#") or not bare:
        return True
    if element in EMBEDDED:
        return _DATA.fullmatch(bare) is not None
    plain = _IGNORED.sub("", bare)
    return element in LINKED and (_WEB.match(plain) is not None or not re.match(r"[^/?#]*:", plain))
