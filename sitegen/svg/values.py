"""What an attribute or a style sheet of an SVG may say: nothing that leads out of the picture."""

from __future__ import annotations

import re

from sitegen.svg.allowed import EMBEDDED, LINKED, PICTURE_TYPES

_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")  # browsers look past these in a scheme
_WEB = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_DATA = re.compile(r"data:(" + "|".join(map(re.escape, PICTURE_TYPES)) + r");base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_ADDRESS = re.compile(r"url\s*\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_FETCHING = re.compile(
    r"@import|@font-face|@namespace|(?:image-set|image|src|cross-fade|element|paint)\s*\(", re.IGNORECASE
)
_RUNNING = re.compile(r"expression\s*\(|javascript\s*:|vbscript\s*:|-moz-binding|behavior\s*:", re.IGNORECASE)


def is_address_allowed(address: str, element: str) -> bool:
    """Whether an `href` may stay: a part of the picture itself; of a link an address; of an image its own bytes."""
    plain = _IGNORED.sub("", address)
    if plain.startswith("#") or not plain:
        return True
    if element in EMBEDDED:
        return _DATA.fullmatch(address.strip()) is not None
    return element in LINKED and (_WEB.match(plain) is not None or not re.match(r"[^/?#]*:", plain))


def is_style_allowed(text: str) -> bool:
    """Whether a style, or the value of an attribute, names nothing outside the picture and runs nothing."""
    plain = _COMMENT.sub("", _unescaped(_COMMENT.sub("", text)))
    if _FETCHING.search(plain) or _RUNNING.search(plain) or "<" in plain:
        return False
    whole = _ADDRESS.sub("", plain)
    inside = all(_IGNORED.sub("", address).startswith("#") for _, address in _ADDRESS.findall(plain))
    return inside and not re.search(r"url\s*\(", whole, re.IGNORECASE)


def _unescaped(text: str) -> str:
    """CSS escapes as the signs that they mean: `\\75rl(` is `url(`."""

    def sign(match: re.Match[str]) -> str:
        number = int(match[1], 16) if match[1] else 0
        return (chr(number) if 0 < number < 0x110000 else "\ufffd") if match[1] else match[2]

    return _ESCAPE.sub(sign, text)
