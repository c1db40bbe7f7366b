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
from sitegen.marked import Malformed, problem_at, read_toml, read_yaml


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Malformed(f"not JSON: {error.msg}", error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise Malformed("not JSON that can be read: nested too deeply, or too long a number") from error


def _table(delimiter: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)
        try:
            rows = list(reader)
        except csv.Error as error:
            raise Malformed(f"not a table: {error}", max(1, reader.line_num)) from error
        for at, row in enumerate(rows, start=2):
            if None in row or None in row.values():
                raise Malformed("a row with more or fewer cells than the first row", at)
        return rows

    return read


READERS: Mapping[str, Callable[[str], Any]] = {
    ".yml": lambda text: read_yaml(text).value,
    ".yaml": lambda text: read_yaml(text).value,
    ".json": _json,
    ".toml": lambda text: read_toml(text).value,
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
            value = READERS[source.suffix](text)
        except Malformed as error:
            problems.add(problem_at(source.path, text, error.line, error.message, error.hint))
            continue
        _put(data, source.path, value, problems)
    return data


def _put(data: dict[str, Any], path: str, value: Any, problems: Problems) -> None:
    *folders, name = path.removeprefix("_data/").rsplit(".", 1)[0].split("/")
    place: Any = data
    for folder in folders:
        place = place.setdefault(folder, {}) if isinstance(place, dict) else None
    if not isinstance(place, dict) or name in place:
        problems.add(Problem(path, None, "another data file has the same name", "rename one of them"))
        return
    place[name] = value
