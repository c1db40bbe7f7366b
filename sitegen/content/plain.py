"""Front matter as nearly all of it is written, read without a YAML parser in a tenth of the time.

It is `key: value` from the first column, the value being words, a quoted text, a number, a date, nothing, or a list of
such in its line or below it. Whatever is more than that is for `marked.read_yaml`, which says the same of all that is
read here (tests/content/test_plain.py): in doubt this reader gives up.
"""

from __future__ import annotations

import re
from typing import Any

from sitegen.marked import Keys, Marked

_VALUE = r"""(?:"([^"\\]*)"|'([^']*)'|((?:[^\W\d]|[0-9/(]).*?))"""
_KEYED = re.compile(rf"([A-Za-z_][A-Za-z0-9_-]{{0,60}}):(?: +(?:{_VALUE}|\[ *([^\[\]]*?) *\]))? *")
_ITEM = re.compile(rf"( *)- +{_VALUE} *")
_LISTED = re.compile(r""" *(?:"([^"\\]*)"|'([^']*)'|((?:[^\W\d_]|[0-9])[\w ./+&'-]*?)) *""")
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_TIMED = re.compile(rf"{_DAY.pattern}[Tt ]")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
_BROKEN = re.compile(r"(?:0|[1-9][0-9]{0,9})\.[0-9]{1,9}")
_NAMED = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False, "null": None}
_NAMED |= {form: value for word, value in _NAMED.items() for form in (word.capitalize(), word.upper())}


class _NotPlain(Exception):
    """There is more in it than is known here."""


def read_plain(text: str, offset: int = 0) -> Marked | None:
    """The same as `marked.read_yaml`; None for what only that can tell."""
    if not text.replace("\n", "").isprintable():
        return None
    found = _Found()
    try:
        for line, row in enumerate(text.split("\n"), start=1 + offset):
            if row.strip(" ") and not row.startswith("#"):
                found.take(row, line)
    except _NotPlain:
        return None
    return Marked(found.values, found.lines, found.words) if found.values else None


class _Found:
    """What is read so far; `list_below` is the key whose items may follow, `indent` what these begin with."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.lines: dict[Keys, int] = {}
        self.words: dict[Keys, str] = {}
        self.list_below, self.indent = "", ""

    def take(self, row: str, line: int) -> None:
        match = _KEYED.fullmatch(row)
        if match is None:
            self.item(row, line)
            return
        key, double, single, plain, listed = match.groups()
        if key in self.values:
            raise _NotPlain
        self.lines.setdefault((), line)
        self.lines[key,] = line
        self.list_below = ""
        if listed is not None:
            self.values[key] = []
            for one in listed.split(",") if listed else ():
                if (item := _LISTED.fullmatch(one)) is None:
                    raise _NotPlain
                self.append(key, item.groups(), line)
        elif double is single is plain is None:
            self.values[key] = None
            self.list_below = key
        else:
            self.values[key] = self.value((key,), double, single, plain)

    def item(self, row: str, line: int) -> None:
        """An item of a list below its key."""
        match, key = _ITEM.fullmatch(row), self.list_below
        if match is None or not key:
            raise _NotPlain
        if self.values[key] is None:
            self.values[key], self.indent = [], match[1]
        if match[1] != self.indent:
            raise _NotPlain
        self.append(key, match.groups()[1:], line)

    def append(self, key: str, parts: tuple[str | None, ...], line: int) -> None:
        keys = (key, str(len(self.values[key])))
        self.lines[keys] = line
        self.values[key].append(self.value(keys, *parts))

    def value(self, keys: Keys, double: str | None, single: str | None, plain: str | None) -> Any:
        """A scalar, by how it is written."""
        if plain is None:
            return double if double is not None else single
        if ": " in plain or " #" in plain or plain.endswith(":"):
            raise _NotPlain
        value = _NAMED.get(plain, plain) if not "0" <= plain[0] <= "9" else _numbered(plain)
        if (value is not plain and value is not None) or _TIMED.match(plain):
            self.words[keys] = plain
        return value


def _numbered(text: str) -> str | int | float:
    """What begins with a digit. With a blank in it, it is text."""
    if " " in text or _DAY.fullmatch(text):
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    if _BROKEN.fullmatch(text):
        return float(text)
    raise _NotPlain
