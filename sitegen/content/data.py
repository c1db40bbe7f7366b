"""Data files: what `_data/` holds, for layouts to read as `site.data`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

from sitegen.config import Config
from sitegen.content.sources import read_text, walk
from sitegen.errors import Problem, Problems
from sitegen.marked import Malformed, Marked, check_depth, problem_at, read_toml, read_yaml


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


def _table(delimiter: str) -> Callable[[str], Marked]:
    def read(text: str) -> list[dict[str, str]]:
        reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        try:
            head = next(reader, [])
            return [_row(head, cells, reader.line_num) for cells in reader if cells]
        except csv.Error as error:
            hint = "a quote that is opened has to be closed; a quote inside of a cell is written twice"
            raise Malformed(f"not a table: {error}", max(1, reader.line_num), hint) from error

    def reading(text: str) -> Marked:
        return Marked(read(text), {})

    return reading


def _row(head: list[str], cells: list[str], line: int) -> dict[str, str]:
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


def read_data(config: Config, problems: Problems) -> dict[str, Any]:
    """The data files by name; folders nest. Two files of one name are a problem."""
    data: dict[str, Any] = {}
    for source in walk(config, "_data", problems):
        if source.suffix not in READERS:
            continue
        text = read_text(source, problems)
        if text is None:
            continue
        try:
            marked = READERS[source.suffix](text)
        except Malformed as error:
            problems.add(problem_at(source.path, text, error.line, error.message, error.hint))
            continue
        for keys, line in marked.repeated:
            message = f"`{'.'.join(keys)}` is given twice"
            problems.tolerate(problem_at(source.path, text, line, message, "remove one of them"))
        _put(data, source.path, marked.value, problems)
    return data


def _put(data: dict[str, Any], path: str, value: Any, problems: Problems) -> None:
    *folders, name = path.removeprefix("_data/").rsplit(".", 1)[0].split("/")
    place: Any = data
    for folder in folders:
        place = place.setdefault(folder, {}) if isinstance(place, dict) else None
    if not isinstance(place, dict) or name in place:
        message = f"another data file or folder is called {name}, too"
        problems.add(Problem(path, None, message, "rename one of them"))
        return
    place[name] = value
