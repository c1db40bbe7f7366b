"""A style sheet, read as far as bundling needs: its imports, its addresses, its brackets (CSS Syntax Module)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sitegen.frozen import dataclass

_STRING = r"""(?:"(?:[^"\\\n]|\\[\s\S])*+(?:"|\Z|(?=\n))|'(?:[^'\\\n]|\\[\s\S])*+(?:'|\Z|(?=\n)))"""
_TOKEN = re.compile(
    rf"(?P<comment>/\*[\s\S]*?(?:\*/|\Z))"
    rf"|url\(\s*(?P<quoted>{_STRING})\s*\)"
    r"|url\((?P<bare>\s*[^\s\"'()\\]*\s*)\)"
    rf"|(?P<string>{_STRING})"
    r"|(?P<set>(?:-webkit-)?image-set\()"
    r"|(?P<sign>[{}()\[\];])",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?:\s+|/\*[\s\S]*?\*/|<!--|-->)*+")
_CHARSET = re.compile(r'@charset\s+"[^"]*";', re.IGNORECASE)
_LAYERS = re.compile(r"@layer\s+[^{};]*;", re.IGNORECASE)
_IMPORT = re.compile(
    rf"@import\s*(?:url\(\s*(?P<quoted>{_STRING})\s*\)|url\((?P<bare>[^\"'()\\]*)\)|(?P<string>{_STRING}))"
    rf"(?P<rest>(?:[^;{{}}\"'(]|{_STRING}|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*)(?:;|\Z)",
    re.IGNORECASE,
)
_LAYER = re.compile(r"layer(?:\(([^)]*)\))?(?![\w-])", re.IGNORECASE)
_PAIRS = {"}": "{", ")": "(", "]": "["}


@dataclass(frozen=True)
class Import:
    """One `@import`: its address, the line and the place where it stands, and under which conditions it counts.

    `layer` is None for none, "" for one without a name.
    """

    address: str
    line: int
    start: int
    end: int
    layer: str | None = None
    supports: str = ""
    media: str = ""

    def wrapped(self, text: str) -> str:
        """The imported text under the conditions of the rule."""
        if self.layer is not None:
            text = f"@layer {self.layer}".rstrip() + f" {{\n{text}\n}}"
        if self.supports:
            text = f"@supports {self.supports} {{\n{text}\n}}"
        return f"@media {self.media} {{\n{text}\n}}" if self.media else text

    def naming(self, address: str) -> str:
        """The rule itself with another address."""
        layer = "" if self.layer is None else f" layer({self.layer})" if self.layer else " layer"
        supports = f" supports({self.supports})" if self.supports else ""
        return f'@import "{address}"{layer}{supports}{" " * bool(self.media)}{self.media};'


@dataclass(frozen=True)
class Address:
    """One address in a style sheet: what it says, and from where to where the sheet says so, with quotes if any."""

    text: str
    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Sheet:
    """One style sheet. `head` is where its rules begin; `loose` the line of a bracket without its like, or None."""

    text: str
    imports: tuple[Import, ...]
    addresses: tuple[Address, ...]
    head: int
    loose: int | None
    namespaces: bool


@lru_cache(maxsize=64)
def read_sheet(text: str) -> Sheet:
    """The style sheet of that text."""
    imports, head = _imports(text)
    addresses, loose = _addresses(text, head)
    return Sheet(text, imports, addresses, head, loose, "@namespace" in text.lower())


def _imports(text: str) -> tuple[tuple[Import, ...], int]:
    """The imports at the head, which is the only place for them, and where it ends."""
    found: list[Import] = []
    at = _GAP.match(text).end()  # type: ignore[union-attr]
    while match := _CHARSET.match(text, at) or _LAYERS.match(text, at) or _IMPORT.match(text, at):
        if match.re is _IMPORT:
            found.append(_import(text, match))
        at = _GAP.match(text, match.end()).end()  # type: ignore[union-attr]
    return tuple(found), at


def _import(text: str, match: re.Match[str]) -> Import:
    address = _unquoted(match["quoted"] or match["string"]) if match["bare"] is None else match["bare"].strip()
    rest, layer, supports = match["rest"].strip(), None, ""
    if named := _LAYER.match(rest):
        layer, rest = (named[1] or "").strip(), rest[named.end() :].strip()
    if rest[:9].lower() == "supports(":
        end = _closing(rest, 8)
        supports, rest = _condition(rest[9:end].strip()), rest[end + 1 :].strip()
    return Import(address, _line(text, match.start()), match.start(), match.end(), layer, supports, rest)


def _condition(inner: str) -> str:
    """What `@supports` takes for what stands in `supports(…)`, which may be a bare declaration."""
    bare = re.match(r"[-\w]+\s*:", inner)
    return f"({inner})" if bare else inner


def _closing(text: str, at: int) -> int:
    """Where the bracket at a place is closed."""
    depth = 0
    for place in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return len(text)


def _addresses(text: str, head: int) -> tuple[tuple[Address, ...], int | None]:
    """The addresses behind the head, and the line of the first bracket that has no like."""
    found: list[Address] = []
    open_: list[tuple[str, int]] = []
    for match in _TOKEN.finditer(text, head):
        kind, start, end = match.lastgroup, match.start(match.lastgroup or 0), match.end(match.lastgroup or 0)
        if kind in ("quoted", "bare") or (kind == "string" and open_ and open_[-1][0] == "set"):
            said = match[kind].strip() if kind == "bare" else _unquoted(match[kind])
            found.append(Address(said, _line(text, start), start, end))
        elif kind == "comment" and (len(match[kind]) < 4 or not match[kind].endswith("*/")):
            return tuple(found), _line(text, start)  # it would swallow what comes behind
        elif kind == "set":
            open_.append(("set", start))
        elif kind == "sign" and match[kind] in "{([":
            open_.append((match[kind], start))
        elif kind == "sign" and match[kind] in _PAIRS:
            wanted = _PAIRS[match[kind]]
            if not open_ or open_.pop()[0] not in (wanted, "set" if wanted == "(" else wanted):
                return tuple(found), _line(text, start)
    return tuple(found), _line(text, open_[0][1]) if open_ else None


def too_deep(text: str, most: int) -> int | None:
    """The line at which more brackets than `most` stand within each other, or None."""
    open_: list[str] = []
    for match in _TOKEN.finditer(text):
        sign = match["sign"] or ("(" if match["set"] else "")
        if open_ and _PAIRS.get(sign) == open_[-1]:
            open_.pop()
        elif sign in _PAIRS.values():
            open_.append(sign)
            if len(open_) > most:
                return _line(text, match.start())
    return None


def _unquoted(text: str) -> str:
    return re.sub(r"\\([^0-9a-fA-F\n])", r"\1", text.strip()[1:].rstrip("\"'"))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def replaced(text: str, parts: Iterable[tuple[int, int, str]]) -> str:
    """The text with other words from one place to another, in order."""
    pieces, last = [], 0
    for start, end, new in parts:
        pieces += [text[last:start], new]
        last = end
    return "".join((*pieces, text[last:]))
