"""YAML and TOML read with the line of every key, so that a problem can point at it. Pure functions.

Scalars keep what the author wrote: `words` has the text of each one that YAML made a number, a truth value or a
date of (a post called `yes`, a tag `1.10`). Dates stay text; `dates.parse_moment` reads them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date, datetime, time
from typing import Any

from sitegen.errors import Problem, SitegenError
from sitegen.frozen import dataclass
from sitegen.patterns import regex

Keys = tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands in its author's file, whose text is `head` (or what `head` reads) and, of a document with
    front matter, `rest`: its body, which so is in memory once.

    `lines` maps a path of keys (list items by number, as text) to a line of the file, counted from 1; `words`
    has the text of scalars that are not text, and of those that YAML has for a date with its time.
    """

    path: str
    head: str | Callable[[], str] = field(default="", repr=False)
    lines: Mapping[Keys, int] = field(default_factory=dict, repr=False)
    words: Mapping[Keys, str] = field(default_factory=dict, repr=False)
    keys: Keys = ()
    rest: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.head_text + self.rest

    @property
    def head_text(self) -> str:
        """The text of the file, of a document with front matter as far as that goes."""
        return self.head if isinstance(self.head, str) else self.head()

    def at(self, *keys: str | int) -> Origin:
        """The place of something inside."""
        return Origin(self.path, self.head, self.lines, self.words, self.keys + tuple(map(str, keys)), self.rest)

    @property
    def line(self) -> int | None:
        """The line of the value, or of the nearest thing around it."""
        for length in range(len(self.keys), -1, -1):
            if (line := self.lines.get(self.keys[:length])) is not None:
                return line
        return None

    @property
    def is_plain(self) -> bool:
        """Whether YAML sees more than text in a scalar: a quoted date is a text."""
        return self.keys in self.words

    def written(self, value: object) -> str:
        """A scalar as its author wrote it: `yes`, not `True`."""
        return self.words.get(self.keys, "" if value is None else str(value)).strip()

    def problem(self, message: str, hint: str = "") -> Problem:
        """A problem at this place."""
        return problem_at(self.path, self.text, self.line, message, hint)


NOWHERE = Origin("")


def items_of(value: Any, origin: Origin) -> list[tuple[Any, Origin]]:
    """The items of a list, each with its place; what is no list is the only one."""
    return [(item, origin.at(at)) for at, item in enumerate(value)] if isinstance(value, list) else [(value, origin)]


def text_of(value: object, origin: Origin) -> str:
    """A text, a number as it was written, or "" for nothing. Raises ValueError, which says what it is instead."""
    if isinstance(value, str | int | float | None):
        return origin.written(value)
    raise ValueError(f"is {'a list' if isinstance(value, list) else 'a mapping'}, not text")


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


MOST_DEPTH = 64  # of lists and mappings inside each other
_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value")
)
_BREAKS = {"\x85": "\ue085", "\u2028": "\ue028", "\u2029": "\ue029"}  # YAML ends a line there, nobody else does
_HIDE, _SHOW = str.maketrans(_BREAKS), str.maketrans({stand: sign for sign, stand in _BREAKS.items()})
_HARD_BLANKS = regex(r"^([ \u00a0]*(?:- )?)(?:([\w-]+:)(\u00a0+))?", re.MULTILINE)
_DATED = regex(r"\d{4}-\d{1,2}-\d{1,2}[Tt ]")
_UNSHOWN = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ANCHOR = regex(r"^\s*(?:- )*[\w-]+:\s+&([^\s,\]}]*)[ \t]+[^\s\[{]", re.MULTILINE)


