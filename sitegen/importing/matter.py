"""Front matter changed where it has to be, and the rest of the file byte for byte as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.content.frontmatter import FrontMatter, read_front_matter
from sitegen.errors import Problems
from sitegen.marked import Origin
from sitegen.texts import lines_of

_OPENING = re.compile(r"\A(\ufeff?---[ \t]*)(\r\n|\n|\r)")
_ROWS = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_PLAIN = re.compile(r"/?[A-Za-z][\w./%~-]*|/|\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d(?:\.\d+)? [+-]\d{4})?", re.ASCII)
_OTHERWISE = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))  # words that YAML takes for more


def with_values(text: str, values: Mapping[str, Any]) -> str:
    """The file with these values in its front matter, in place of what it said of them before; new keys at its top.

    A file without front matter gets some. Front matter that has no lines of keys (`{title: x}`) is written anew.
    """
    if not values:
        return text
    front = _front(text, Problems(lenient=True)) or FrontMatter()
    edited = _edited(text, values, front)
    found = _front(edited, Problems())
    if found is not None and found.values == {**front.values, **values}:
        return edited
    others = {key: value for key, value in front.values.items() if key not in values}
    rows = [*_rows(values), *(f"{key}: {yaml_value(item, front.origin.at(key))}" for key, item in others.items())]
    return "\n".join(("---", *rows, "---", front.body))


def _front(text: str, problems: Problems) -> FrontMatter | None:
    return read_front_matter(lines_of(text.removeprefix("\ufeff")), "", problems)


def _edited(text: str, values: Mapping[str, Any], front: FrontMatter) -> str:
    opening = _OPENING.match(text)
    end = opening[2] if opening is not None else "\r\n" if "\r\n" in text else "\n"
    rows = {key: f"{row}{end}" for key, row in zip(values, _rows(values), strict=True)}
    new = "".join(row for key, row in rows.items() if key not in front.values)
    if opening is None:
        return f"---{end}{new}---{end}{text.removeprefix(chr(0xFEFF))}"
    return opening[0] + new + "".join(_replaced(_ROWS.findall(text), rows, front))


def _rows(values: Mapping[str, Any]) -> list[str]:
    return [f"{key}: {yaml_value(item)}" for key, item in values.items()]


def yaml_value(item: Any, origin: Origin | None = None) -> str:
    """A value on one line of YAML. `origin` knows how its author wrote what is no text.

    >>> [yaml_value(item) for item in (["a", "R & D"], True, "no", "/x/", "2020-03-03 18:30:00 -0500")]
    ['[a, "R & D"]', 'true', '"no"', '/x/', '2020-03-03 18:30:00 -0500']
    """
    if isinstance(item, Mapping):
        pairs = (f"{yaml_value(key)}: {yaml_value(inner, _at(origin, key))}" for key, inner in item.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(item, list | tuple):
        return f"[{', '.join(yaml_value(inner, _at(origin, place)) for place, inner in enumerate(item))}]"
    if origin is not None and origin.is_plain:
        return origin.words[origin.keys]
    if isinstance(item, str):
        is_plain = _PLAIN.fullmatch(item) and item.lower() not in _OTHERWISE
        return item if is_plain else json.dumps(item, ensure_ascii=False)
    return json.dumps(item)


def _at(origin: Origin | None, key: str | int) -> Origin | None:
    return origin.at(key) if origin is not None else None


def _replaced(rows: list[str], new: Mapping[str, str], front: FrontMatter) -> Iterator[str]:
    """The rows below the opening one, with new ones for these keys; remarks and empty rows before the next key stay."""
    starts = {path[0]: line - 1 for path, line in front.origin.lines.items() if len(path) == 1}
    ends = sorted((*starts.values(), front.body_line - 2))
    instead: dict[int, str] = {}
    for key, start in starts.items():
        end = next((end for end in ends if end > start), start + 1)
        while rows[end - 1].strip() == "" or rows[end - 1].startswith("#"):
            end -= 1
        if key in new:
            instead |= {**dict.fromkeys(range(start, end), ""), start: new[key]}
    return (instead.get(at, row) for at, row in enumerate(rows) if at)
