"""Liquid's own filters where python-liquid's do something else (liquid/standardfilters.rb)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from html import escape as escaped

from sitegen.liquid.list_filters import items_of
from sitegen.liquid.text_filters import to_integer
from sitegen.liquid.values import joined, text_of

TEXTS = frozenset((
    "append", "capitalize", "downcase", "escape", "lstrip", "newline_to_br", "prepend", "remove", "remove_first",
    "remove_last", "replace", "replace_first", "replace_last", "rstrip", "strip", "strip_html", "strip_newlines",
    "upcase", "url_decode", "url_encode",
))  # fmt: skip
"""python-liquid's filters that take texts and nothing else: what they are given is made into text as in Ruby."""

_BARE = re.compile(r"[\"><']|&(?!([a-zA-Z]+|(#\d+));)")


def escape(value: object) -> str | None:
    """Text for HTML."""
    return None if value is None else escaped(joined(value)).replace("&#x27;", "&#39;")


def escape_once(value: object) -> str:
    """The same for what may be escaped already."""
    return _BARE.sub(lambda match: str(escape(match[0])), joined(value))


def join(value: object, glue: object = " ") -> str:
    """The items one after the other, lists in lists as well."""
    return text_of(glue).join(map(text_of, _flat(items_of(value))))


def _flat(items: list[object]) -> list[object]:
    return [one for item in items for one in (_flat(list(item)) if isinstance(item, list | tuple) else [item])]


def map_(value: object, name: object) -> list[object]:
    """One property of each item."""
    return [_property(item, name) for item in _flat(items_of(value, whole=True))]


def compact(value: object, name: object = None) -> list[object]:
    """The items that are something, or that have that property."""
    items = _flat(items_of(value, whole=True))
    return [item for item in items if (item if name is None else _property(item, name)) is not None]


def _property(item: object, name: object) -> object:
    try:
        return item[text_of(name)]  # type: ignore[index]
    except (KeyError, TypeError, IndexError):
        return None


def round_(value: object, digits: object = 0) -> object:
    """A number with so many decimals; a half is rounded away from zero."""
    places = max(-15, min(to_integer(digits), 15))
    try:
        number = Decimal(text_of(value).strip() or "0")
        rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return 0
    return float(rounded) if places > 0 else int(rounded)


def split(value: object, sign: object) -> list[str]:
    """The parts of a text between signs; those without text at its end are none."""
    text, by = joined(value), joined(sign)
    if by == " ":
        return text.split()
    parts = text.split(by) if by else list(text)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def truncate(value: object, length: object = 50, end: object = "...") -> str | None:
    """The beginning, so many signs long with what stands for the rest."""
    if value is None:
        return None
    text, tail, most = joined(value), text_of(end), to_integer(length)
    return text if len(text) <= most else text[: max(0, most - len(tail))] + tail


def truncatewords(value: object, count: object = 15, end: object = "...") -> str | None:
    """So many words of the beginning."""
    if value is None:
        return None
    most = max(1, to_integer(count))
    words = joined(value).split(maxsplit=most)
    return joined(value) if len(words) <= most else " ".join(words[:most]) + text_of(end)
