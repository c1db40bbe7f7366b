"""HTML cut into tags, text and comments, in linear time and as browsers do it.

The standard library's parser needs quadratic time for some broken input, and none of it is thrown away here:
joined again, the tokens are the input.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

Kind = Literal["text", "open", "close", "comment", "raw"]
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
HIDDEN = frozenset(("script", "style", "template"))  # their text is not read
_NAMES = "body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr"
_ENDED = VOID.union(_NAMES.split())  # elements that go without an end tag, or may
IMPLIED = _ENDED - VOID
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*+)(?:[^>"']|"[^"]*+"|'[^']*+')*+>""")
_BARE_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)[^>]*+>")  # after a quote that nothing closes
_ATTRIBUTE = re.compile(
    r"""([\s/]+)([^\s"'<>/=]++)((?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`][^\s>]*+))?+)"""  # blanks, name, = value
)


class Token(NamedTuple):
    """A piece of HTML: `name` is the tag's, in lower case ("" for text and comments)."""

    kind: Kind
    name: str
    source: str


def tokens(html: str) -> Iterator[Token]:
    """The pieces of the HTML, in order. The content of `<script>` and its like is one "raw" token."""
    at, tag = 0, TAG
    last = html.rfind(">")  # a tag that begins behind it has no end; to look for one takes as long as the rest is
    while (start := html.find("<", at)) >= 0:
        sign = html[start + 1 : start + 2]
        if sign in ("!", "?"):
            end = _comment_end(html, start)
            token = Token("comment", "", html[start:end])
        elif start > last:
            end = start + 1
            token = Token("text", "", "<")
        elif match := tag.match(html, start):
            end = match.end()
            token = Token("close" if match[1] else "open", match[2].lower(), match[0])
        elif tag is TAG and _BARE_TAG.match(html, start):
            tag = _BARE_TAG
            continue
        else:
            end = start + 1
            token = Token("text", "", "<")
        if start > at:
            yield Token("text", "", html[at:start])
        yield token
        at = end
        if token.kind == "open" and token.name in _RAW:
            end = _raw_end(html, at, token.name)
            yield Token("raw", token.name, html[at:end])
            at = end
    if at < len(html):
        yield Token("text", "", html[at:])


def _comment_end(html: str, start: int) -> int:
    mark = "-->" if html.startswith("<!--", start) else ">"
    end = html.find(mark, start + (2 if html.startswith("<!-->", start) else len(mark)))
    return len(html) if end < 0 else end + len(mark)


def _raw_end(html: str, at: int, name: str) -> int:
    match = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(html, at)
    return match.start() if match else len(html)


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, values as they are meant (`&amp;` is `&`)."""
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


def without(pieces: Iterable[Token], unwanted: Callable[[Token], bool]) -> Iterator[Token]:
    """The tokens but for the elements whose opening tag is unwanted, with all that is in them."""
    skipping, depth = "", 0
    for token in pieces:
        if skipping:
            depth += (token.kind == "open") - (token.kind == "close") if token.name == skipping else 0
            skipping = skipping if depth else ""
        elif token.kind == "open" and unwanted(token):
            if token.name not in VOID:
                skipping, depth = token.name, 1
        else:
            yield token


def balanced(pieces: Iterable[Token]) -> Iterator[Token]:
    """The tokens with the end tags that are missing, at the end, and without those of nothing.

    So what a layout puts around a body is not taken for a part of it. Tags that HTML lets one leave out stay so.
    """
    opened: list[str] = []
    waiting: Counter[str] = Counter()
    for token in pieces:
        name = token.name
        if token.kind == "open" and name not in _ENDED and not token.source.endswith("/>"):
            opened.append(name)
            waiting[name] += 1
        elif token.kind == "close" and name not in _ENDED:
            if not waiting[name]:
                continue
            waiting[name] -= 1
        yield token
    for name in reversed(opened):
        if waiting[name]:
            waiting[name] -= 1
            yield Token("close", name, f"</{name}>")


def joined(pieces: Iterable[Token]) -> str:
    """The HTML of the tokens."""
    return "".join(token.source for token in pieces)
