"""YAML and TOML read with the line of every key, so that a problem can point at it. Pure functions.

Scalars keep what the author wrote: `words` has the text of each one that YAML made a number, a truth value or a
date of (a post called `yes`, a tag `1.10`). Dates stay text; `dates.parse_moment` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from sitegen.errors import Problem, SitegenError

Keys = tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """Where a value stands in its author's file.

    `lines` maps a path of keys (list items by number, as text) to a line of the file, counted from 1; `words`
    has the text of scalars that are not text.
    """

    path: str
    text: str = field(default="", repr=False)
    lines: Mapping[Keys, int] = field(default_factory=dict, repr=False)
    words: Mapping[Keys, str] = field(default_factory=dict, repr=False)
    keys: Keys = ()

    def at(self, *keys: str | int) -> Origin:
        """The place of something inside."""
        return replace(self, keys=self.keys + tuple(str(key) for key in keys))

    @property
    def line(self) -> int | None:
        """The line of the value, or of the nearest thing around it."""
        for length in range(len(self.keys), -1, -1):
            if (line := self.lines.get(self.keys[:length])) is not None:
                return line
        return None

    def written(self, value: object) -> str:
        """A scalar as its author wrote it: `yes`, not `True`."""
        return self.words.get(self.keys, "" if value is None else str(value)).strip()

    def problem(self, message: str, hint: str = "") -> Problem:
        """A problem at this place."""
        return problem_at(self.path, self.text, self.line, message, hint)


NOWHERE = Origin("")


def problem_at(path: str, text: str, line: int | None, message: str, hint: str = "") -> Problem:
    """A problem with the text of its line."""
    rows = text.split("\n") if line is not None else []
    excerpt = rows[line - 1].rstrip() if line is not None and 0 < line <= len(rows) else ""
    return Problem(path, line, message, hint, excerpt[:300])


@dataclass(frozen=True)
class Marked:
    """A document: its value, the line of each key, the words of each scalar, the keys written twice."""

    value: Any
    lines: Mapping[Keys, int]
    words: Mapping[Keys, str] = field(default_factory=dict)
    repeated: tuple[tuple[Keys, int], ...] = ()


class Malformed(SitegenError):
    """The text is not what it should be: `line` (counted from 1 in that text), `message`, `hint`."""

    def __init__(self, message: str, line: int = 1, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint


def read_yaml(text: str, offset: int = 0) -> Marked:
    """Read one YAML document. `offset` is added to every line. Raises `Malformed`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
        return _Walk(text, offset).document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + 1
        problem = error.problem or error.context or "this is not YAML"
        raise Malformed(*_explain(problem, text, line, offset)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        sign = error.character if isinstance(error.character, str) else chr(error.character)
        message = f"a sign that YAML does not allow (U+{ord(sign):04X})"
        raise Malformed(message, line + offset, "remove it; it is usually invisible") from error
    except RecursionError as error:
        raise Malformed("nested too deeply", 1 + offset) from error


class _Walk:
    """One pass over the nodes that PyYAML composed, with a budget against alias bombs."""

    def __init__(self, text: str, offset: int) -> None:
        from yaml.constructor import SafeConstructor

        self.offset = offset
        self.budget = 4 * len(text) + 1000  # a document without aliases has fewer nodes than signs
        self.lines: dict[Keys, int] = {}
        self.words: dict[Keys, str] = {}
        self.repeated: list[tuple[Keys, int]] = []
        constructor = SafeConstructor()
        self.kinds = {
            "int": constructor.construct_yaml_int,
            "float": constructor.construct_yaml_float,
            "bool": constructor.construct_yaml_bool,
        }

    def document(self, root: Any) -> Marked:
        value = None if root is None else self.value(root, ())
        return Marked(value, self.lines, self.words, tuple(self.repeated))

    def value(self, node: Any, keys: Keys) -> Any:
        self.budget -= 1
        if self.budget < 0:
            raise Malformed("its aliases unfold to far more than is written", self.line(node))
        self.lines.setdefault(keys, self.line(node))
        if node.id == "mapping":
            return self.mapping(node, keys)
        if node.id == "sequence":
            return [self.value(item, (*keys, str(at))) for at, item in enumerate(node.value)]
        return self.scalar(node, keys)

    def line(self, node: Any) -> int:
        return int(node.start_mark.line) + 1 + self.offset

    def mapping(self, node: Any, keys: Keys) -> dict[str, Any]:
        found: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar":
                hint = 'quote the text: "{{ … }}"' if "{" in str(key_node.start_mark) else "a key is one word"
                raise Malformed("a key that is a list or a mapping", self.line(key_node), hint)
            key = str(key_node.value)
            if key_node.tag == "tag:yaml.org,2002:merge":
                merged |= self.merge(value_node, keys)
                continue
            if key in found:
                self.repeated.append(((*keys, key), self.line(key_node)))
            self.lines[(*keys, key)] = self.line(key_node)
            found[key] = self.value(value_node, (*keys, key))
        return {**merged, **found}

    def merge(self, node: Any, keys: Keys) -> dict[str, Any]:
        value = self.value(node, (*keys, "<<"))
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(part, dict) for part in parts):
            raise Malformed("`<<` wants a mapping", self.line(node))
        return {key: item for part in reversed(parts) for key, item in part.items()}

    def scalar(self, node: Any, keys: Keys) -> Any:
        kind = node.tag.rsplit(":", 1)[-1]
        if kind == "null":
            return None
        if kind not in self.kinds:
            return node.value
        self.words[keys] = node.value
        try:
            return self.kinds[kind](node)
        except (ValueError, KeyError, OverflowError):
            return node.value


