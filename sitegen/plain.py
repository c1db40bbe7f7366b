"""YAML as authors write nearly all of it, read without a parser in a tenth of the time.

It is `key: value`, the value being words, a quoted text, a number, a date, nothing, lists and mappings of such in one
line, or what stands further in below the key. Whatever is more than that is for `marked.read_yaml`, which says the same
of all that is read here (tests/content/test_plain.py): in doubt this reader gives up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sitegen.marked import Keys, Marked

MOST_DEPTH = 8
_KEY = r"([A-Za-z_][A-Za-z0-9_-]{0,60}):"
_QUOTED = r""""([^"\\]*)" *|'([^']*)' *"""
_VALUE = rf"""(?:{_QUOTED}|((?:[A-Za-z0-9_/(;]|(?!\d)[^\x00-\x7f]|<[A-Za-z/]).*|\.))"""
_PLAIN = r"""[^\x00-\x1f!"#$%()*,:;=?@\[\\\]^`{|}~\x7f]"""  # named by what is not: that compiles ten times as fast
_WITHIN = rf"""(?:{_QUOTED}|((?:[A-Za-z0-9]|(?!\d)[^\x00-\x7f]|<[A-Za-z/]){_PLAIN}*))"""
_KEYED = re.compile(rf"( *){_KEY}(?: +(?:{_VALUE}|\[([^\[\]]*)\]|\{{(.*)\}}))?")  # rows end in no blank
_ITEM = re.compile(rf"( *)- +{_VALUE}")
_LISTED = re.compile(_WITHIN)
_PAIR = re.compile(rf"{_KEY} +{_WITHIN}(?:, *(?=[A-Za-z_])|\Z)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_TIMED = re.compile(rf"{_DAY.pattern}[Tt ]")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
_BROKEN = re.compile(r"(?:0|[1-9][0-9]{0,9})\.[0-9]{1,9}")
_NAMED = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False, "null": None}
_NAMED |= {form: value for word, value in _NAMED.items() for form in (word.capitalize(), word.upper())}
_UNPRINTED = dict.fromkeys(map(ord, "\n\xa0\u202f\u2066\u2069"))  # what French and Arabic words have in them


class _NotPlain(Exception):
    """There is more in it than is known here."""


def read_plain(text: str, offset: int = 0) -> Marked | None:
    """The same as `marked.read_yaml`; None for what only that can tell."""
    if not text.replace("\n", "").isprintable() and not text.translate(_UNPRINTED).isprintable():
        return None
    found = _Found()
    try:
        for line, row in enumerate(text.split("\n"), start=1 + offset):
            if (row := row.rstrip(" ")) and not row.startswith("#"):
                found.take(row, line)
    except _NotPlain:
        return None
    return Marked(found.values, found.lines, found.words) if found.values else None


@dataclass
class _Level:
    """A mapping whose rows begin at one column; `empty` is its last key, as long as it has no value, and `listed` is
    that with a list below it, whose items begin behind `indent`.
    """

    column: int
    keys: Keys
    values: dict[str, Any] = field(default_factory=dict)
    empty: str = ""
    listed: str = ""
    indent: str = ""


class _Found:
    """What is read so far."""

    def __init__(self) -> None:
        self.lines: dict[Keys, int] = {}
        self.words: dict[Keys, str] = {}
        self.values: dict[str, Any] = {}
        self.levels = [_Level(0, (), self.values)]

    def take(self, row: str, line: int) -> None:
        """One row that is not blank."""
        match = _KEYED.fullmatch(row)
        if match is None:
            self.item(row, line)
            return
        indent, key, double, single, plain, listed, mapped = match.groups()
        level = self.level(len(indent))
        if key in level.values:
            raise _NotPlain
        keys = (*level.keys, key)
        self.lines.setdefault((), line)
        self.lines[keys] = line
        level.empty = level.listed = ""
        if listed is not None:
            level.values[key] = self.listed(keys, listed, line)
        elif mapped is not None:
            level.values[key] = self.mapped(keys, mapped, line)
        elif double is single is plain is None:
            level.values[key], level.empty = None, key
        else:
            level.values[key] = self.value(keys, double, single, plain)

    def level(self, column: int) -> _Level:
        """The mapping that a row which begins there is of: one that is open, or one below a key without a value."""
        while column < self.levels[-1].column:
            self.levels.pop()
        level = self.levels[-1]
        if column > level.column:
            if not level.empty or len(self.levels) > MOST_DEPTH:
                raise _NotPlain
            level.values[level.empty] = {}
            self.levels.append(_Level(column, (*level.keys, level.empty), level.values[level.empty]))
            level.empty = ""
        return self.levels[-1]

    def item(self, row: str, line: int) -> None:
        """An item of a list below its key."""
        match = _ITEM.fullmatch(row)
        if match is None:
            raise _NotPlain
        while len(match[1]) < self.levels[-1].column:
            self.levels.pop()
        level = self.levels[-1]
        if level.empty:
            level.values[level.empty] = []
            level.listed, level.indent, level.empty = level.empty, match[1], ""
        if not level.listed or match[1] != level.indent:
            raise _NotPlain
        self.append((*level.keys, level.listed), level.values[level.listed], match.groups()[1:], line)

    def listed(self, keys: Keys, text: str, line: int) -> list[Any]:
        found: list[Any] = []
        for one in text.split(",") if (text := text.strip(" ")) else ():
            if (item := _LISTED.fullmatch(one.strip(" "))) is None:
                raise _NotPlain
            self.append(keys, found, item.groups(), line)
        return found

    def append(self, keys: Keys, found: list[Any], parts: tuple[str | None, ...], line: int) -> None:
        keys = (*keys, str(len(found)))
        self.lines[keys] = line
        found.append(self.value(keys, *parts))

    def mapped(self, keys: Keys, text: str, line: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        text, at = text.strip(" "), 0
        while at < len(text):
            pair = _PAIR.match(text, at)
            if pair is None or pair[1] in found:
                raise _NotPlain
            key, double, single, plain = pair.groups()
            self.lines[*keys, key] = line
            found[key] = self.value((*keys, key), double, single, plain and plain.rstrip(" "))
            at = pair.end()
        return found

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