def read_yaml(text: str, offset: int = 0, *, loose: bool = False) -> Marked:
    """Read one YAML document. `offset` is added to every line. Raises `Malformed`.

    `loose` is how Ruby reads it: types that nobody knows, unused anchors and further documents are passed over.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = _tidied(text)
    try:
        if sum(text.count(sign) for sign in ("[", "{", "- ", "? ")) > MOST_DEPTH:
            _check_nesting(yaml.parse(text, Loader=loader), offset)
        root = next(iter(yaml.compose_all(text, Loader=loader)), None) if loose else yaml.compose(text, Loader=loader)
        return _Walk(text, offset, loose=loose).document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        start = error.context_mark or mark
        said = f"{error.context or ''}: {error.problem or ''}"
        message, line, hint = _explain(said, text, mark.line + 1 if mark else 1, start.line + 1 if start else 1)
        raise Malformed(message, line + offset, hint) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        sign = error.character if isinstance(error.character, str) else chr(error.character)
        raise Malformed(*_invisible(sign, line + offset)) from error
    except RecursionError as error:
        raise Malformed(_TOO_DEEP, 1 + offset) from error


_TOO_DEEP = f"nested more than {MOST_DEPTH} deep"


def _check_nesting(events: Iterable[Any], offset: int) -> None:
    """PyYAML's composer recurses in C: tens of thousands of brackets would end the process."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if depth > MOST_DEPTH + 2:  # the stream and the document count, too
            raise Malformed(_TOO_DEEP, int(event.start_mark.line) + 1 + offset)


def check_depth(value: Any) -> None:
    """Refuse lists and mappings that are nested too deeply for what comes after. Raises `Malformed`."""
    layer = [value]
    for _ in range(MOST_DEPTH + 1):
        parts = (item.values() if isinstance(item, dict) else item for item in layer if isinstance(item, dict | list))
        layer = [inner for part in parts for inner in part]
        if not layer:
            return
    raise Malformed(_TOO_DEEP)


def _invisible(sign: str, line: int) -> tuple[str, int, str]:
    return f"a sign that no page can show (U+{ord(sign):04X})", line, "remove it; it is usually invisible"


def _tidied(text: str) -> str:
    """The text without what people cannot see: hard blanks where YAML wants blanks, Unicode's line ends."""
    if text.isascii():
        return text
    if "\u00a0" in text:
        text = _HARD_BLANKS.sub(lambda match: match.group().replace("\u00a0", " "), text)
    return text.translate(_HIDE)


class _Walk:
    """One pass over the nodes that PyYAML composed, with budgets against alias bombs and deep nesting."""

    def __init__(self, text: str, offset: int, *, loose: bool) -> None:
        from yaml.constructor import SafeConstructor

        self.text, self.offset, self.loose = text, offset, loose
        self.budget = 4 * len(text) + 1000  # a document without aliases has fewer nodes than signs
        self.lines: dict[Keys, int] = {}
        self.words: dict[Keys, str] = {}
        self.repeated: list[tuple[Keys, int]] = []
        self.open: set[int] = set()  # the lists and mappings that the walk is inside of
        constructor = SafeConstructor()
        self.kinds = {
            "int": constructor.construct_yaml_int,
            "float": constructor.construct_yaml_float,
            "bool": constructor.construct_yaml_bool,
        }

    def document(self, root: Any) -> Marked:
        match = _ANCHOR.search(self.text) if "&" in self.text and not self.loose else None
        if match is not None and f"*{match.group(1)}" not in self.text:
            line = self.text.count("\n", 0, match.end()) + 1
            message, _, hint = _unquoted("&", self.text.split("\n")[line - 1], line)
            raise Malformed(message, line + self.offset, hint)
        value = None if root is None else self.value(root, ())
        return Marked(value, self.lines, self.words, tuple(self.repeated))

    def value(self, node: Any, keys: Keys) -> Any:
        self.budget -= 1
        if self.budget < 0:
            raise Malformed("its aliases unfold to far more than is written", self.line(node))
        if node.tag not in _TAGS and not self.loose:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            raise Malformed(f"a YAML tag: {tag}", self.line(node), "quote text that begins with !")
        self.lines.setdefault(keys, self.line(node))
        return self.scalar(node, keys) if node.id == "scalar" else self.inside(node, keys)

    def inside(self, node: Any, keys: Keys) -> Any:
        if id(node) in self.open:
            raise Malformed("an alias inside of what it stands for", self.line(node))
        if len(keys) >= MOST_DEPTH:
            raise Malformed(_TOO_DEEP, self.line(node))
        self.open.add(id(node))
        if node.id == "mapping":
            found: Any = self.mapping(node, keys)
        else:
            found = [self.value(item, (*keys, str(at))) for at, item in enumerate(node.value)]
        self.open.discard(id(node))
        return found

    def line(self, node: Any) -> int:
        return int(node.start_mark.line) + 1 + self.offset

    def mapping(self, node: Any, keys: Keys) -> dict[str, Any]:
        found: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar":
                row = self.text.split("\n")[key_node.start_mark.line]
                raise Malformed("a key that is a list or a mapping", self.line(key_node), _quoted(row))
            key = str(key_node.value).translate(_SHOW).strip("\u200b\ufeff\u00a0")
            if key_node.tag == "tag:yaml.org,2002:merge":
                merged |= self.merge(value_node, keys)
                continue
            if key in found:
                self.repeated.append(((*keys, key), self.line(key_node)))
                self.words.pop((*keys, key), None)
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
        text = node.value
        if not text.isprintable():
            text = text.translate(_SHOW)
            if match := _UNSHOWN.search(text):
                raise Malformed(*_invisible(match.group(), self.line(node)))
        kind = node.tag.rsplit(":", 1)[-1]
        if kind == "null":
            return None
        if kind in self.kinds or (not node.style and _DATED.match(text)):
            self.words[keys] = text
        if kind not in self.kinds:
            return text
        try:
            return self.kinds[kind](node)
        except (ValueError, KeyError, OverflowError):
            return text


