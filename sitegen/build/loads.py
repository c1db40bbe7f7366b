"""What a page or a style sheet makes a browser load at once: the addresses, as it has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sitegen.markup.tokens import attributes, tokens
from sitegen.templates.assets.sheets import read_sheet

_LOADED = frozenset(("stylesheet", "icon", "preload", "modulepreload"))
_SOURCES: Mapping[str, str] = {"script": "src", "iframe": "src", "embed": "src", "object": "data", "video": "poster"}
_TAG = re.compile(r"<(?:link|script|img|picture|/picture|source|style|iframe|embed|object|video)\b", re.IGNORECASE)
_CANDIDATE = re.compile(r"\s*(\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)")


def of_page(html: str) -> Iterator[str]:
    """The addresses of what a page loads. Of the candidates for a picture it is the largest of the first kind."""
    inside, chosen = False, ""
    for token in tokens(html) if _TAG.search(html) else ():
        if token.kind == "raw" and token.name == "style":
            yield from of_style(token.source)
        if token.name == "picture":
            inside, chosen = token.kind == "open", ""
        if token.kind != "open":
            continue
        if token.name == "source" and inside and not chosen:
            chosen = largest(attributes(token.source).get("srcset", ""))
        elif token.name == "img":
            given = attributes(token.source)
            yield chosen or largest(given.get("srcset", "")) or given.get("src", "")
        elif token.name == "link":
            given = attributes(token.source)
            if _LOADED & set(given.get("rel", "").lower().split()):
                yield given.get("href", "")
        elif token.name in _SOURCES:
            yield attributes(token.source).get(_SOURCES[token.name], "")


def of_style(css: str) -> Iterator[str]:
    """The addresses of what a style sheet loads, if all of it is used."""
    sheet = read_sheet(css)
    yield from (rule.address for rule in sheet.imports)
    yield from (address.text for address in sheet.addresses)


def largest(srcset: str) -> str:
    """The candidate with the largest width or density.

    >>> largest("a.png 480w, b.png 960w"), largest("a.png"), largest("")
    ('b.png', 'a.png', '')
    """
    found = [(float(size or 1), address) for address, size in _CANDIDATE.findall(srcset)]
    return max(found, key=lambda one: one[0], default=(0.0, ""))[1]
