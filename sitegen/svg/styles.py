"""What a style sheet or an attribute of an SVG may say in CSS: nothing that leads out of the picture.

The text is cut into tokens as CSS Syntax Level 3 (section 4) does it, strings, comments and escapes with it. What is
not closed, or stands in none of the lists, is in doubt, and what is in doubt is left out whole: where browsers differ
on a token, it is none of those that are known here.
"""

from __future__ import annotations

import re

from sitegen.svg.allowed import AT_RULES, FONT_TYPES, FUNCTIONS, PICTURE_TYPES

# Every repetition is possessive, and what does not fit ends the reading: the work grows as the text does.
_ESCAPE = r"\\(?:[0-9a-fA-F]{1,6}+[ \t\n]?|[^\n0-9a-fA-F]|\Z)"
_NAME = rf"(?:[-0-9A-Za-z_\x80-\U0010ffff]++|{_ESCAPE})++"
_STRING = r""""(?:[^"\\\n]++|\\.)*+"|'(?:[^'\\\n]++|\\.)*+'"""
_TOKEN = re.compile(
    rf"""(?P<comment> /\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/ )
    | (?P<string> {_STRING} )
    | (?P<hash> \#{_NAME} )
    | @(?P<rule> {_NAME} )
    | (?P<name> {_NAME} ) (?P<call> \( )?
    | (?P<doubt> /\* | ["'\\] )""",
    re.VERBOSE | re.DOTALL,
)
_ADDRESS = re.compile(rf"[ \t\n]*+(?P<address>{_STRING}|(?:[^\"'()\\ \t\n\x7f]++|{_ESCAPE})*+)[ \t\n]*+\)", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|(.?))", re.DOTALL)
_BREAKS = re.compile(r"\r\n?|\f")
_HARMLESS = re.compile(r"[^(@\\\"'/]*+")  # neither a function, a rule, a string, a comment nor an escape begins here
_DATA = re.compile(
    rf"data:(?:{'|'.join(map(re.escape, (*PICTURE_TYPES, *FONT_TYPES)))})(?:;charset=utf-8)?;base64,[A-Za-z0-9+/=]*+",
    re.IGNORECASE,
)


def doubt_in(text: str) -> str:
    """What in the text could lead out of the picture, as an author would know it again; "" for nothing."""
    if _HARMLESS.fullmatch(text):
        return ""
    text, at = _BREAKS.sub("\n", text), 0
    while (token := _TOKEN.search(text, at)) is not None:
        at = token.end()
        if token["doubt"]:
            return f"a {token['doubt']} that is not closed"
        if token["rule"] and (name := _plain(token["rule"])) not in AT_RULES:
            return f"@{name[:40]}"
        if not token["call"] or (name := _plain(token["name"])) in FUNCTIONS:
            continue
        address = _ADDRESS.match(text, at) if name == "url" else None
        if address is None or not _is_inside(address["address"]):
            return f"{name[:40]}()"
        at = address.end()
    return ""


def _plain(name: str) -> str:
    return _unescaped(name).lower()


def _is_inside(address: str) -> bool:
    """Whether it means a part of the picture, or has the bytes of a picture or font in itself."""
    plain = _unescaped(address[1:-1] if address[:1] in ("'", '"') else address).strip(" \t\n")
    return plain.startswith("#") or _DATA.fullmatch(plain) is not None


def _unescaped(text: str) -> str:
    """CSS escapes as the signs that they mean: `\\75rl` is `url`."""
    return _ESCAPED.sub(_sign, text) if "\\" in text else text


def _sign(match: re.Match[str]) -> str:
    if not match[1]:
        return "" if match[2] == "\n" else match[2]  # a string goes on behind the end of its line
    number = int(match[1], 16)
    return chr(number) if 0 < number < 0xD800 or 0xDFFF < number < 0x110000 else "\ufffd"