_ROW = regex(r"\s*(?:- )*(?:([\w-]+)[ \u00a0]*:\s+)?(.*\S)?")


def _explain(said: str, text: str, line: int, start: int) -> tuple[str, int, str]:
    """Say in an author's words what PyYAML says in a parser's: message, line, hint.

    `line` is where it gave up, `start` where what it was reading begins.
    """
    rows = text.split("\n")
    row, first = (rows[min(at, len(rows)) - 1] for at in (line, start))
    if re.match(r"\s*\t", row):
        return "a tab where YAML wants spaces", line, "replace the tab by spaces"
    if "escape" in said:
        return "a \\ that means nothing in double quotes", line, "in single quotes a \\ is a \\"
    if "quoted scalar" in said:
        return "a quote that is opened and never closed", start, "close it on the same line"
    if "mapping values are not allowed" in said:
        return _second_colon(rows, line)
    if "document" in said and "stream" not in said:
        return "a second `---` begins another document", line, "remove it"
    sign = _key_and_value(row)[1][:1]
    if sign and sign in "@`%*&!|>":
        return _unquoted(sign, row, line)
    if sign and sign in "'\"":
        return "text goes on after the closing quote", line, _quoted(row)
    return _bracket(said, row, line) or _bracket(said, first, start) or _misplaced(said, rows, line)


def _misplaced(said: str, rows: list[str], line: int) -> tuple[str, int, str]:
    if "simple key" in said or "could not find expected ':'" in said:
        at = max(1, line - 1) if line > len(rows) or not rows[line - 1].strip() else line
        return "a line without `key: value`", at, "each line is a `key: value`; quote longer text"
    if any(word in said for word in ("expected key", "block end", "block mapping", "'-' indicator")):
        hint = "lines that belong together begin in the same column; text with signs such as # [ { wants quotes"
        return "this line does not fit in with those above it", line, hint
    what = said.rpartition(": ")[2]
    return f"not YAML: {what}", line, "quote text that has signs such as : # @ [ ] { } in it"


def _bracket(said: str, row: str, line: int) -> tuple[str, int, str] | None:
    sign = _key_and_value(row)[1][:1]
    for opening, closing in ("[]", "{}"):
        if "flow" in said and row.count(opening) > row.count(closing):
            return f"a {opening} that is not closed by {closing}", line, f"write {closing} at its end, commas between"
        if sign == opening:
            return f"text cannot begin with {opening}", line, _quoted(row)
    return None


def _second_colon(rows: list[str], line: int) -> tuple[str, int, str]:
    row, value = rows[line - 1], _key_and_value(rows[line - 1])[1]
    above = next((other for other in reversed(rows[: line - 1]) if other.strip()), "")
    indented = len(row) - len(row.lstrip()) > len(above) - len(above.lstrip())
    if indented and ": " not in value and not value.endswith(":"):
        return "indented below a line that has a value already", line, "begin it in the same column as the line above"
    return "a colon inside unquoted text", line, _quoted(row) or "quote text that has `: ` in it"


