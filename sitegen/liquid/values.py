"""Values as Ruby writes them: in a page, and for programmers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

DEEPEST = 8  # lists and mappings in one another


def text_of(value: object) -> str:
    """A value as Liquid prints it."""
    if isinstance(value, str):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "".join(map(text_of, value))
    if isinstance(value, range):
        return f"{value.start}..{value.stop - 1}"
    if isinstance(value, float):
        return re.sub(r"^(-?\d)e", r"\1.0e", repr(value))
    return inspected(value) if isinstance(value, dict) else str(value)


def joined(value: object) -> str:
    """A value as a part of a text: there a list is shown as programmers see it."""
    return inspected(value) if isinstance(value, list | tuple) else text_of(value)


def inspected(value: object, depth: int = 0) -> str:
    """A value as Ruby shows it to programmers.

    >>> inspected({"a": [1, None, "x"]})
    '{"a"=>[1, nil, "x"]}'
    """
    if value is None or depth > DEEPEST:
        return "nil"
    if isinstance(value, Mapping):
        pairs = (f"{inspected(key, depth + 1)}=>{inspected(value[key], depth + 1)}" for key in value)
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(inspected(item, depth + 1) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else text_of(value)
