"""HTML of a post that is to stand elsewhere: in a feed reader, among other people's posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from sitegen.markup.headings import without_anchors
from sitegen.markup.links import with_address
from sitegen.markup.tokens import Token, attributes, change_attributes, joined, tokens, without

_DROPPED = frozenset((
    "base", "button", "datalist", "form", "input", "link", "meta", "script", "select", "style", "template", "textarea",
))  # fmt: skip
_UNWRAPPED = frozenset(("noscript",))  # there is no script
_OF_THE_PAGE = frozenset(("accesskey", "autofocus", "contenteditable", "tabindex"))
_OF_A_NOTE = re.compile("fn(ref)?:")  # readers that show footnotes in place look for these ids
_SCRIPT = re.compile(r"\s*javascript:", re.IGNORECASE)


def portable(html: str, page: str) -> str:
    """The HTML without scripts, forms and the page's own ids, every address in it seen from `page`, which is its own.

    >>> portable('<a href="#x" id="y" onclick="z()">x</a> <img src="a.png">', "https://x.org/p/")
    '<a href="https://x.org/p/#x">x</a> <img src="https://x.org/p/a.png">'
    """
    pieces = [token for token in tokens(html) if token.kind != "comment"]
    closed = _DROPPED - _unbalanced(pieces)
    kept = without(without_anchors(pieces), lambda token: token.name in closed)
    return joined(_carried(kept, page))


def _unbalanced(pieces: Iterable[Token]) -> set[str]:
    """Elements that are not all closed: what follows them must not go with them."""
    balance = Counter[str]()
    for token in pieces:
        if token.name in _DROPPED:
            balance[token.name] += (token.kind == "open") - (token.kind == "close")
    return {name for name, count in balance.items() if count}


def _carried(pieces: Iterable[Token], page: str) -> Iterator[Token]:
    drawing = 0  # within an SVG, whose parts refer to each other
    for token in pieces:
        if token.name == "svg" and not token.source.endswith("/>"):
            drawing += (token.kind == "open") - (token.kind == "close")
        if token.name == "input":
            yield from _ticked(token)
        elif token.name in _DROPPED or token.name in _UNWRAPPED:
            continue
        elif token.kind == "open" and "=" in token.source:
            yield token._replace(source=_tag(token.source, page, drawing > 0))
        else:
            yield token


def _ticked(token: Token) -> Iterator[Token]:
    """The box of a task list as a sign."""
    given = attributes(token.source)
    if given.get("type") == "checkbox":
        yield Token("text", "", "☑" if "checked" in given else "☐")


def _tag(source: str, page: str, drawing: bool) -> str:
    def whole(address: str) -> str:
        if drawing and address.startswith("#"):
            return address
        try:
            return urljoin(page, address.strip())
        except ValueError:  # `http://[`
            return address

    def change(name: str, value: str) -> str | None:
        own = name in _OF_THE_PAGE or name.startswith("on") or bool(_SCRIPT.match(value))
        if own or (name == "id" and not drawing and not _OF_A_NOTE.match(value)):
            return None
        return with_address(name, value, whole)

    return change_attributes(source, change)
