"""Data files: what `_data/` holds, for layouts to read as `site.data`."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sitegen.config import Config
from sitegen.content.sources import read_text
from sitegen.content.walks import walk
from sitegen.errors import Problem, Problems
from sitegen.frozen import dataclass
from sitegen.marked import NOWHERE, Keys, Malformed, Marked, Origin, check_depth, problem_at, read_toml, read_yaml
from sitegen.patterns import regex


def _json(text: str) -> Marked:
    try:
        value = json.loads(text)
        check_depth(value)
        return Marked(value, {})
    except json.JSONDecodeError as error:
        hint = "names and texts stand in double quotes; there are no comments, and no comma before ] or }"
        raise Malformed(f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}", error.lineno, hint) from error
    except RecursionError as error:
        raise Malformed("nested too deeply") from error
    except ValueError as error:
        raise Malformed("a number that is too long") from error


def _json_of_ruby(text: str) -> Marked:
    """JSON as Jekyll reads it: all that is YAML will do."""
    try:
        return _json(text)
    except Malformed:
        return read_yaml(text, loose=True)


def _yaml_of_ruby(text: str) -> Marked:
    return read_yaml(text, loose=True)


def _table(delimiter: str, *, ragged: bool = False) -> Callable[[str], Marked]:
    def read(text: str) -> list[dict[str, str | None]]:
        import csv

        reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        try:
            head = next(reader, [])
            rows = ((_filled(head, cells) if ragged else cells, reader.line_num) for cells in reader if cells)
            return [_row(head, cells, line) for cells, line in rows]
        except csv.Error as error:
            hint = "a quote that is opened has to be closed; a quote inside of a cell is written twice"
            raise Malformed(f"not a table: {error}", max(1, reader.line_num), hint) from error

    def reading(text: str) -> Marked:
        return Marked(read(text), {})

    return reading


def _filled(head: list[str], cells: list[str]) -> list[str | None]:
    """A row as long as the first one, as Ruby makes it."""
    return [*cells, *[None] * (len(head) - len(cells))][: len(head)]


def _row(head: list[str], cells: Sequence[str | None], line: int) -> dict[str, str | None]:
    if len(cells) != len(head):
        message = f"a row of {len(cells)} cells below a first row of {len(head)}"
        raise Malformed(message, line, "text that has the separator in it wants quotes")
    return dict(zip(head, cells, strict=True))


READERS: Mapping[str, Callable[[str], Marked]] = {
    ".yml": read_yaml,
    ".yaml": read_yaml,
    ".json": _json,
    ".toml": read_toml,
    ".csv": _table(","),
    ".tsv": _table("\t"),
}
JEKYLL_READERS: Mapping[str, Callable[[str], Marked]] = {
    **READERS,
    ".yml": _yaml_of_ruby,
    ".yaml": _yaml_of_ruby,
    ".json": _json_of_ruby,
    ".csv": _table(",", ragged=True),
    ".tsv": _table("\t", ragged=True),
}
_NO_NAME = regex(r"[^\w\s-]+|(?:(?<=^)|(?<=\b\s))\s+(?=$|\s?\b)", re.ASCII)


@dataclass(frozen=True)
class Data:
    """The data files by name, folders nested; `origins` tells of the names of each file where it stands."""

    values: dict[str, Any]
    origins: Mapping[Keys, Origin]

    def origin(self, *keys: str) -> Origin:
        """Where a value stands."""
        for length in range(len(keys), 0, -1):
            if (file := self.origins.get(keys[:length])) is not None:
                return file.at(*keys[length:])
        return NOWHERE


def read_data(config: Config, problems: Problems) -> Data:
    """All of them. Two files of one name are a problem."""
    data: dict[str, Any] = {}
    origins: dict[Keys, Origin] = {}
    readers = JEKYLL_READERS if config.lenient else READERS
    for source in walk(config, "_data", problems):
        if source.suffix not in readers:
            continue
        text = read_text(source, problems)
        if text is None:
            continue
        try:
            marked = readers[source.suffix](text)
        except Malformed as error:
            problems.add(problem_at(source.path, text, error.line, error.message, error.hint))
            continue
        for keys, line in marked.repeated:
            message = f"`{'.'.join(keys)}` is given twice"
            problems.tolerate(problem_at(source.path, text, line, message, "remove one of them"))
        names = _names(source.path, problems)
        if _put(data, source.path, names, marked.value, problems):
            origins[names] = Origin(source.path, text, marked.lines, marked.words)
    return Data(data, origins)


def _names(path: str, problems: Problems) -> Keys:
    names = path.removeprefix("_data/").rsplit(".", 1)[0].split("/")
    return tuple(_named(part) if problems.lenient else part for part in names)


def _put(data: dict[str, Any], path: str, names: Keys, value: Any, problems: Problems) -> bool:
    """Put it in its place; whether that was free."""
    *folders, name = names
    place: Any = data
    for folder in folders:
        place = place.setdefault(folder, {}) if isinstance(place, dict) else None
    if not isinstance(place, dict) or name in place:
        message = f"another data file or folder is called {name}, too"
        problems.tolerate(Problem(path, None, message, "rename one of them"))
        return False  # in Jekyll, too, the folder goes before a file, and JSON before YAML
    place[name] = value
    return True


def _named(name: str) -> str:
    """What Jekyll calls a file or folder (data_reader.rb `sanitize_filename`).

    >>> [_named(name) for name in ("some people", "v1.0", "the-list", "日本")]
    ['some_people', 'v10', 'the-list', '日本']
    """
    return re.sub(r"\s+", "_", _NO_NAME.sub("", name)) or name
