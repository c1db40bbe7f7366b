"""CSS cut into tokens, sign by sign and word for word as CSS Syntax Level 3 has it (4.3), to compare with.

Nothing here is of sitegen's; slow, and never in doubt: what the specification calls a parse error has its token, too.
"""

from __future__ import annotations

from dataclasses import dataclass

FETCHING = ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "element")


@dataclass
class _Stream:
    text: str
    at: int = 0

    def next(self, ahead: int = 0) -> str:
        return self.text[self.at + ahead : self.at + ahead + 1]

    def take(self) -> str:
        self.at += 1
        return self.text[self.at - 1 : self.at]


def addresses(css: str) -> list[str]:
    """Every address that the text could have fetched: of `url` tokens, and of strings in what takes one."""
    stream, importing = _Stream(css.replace("\r\n", "\n").replace("\r", "\n")), False
    found: list[str] = []
    functions: list[str] = []
    while stream.next():
        kind, value = _token(stream)
        if kind == "url" or (kind == "string" and (importing or any(name in FETCHING for name in functions))):
            found.append(value)
        if kind in ("function", "("):
            functions.append(value)
        if kind == ")" and functions:
            functions.pop()
        importing = (importing or (kind == "at" and value == "import")) and kind != ";"
    return found


def _token(stream: _Stream) -> tuple[str, str]:
    sign, after = stream.next(), stream.next(1)
    if sign == "/" and after == "*":
        end = stream.text.find("*/", stream.at + 2)
        stream.at = len(stream.text) if end < 0 else end + 2
        return "comment", ""
    if sign in "\"'":
        return _string(stream)
    if sign in "#@":
        stream.take()
        if sign == "#" and (_is_name(stream.next()) or _is_escape(stream)):
            return "hash", _name(stream)
        return ("at", _name(stream).lower()) if sign == "@" and _begins_name(stream) else ("delim", sign)
    if _begins_number(stream):
        return _number(stream)
    for mark in ("<!--", "-->"):
        if stream.text.startswith(mark, stream.at):
            stream.at += len(mark)
            return "mark", mark
    if _begins_name(stream):
        return _name_like(stream)
    stream.take()
    return (sign, "") if sign in "();" else ("delim", sign)


def _string(stream: _Stream) -> tuple[str, str]:
    end, value = stream.take(), ""
    while (sign := stream.next()) not in ("", end):
        if sign == "\n":
            return "bad string", ""
        if sign != "\\":
            value += stream.take()
        elif stream.next(1) in ("", "\n"):
            stream.at += 2
        else:
            stream.take()
            value += _escape(stream)
    stream.take()
    return "string", value


def _name_like(stream: _Stream) -> tuple[str, str]:
    name = _name(stream).lower()
    if stream.next() != "(":
        return "ident", name
    stream.take()
    if name != "url":
        return "function", name
    before = stream.at
    while stream.next() and stream.next() in " \t\n":
        stream.take()
    if stream.next() and stream.next() in "\"'":
        stream.at = before
        return "function", name
    return _url(stream)


def _url(stream: _Stream) -> tuple[str, str]:
    value = ""
    while (sign := stream.next()) not in ("", ")"):
        if sign in " \t\n":
            while stream.next() and stream.next() in " \t\n":
                stream.take()
            if stream.next() not in ("", ")"):
                return _bad_url(stream)
        elif sign in "\"'(\x7f" or (sign == "\\" and not _is_escape(stream)):
            return _bad_url(stream)
        else:
            stream.take()
            value += _escape(stream) if sign == "\\" else sign
    stream.take()
    return "url", value


def _bad_url(stream: _Stream) -> tuple[str, str]:
    while stream.next() not in ("", ")"):
        escape = _is_escape(stream)
        stream.take()
        if escape:
            _escape(stream)
    stream.take()
    return "bad url", ""


def _number(stream: _Stream) -> tuple[str, str]:
    if stream.next() in "+-":
        stream.take()
    while stream.next().isdecimal():
        stream.take()
    if stream.next() == "." and stream.next(1).isdecimal():
        stream.take()
        while stream.next().isdecimal():
            stream.take()
    signed = stream.next(1) and stream.next(1) in "+-"
    if stream.next() in ("e", "E") and stream.next(2 if signed else 1).isdecimal():
        stream.at += 2
        while stream.next().isdecimal():
            stream.take()
    if _begins_name(stream):
        return "dimension", _name(stream)
    return "number", ""


def _begins_number(stream: _Stream) -> bool:
    at = 1 if stream.next() in "+-" else 0
    return stream.next(at).isdecimal() or (stream.next(at) == "." and stream.next(at + 1).isdecimal())


def _begins_name(stream: _Stream) -> bool:
    at = 1 if stream.next() == "-" else 0
    sign = stream.next(at)
    if at and sign == "-":
        return True
    return (_is_name(sign) and not sign.isdecimal() and sign != "-") or _is_escape(stream, at)


def _is_name(sign: str) -> bool:
    """Signs of names as the newest draft lists them, which is fewer."""
    plain = sign.isascii() and (sign.isalnum() or sign in "-_")
    return sign != "" and (plain or (not sign.isascii() and sign not in "×÷"))


def _is_escape(stream: _Stream, ahead: int = 0) -> bool:
    return stream.next(ahead) == "\\" and stream.next(ahead + 1) != "\n"


def _name(stream: _Stream) -> str:
    value = ""
    while _is_name(stream.next()) or _is_escape(stream):
        sign = stream.take()
        value += _escape(stream) if sign == "\\" else sign
    return value


def _escape(stream: _Stream) -> str:
    digits = ""
    while len(digits) < 6 and stream.next() and stream.next() in "0123456789abcdefABCDEF":
        digits += stream.take()
    if not digits:
        return stream.take() or "\ufffd"
    if stream.next() and stream.next() in " \t\n":
        stream.take()
    number = int(digits, 16)
    return chr(number) if 0 < number < 0xD800 or 0xDFFF < number < 0x110000 else "\ufffd"