def _unquoted(sign: str, row: str, line: int) -> tuple[str, int, str]:
    return f"text cannot begin with {sign}", line, _quoted(row)


def _key_and_value(row: str) -> tuple[str, str]:
    match = _ROW.match(row)
    return (match.group(1) or "", match.group(2) or "") if match else ("", "")


def _quoted(row: str) -> str:
    """A hint: the line with its value in quotes."""
    key, value = _key_and_value(row)
    if not value:
        return ""
    bare = value[1:].rstrip(value[0]) if value[0] in "\"'" else value
    safe = bare.replace("\\", "\\\\").replace('"', '\\"')
    return f'quote the text: {key}: "{safe}"' if key else f'quote the text: "{safe}"'


_TOML_WORDS = {
    "Invalid value": "the value is none that TOML knows",
    "Cannot overwrite a value": "this is given twice",
    "Expected '\\''": "a quote that is opened and never closed",
    'Expected "\'"': "a quote that is opened and never closed",
    "Expected '\"'": "a quote that is opened and never closed",
    "Illegal character '\\n'": "a quote that is opened and never closed",
    "Unterminated string": "a quote that is opened and never closed",
    "Unclosed array": "a [ that is not closed by ]",
}
_TOML_HINT = "text stands in quotes, lists in brackets, truth values are true and false"


def read_toml(text: str) -> Marked:
    """Read a TOML document. Raises `Malformed`."""
    import tomllib

    try:
        value = tomllib.loads(text)
        check_depth(value)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(match.group(1)) if match else max(1, len(text.rstrip().split("\n")))
        message = re.sub(r" \(at .*\)$", "", str(error))
        raise Malformed(_TOML_WORDS.get(message, f"not TOML: {message}"), line, _toml_hint(text, line)) from error
    except RecursionError as error:
        raise Malformed(_TOO_DEEP) from error
    except ValueError as error:
        long = next((at for at, row in enumerate(text.split("\n"), 1) if re.search(r"\d{4000}", row)), 1)
        raise Malformed("a number that is too long", long) from error
    return Marked(_plain(value), _toml_lines(text))


def _toml_hint(text: str, line: int) -> str:
    """For `title = My blog` the line with quotes."""
    match = re.fullmatch(r"\s*([\w.-]+)\s*=\s*([^\W\d][^\"'#\[\]{}]*)", text.split("\n")[line - 1].rstrip())
    return f'quote the text: {match.group(1)} = "{match.group(2)}"' if match else _TOML_HINT


def _plain(value: Any) -> Any:
    """TOML's dates as text; the rest as it is."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


_TOML_TABLE = regex(r"\s*\[(\[?)\s*([^\]]+?)\s*\]")
_TOML_KEY = regex(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_TOML_NAME = regex(r"""[\w-]+|"[^"]*"|'[^']*'""")


def _toml_lines(text: str) -> dict[Keys, int]:
    """The line of each table and key. Keys of inline tables count as their table's."""
    lines: dict[Keys, int] = {(): 1}
    table: Keys = ()
    counts: dict[Keys, int] = {}
    for number, row in enumerate(text.split("\n"), start=1):
        if match := _TOML_TABLE.match(row):
            *outer, last = _toml_keys(match.group(2)) or ("",)
            table = (*_in_arrays(tuple(outer), counts), last)
            if match.group(1):
                counts[table] = counts.get(table, -1) + 1
            keys = table = _in_arrays((last,), counts, table[:-1])
        elif match := _TOML_KEY.match(row):
            keys = table + _toml_keys(match.group(1))
        else:
            continue
        for length in range(1, len(keys) + 1):
            lines.setdefault(keys[:length], number)
    return lines


def _in_arrays(keys: Keys, counts: Mapping[Keys, int], found: Keys = ()) -> Keys:
    """The path with the number of the entry after each array of tables: `[a.b]` below `[[a]]` is a, 0, b."""
    for key in keys:
        found = (*found, key)
        if found in counts:
            found = (*found, str(counts[found]))
    return found


def _toml_keys(name: str) -> Keys:
    return tuple(part.strip("\"'") for part in _TOML_NAME.findall(name))
