"""Texts as they come from a disk (UTF-8, any line ends, with or without a BOM), and the signs that nobody sees."""

from __future__ import annotations

import os
from pathlib import Path

from sitegen.errors import Problem, SiteError
from sitegen.marked import Malformed, problem_at
from sitegen.patterns import regex

MOST_BYTES = 20_000_000  # of one text
# What a terminal would obey, what turns the direction of writing or hides itself; tabs and line ends aside, and the
# joiners U+200C and U+200D, which words of some scripts need.
UNSEEN = regex(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def read_text(path: Path, name: str) -> str:
    """The text of a file, with line ends as \\n and without a BOM. Raises `SiteError` naming `name`."""
    try:
        data = read_limited(path)
    except OSError as error:
        raise SiteError([Problem(name, None, f"cannot be read: {error.strerror}")]) from error
    except Malformed as error:
        raise SiteError([Problem(name, None, error.message, error.hint)]) from error
    try:
        return decode(data)
    except Malformed as error:
        text = lines_of(data.decode("cp1252", "replace"))
        raise SiteError([problem_at(name, text, error.line, error.message, error.hint)]) from error


def read_limited(path: str | Path) -> bytes:
    """The bytes of a text. Raises `Malformed` for more than a text can have, OSError if it cannot be read."""
    with open(path, "rb", buffering=0) as file:
        room = min(os.fstat(file.fileno()).st_size, MOST_BYTES) + 1
        data = file.read(room) or b""
        while room <= len(data) <= MOST_BYTES and (more := file.read(1 << 20)):  # it has grown, or tells no size
            data += more
    if len(data) > MOST_BYTES:
        message = f"more than {MOST_BYTES // 1_000_000} MB, which is no text"
        raise Malformed(message, 1, "what readers download belongs into static/")
    return data


def decode(data: bytes) -> str:
    """UTF-8 with any line ends, with or without a BOM. Raises `Malformed` with the line of the first wrong byte."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (0 in data[:2] and 0 in data[2:4] and any(data[:4])):
        raise Malformed("the file is UTF-16", 1, "save it as UTF-8")
    try:
        text = data.decode().lstrip("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        guess = data[error.start : error.start + 1].decode("cp1252", "replace")
        hint = f'save the file as UTF-8 (in Windows-1252 that byte is "{guess}")' if guess != "\ufffd" else ""
        line = before.count(b"\n") + 1
        raise Malformed(f"not UTF-8: byte 0x{data[error.start]:02x}", line, hint or "save it as UTF-8") from error
    return lines_of(text)


def lines_of(text: str) -> str:
    """The text with every line end as \\n."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