def _explain(problem: str, text: str, line: int, offset: int) -> tuple[str, int, str]:
    """Say in an author's words what PyYAML says in a parser's: message, line, hint."""
    rows = text.split("\n")
    row = rows[line - 1] if line <= len(rows) else ""
    if "'\\t'" in problem:
        return "a tab where YAML wants spaces", line + offset, "replace the tab by spaces"
    if "mapping values are not allowed" in problem:
        match = re.match(r"\s*(?:- )?([\w-]+):\s+(.*\S)", row)
        quoted = match.group(2).replace('"', '\\"') if match else ""
        hint = f'quote the text: {match.group(1)}: "{quoted}"' if match else "quote text that has `: ` in it"
        return "a colon inside unquoted text", line + offset, hint
    if "expected a single document" in problem:
        return "a second `---` begins another document", line + offset, "remove it"
    if "undefined alias" in problem:
        return f"not YAML: {problem}", line + offset, "quote text that begins with `*`"
    if "scanning a simple key" in problem or "could not find expected ':'" in problem:
        at = max(1, line - 1) if not row.strip() or line > len(rows) else line
        return "a line without `key: value`", at + offset, "each line is a `key: value`; quote longer text"
    return f"not YAML: {problem}", line + offset, "quote text that has signs such as : # @ [ ] { } in it"


def read_toml(text: str) -> Marked:
    """Read a TOML document. Raises `Malformed`."""
    import tomllib

    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(match.group(1)) if match else max(1, len(text.rstrip().split("\n")))
        message = re.sub(r" \(at .*\)$", "", str(error))
        hint = "text stands in quotes, lists in brackets, truth values are true and false"
        raise Malformed(f"not TOML: {message}", line, hint) from error
    except RecursionError as error:
        raise Malformed("nested too deeply") from error
    return Marked(_plain(value), _toml_lines(text))


def _plain(value: Any) -> Any:
    """TOML's dates as text; the rest as it is."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


_TOML_TABLE = re.compile(r"\s*\[(\[?)\s*([^\]]+?)\s*\]")
_TOML_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_TOML_NAME = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def _toml_lines(text: str) -> dict[Keys, int]:
    """The line of each table and key. Keys of inline tables count as their table's."""
    lines: dict[Keys, int] = {(): 1}
    table: Keys = ()
    counts: dict[Keys, int] = {}
    for number, row in enumerate(text.split("\n"), start=1):
        if match := _TOML_TABLE.match(row):
            table = _toml_keys(match.group(2))
            if match.group(1):
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
            keys = table
        elif match := _TOML_KEY.match(row):
            keys = table + _toml_keys(match.group(1))
        else:
            continue
        for length in range(1, len(keys) + 1):
            lines.setdefault(keys[:length], number)
    return lines


def _toml_keys(name: str) -> Keys:
    return tuple(part.strip("\"'") for part in _TOML_NAME.findall(name))
