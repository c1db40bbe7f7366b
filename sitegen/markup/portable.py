"""HTML of a post that is to stand elsewhere: in a feed reader, among other people's posts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urljoin

from sitegen.markup.cuts import COMMENT, RAW_TEXT, Cut, cut, is_opening
from sitegen.markup.headings import ANCHOR, is_anchor
from sitegen.markup.links import with_address
from sitegen.markup.tokens import attributes, change_attributes
from sitegen.patterns import regex

_DROPPED = frozenset((
    "base", "button", "datalist", "form", "input", "link", "meta", "script", "select", "style", "template", "textarea",
))  # fmt: skip
_UNWRAPPED = frozenset(("noscript",))  # there is no script
_ODD = {COMMENT, *(sign + name for sign in ("", "/", RAW_TEXT) for name in (*_DROPPED, *_UNWRAPPED, "svg"))}
_OF_THE_PAGE = frozenset(("accesskey", "autofocus", "contenteditable", "tabindex"))
_OF_A_NOTE = regex("fn(ref)?:")  # readers that show footnotes in place look for these ids
_IS_WHOLE = regex(r"https?://[A-Za-z0-9.-]+/[A-Za-z0-9/_.~%-]*")
REMEMBERED = 256  # texts
_SCRIPT = regex(r"\s*javascript:", re.IGNORECASE)


@lru_cache(maxsize=REMEMBERED)
def portable(html: str, page: str) -> str:
    """The HTML without scripts, forms and the page's own ids, every address in it seen from `page`, which is its own.

    A post stands in several feeds: what was made of it for one is remembered for the next.

    >>> portable('<a href="#x" id="y" onclick="z()">x</a> <img src="a.png">', "https://x.org/p/")
    '<a href="https://x.org/p/#x">x</a> <img src="https://x.org/p/a.png">'
    """
    body = cut(html)
    if _ODD.isdisjoint(body.names) and ANCHOR not in html:
        return body.changed(lambda tag: _tag(tag, page) if "=" in tag else tag).html
    body = body.without_tags(COMMENT)
    closed = _DROPPED - _unbalanced(body)
    kept = body.without(is_anchor).without(lambda name, tag: name in closed)
    return _carried(kept, page).html


def _unbalanced(body: Cut) -> set[str]:
    """Elements that are not all closed: what follows them must not go with them."""
    names = Counter(body.names)
    return {name for name in _DROPPED if names[name] != names[f"/{name}"]}


def _carried(body: Cut, page: str) -> Cut:
    tags = list(body.tags)
    drawing = 0  # within an SVG, whose parts refer to each other
    for at, name in enumerate(body.names):
        bare = name.lstrip(f"/{RAW_TEXT}")
        if bare == "svg" and not tags[at].endswith("/>"):
            drawing += 1 if name == bare else -1
        if bare == "input":
            tags[at] = _ticked(tags[at])
        elif bare in _DROPPED or bare in _UNWRAPPED:
            tags[at] = ""
        elif name == bare and is_opening(name) and "=" in tags[at]:
            tags[at] = _tag(tags[at], page, drawing=drawing > 0)
    return replace(body, tags=tags)


def _ticked(tag: str) -> str:
    """The box of a task list as a sign."""
    given = attributes(tag)
    if given.get("type") != "checkbox":
        return ""
    return "☑" if "checked" in given else "☐"


def _tag(source: str, page: str, *, drawing: bool = False) -> str:
    def whole(address: str) -> str:
        if (drawing and address.startswith("#")) or _IS_WHOLE.fullmatch(address):
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
