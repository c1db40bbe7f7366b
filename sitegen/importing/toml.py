"""TOML, written. Python reads it and does not write it; what an import has to say are tables of plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 100  # a list that is longer has its items on lines of their own
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def key(name: str) -> str:
    """A key, in quotes where it wants them."""
    return name if _BARE.fullmatch(name) else _text(name)


def value(item: Any) -> str:
    """A value on one line. What TOML has no word for (null) is left out of lists and tables.

    >>> value({"a": [1, "x", None], "b c": True})
    '{a = [1, "x"], "b c" = true}'
    """
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, int | float):
        return repr(item)
    if isinstance(item, Mapping):
        inside = ", ".join(f"{key(str(name))} = {value(inner)}" for name, inner in item.items() if inner is not None)
        return f"{{{inside}}}"
    if isinstance(item, list | tuple):
        return f"[{', '.join(value(inner) for inner in item if inner is not None)}]"
    return _text(str(item))


def assignment(name: str, item: Any) -> str:
    """`name = value`, a long list over several lines."""
    line = f"{key(name)} = {value(item)}"
    if len(line) <= WIDTH or not isinstance(item, list | tuple):
        return line
    rows = "".join(f"    {value(inner)},\n" for inner in item if inner is not None)
    return f"{key(name)} = [\n{rows}]"


def table(path: tuple[str, ...], values: Mapping[str, Any]) -> Iterator[str]:
    """The lines of `[path]` and of the tables in it, each of which begins with an empty line."""
    plain = {name: item for name, item in values.items() if item is not None and not _is_table(item)}
    head = ".".join(key(part) for part in path)
    if plain or not any(_is_table(item) for item in values.values()):
        yield from ("", f"[{head}]", *(assignment(str(name), item) for name, item in plain.items()))
    for name, item in values.items():
        if isinstance(item, Mapping):
            yield from table((*path, str(name)), item)
        elif _is_table(item):
            for entry in item:
                inside = (assignment(str(inner), value) for inner, value in entry.items() if value is not None)
                yield from ("", f"[[{head}.{key(str(name))}]]", *inside)


def _is_table(item: Any) -> bool:
    """Whether it has a head of its own: a mapping, or a list of nothing but mappings."""
    if isinstance(item, Mapping):
        return True
    return isinstance(item, list | tuple) and bool(item) and all(isinstance(entry, Mapping) for entry in item)


def _text(text: str) -> str:
    """JSON's text is TOML's, but for the one sign that JSON does not mind."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
