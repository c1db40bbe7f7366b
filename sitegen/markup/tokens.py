"""HTML cut into tags, text and comments, in linear time and as browsers do it.

The standard library's parser needs quadratic time for some broken input, and none of it is thrown away here:
joined again, the tokens are the input.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from sitegen.patterns import regex

Kind = Literal["text", "open", "close", "comment", "raw"]
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
HIDDEN = frozenset(("script", "style", "template"))  # their text is not read
_NAMES = "body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr"
_ENDED = VOID.union(_NAMES.split())  # elements that go without an end tag, or may
IMPLIED = _ENDED - VOID
FOREIGN = frozenset(("svg", "math"))  # only within these does `/>` end an element
_EMPHASIS = "a b big code em font i nobr s small strike strong tt u"
RECONSTRUCTED = frozenset(_EMPHASIS.split())  # may overlap with others
RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
TAG = regex(r"""<(/?)([A-Za-z][^\s/>]*+)(?:[^>"']|"[^"]*+"|'[^']*+')*+>""")
_BARE_TAG = regex(r"<(/?)([A-Za-z][^\s/>]*+)[^>]*+>")  # after a quote that nothing closes
_ATTRIBUTE = regex(
    r"""([\s/]+)([^\s"'<>/=]++)((?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`][^\s>]*+))?+)"""  # blanks, name, = value
)
_ONLY = regex(r"""<[a-z][a-z0-9]* ([a-z]+)="([^"&<>]*+)">""")  # a tag with one attribute, as most have it

_COMMENT_END = regex("--!?>")
_SCRIPT_MARK = regex(r"<!(?=--)|-->|<(/?)script(?=[\s/>])", re.IGNORECASE)


class Token(NamedTuple):
    """A piece of HTML: `name` is the tag's, in lower case ("" for text and comments)."""

    kind: Kind
    name: str
    source: str

    @property
    def is_cut(self) -> bool:
        """Whether it begins a tag that nothing ends, or that ends far behind a quote that nothing closes."""
        if self.kind == "text":
            return self.source.startswith("<") and len(self.source) > 1
        return self.kind in ("open", "close") and not TAG.fullmatch(self.source)

    @property
    def end(self) -> str:
        """What a comment lacks at its end; "" for nothing, and for what is none."""
        if self.kind != "comment" or _comment_end(self.source + ">-->", 0) <= len(self.source):
            return ""
        return "-->" if self.source.startswith("<!--") else ">"


def tokens(html: str) -> Iterator[Token]:
    """The pieces of the HTML, in order. The content of `<script>` and its like is one "raw" token.

    What begins a tag that nothing ends is a text of two signs.
    """
    at, tag = 0, TAG
    last = html.rfind(">")  # a tag that begins behind it has no end; to look for one takes as long as the rest is
    while (start := html.find("<", at)) >= 0:
        sign = html[start + 1 : start + 2]
        if sign in ("!", "?"):
            end = _comment_end(html, start)
            token = Token("comment", "", html[start:end])
        elif start < last and (match := tag.match(html, start)):
            end = match.end()
            token = Token("close" if match[1] else "open", match[2].lower(), match[0])
        elif start < last and tag is TAG and _BARE_TAG.match(html, start):
            tag = _BARE_TAG
            continue
        else:
            end = start + (2 if sign == "/" or (sign.isascii() and sign.isalpha()) else 1)
            token = Token("text", "", html[start:end])
        if start > at:
            yield Token("text", "", html[at:start])
        yield token
        at = end
        if token.kind == "open" and token.name in RAW:
            end = _raw_end(html, at, token.name)
            yield Token("raw", token.name, html[at:end])
            at = end
    if at < len(html):
        yield Token("text", "", html[at:])


def _comment_end(html: str, start: int) -> int:
    if html.startswith("<!--", start):
        match = _COMMENT_END.search(html, start + 2)  # `<!-->` is a whole one
        return match.end() if match else len(html)
    return html.find(">", start) + 1 or len(html)


def _raw_end(html: str, at: int, name: str) -> int:
    if name == "script":
        return _script_end(html, at)
    match = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(html, at)
    return match.start() if match else len(html)


def _script_end(html: str, at: int) -> int:
    """Where the script ends: within `<!--` a `<script>` of its own takes the next end tag ("double escaped")."""
    depth = 0
    for match in _SCRIPT_MARK.finditer(html, at):
        if match[1] is None:
            depth = 0 if match[0] == "-->" else max(depth, 1)
        elif not match[1]:
            depth = 2 if depth else 0
        elif depth < 2:
            return match.start()
        else:
            depth = 1
    return len(html)


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, values as they are meant (`&amp;` is `&`)."""
    if only := _ONLY.fullmatch(tag):
        return {only[1]: only[2].strip("'")}
    from html import unescape

    found: dict[str, str] = {}
    for _, name, value in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape(value.strip().removeprefix("=").strip().strip("\"'")))
    return found


def change_attributes(tag: str, change: Callable[[str, str], str | None]) -> str:
    """The tag with each attribute's value (unescaped) replaced by what `change(name, value)` says.

    None removes the attribute; attributes without a value, and values that stay the same, are left as they are.
    """
    from html import escape, unescape

    def changed(match: re.Match[str]) -> str:
        name, value = match[2], unescape(match[3].strip().removeprefix("=").strip().strip("\"'"))
        new = change(name.lower(), value)
        if new is None:
            return ""
        return match[0] if new == value else f'{match[1]}{name}="{escape(new)}"'

    return _ATTRIBUTE.sub(changed, tag)


def balanced(pieces: Iterable[Token]) -> Iterator[Token]:
    """The tokens as a whole of its own: what is open is closed, what closes or ends nothing is gone or is text.

    So what a layout puts around a body is not taken for a part of it. Tags that HTML lets one leave out stay so.
    """
    elements = _Open()
    for token in pieces:
        if token.is_cut or token.name == "plaintext":
            yield Token("text", "", _as_text(token.source))
        elif token.kind == "open":
            elements.add(token)
            yield token
        elif token.kind == "close":
            yield from elements.close(token)
        else:
            yield token._replace(source=token.source + (_script_left(token) or token.end))
    yield from elements.all()


class _Open:
    """The elements that are open. Emphasis may overlap with others: browsers go on with it behind them."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._waiting = Counter[str]()

    def add(self, token: Token) -> None:
        """Take an opening tag."""
        name = token.name
        is_whole = token.source.endswith("/>") and any(name == one or self._waiting[one] for one in FOREIGN)
        if name not in _ENDED and not is_whole:
            self._names.append(name)
            self._waiting[name] += 1

    def close(self, token: Token) -> Iterator[Token]:
        """An end tag, and before it those of what is open in its element; nothing where it ends none."""
        name = token.name
        if name in _ENDED:
            yield token
        elif self._waiting[name]:
            while name not in RECONSTRUCTED and self._names[-1] != name:
                yield from self._left(self._names.pop())
            if name not in RECONSTRUCTED:
                self._names.pop()
            self._waiting[name] -= 1
            yield token

    def all(self) -> Iterator[Token]:
        """The end tags that are missing."""
        for name in reversed(self._names):
            yield from self._left(name)

    def _left(self, name: str) -> Iterator[Token]:
        if self._waiting[name]:
            self._waiting[name] -= 1
            yield Token("close", name, f"</{name}>")


def _as_text(source: str) -> str:
    from html import escape

    return escape(source, quote=False)


def _script_left(token: Token) -> str:
    """What a script lacks for the end tag behind it to end it; "" for nothing, and for what is none."""
    is_open = token.kind == "raw" and _raw_end(f"{token.source}</{token.name}>", 0, token.name) > len(token.source)
    return "\n-->" if is_open else ""


def joined(pieces: Iterable[Token]) -> str:
    """The HTML of the tokens."""
    return "".join(token.source for token in pieces)
