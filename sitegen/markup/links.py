"""The links and pictures of a body: listed, put below the base, made absolute for feeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urljoin

from sitegen.markup.tokens import Token, attributes, change_attributes, joined, tokens

_ADDRESSED = ("href", "src", "poster")
_HAS_ADDRESS = re.compile(r"\b(?:href|src|srcset|poster)\b", re.IGNORECASE)
_CANDIDATE = re.compile(r"([\s,]*+)(\S*[^\s,])(,+|\s[^,]*+,?|)")  # of a srcset: address, width or density


def links_of(pieces: Iterable[Token]) -> tuple[str, ...]:
    """Every `href` and `src`, in order."""
    found: list[str] = []
    for token in pieces:
        if token.kind == "open" and _HAS_ADDRESS.search(token.source):
            given = attributes(token.source)
            found += [given[name] for name in ("href", "src") if name in given]
    return tuple(found)


def below_base(pieces: Iterable[Token], baseurl: str) -> list[Token]:
    """The tokens with `baseurl` before each site-absolute address that does not have it."""

    def prefixed(address: str) -> str:
        has_it = address == baseurl or address.startswith((f"{baseurl}/", f"{baseurl}#", f"{baseurl}?"))
        return address if has_it else baseurl + address

    return _changed(pieces, prefixed) if baseurl else list(pieces)


def absolute_links(html: str, base: str) -> str:
    """The HTML with its site-absolute addresses made absolute. `base` has scheme and host (`https://x.org`).

    >>> absolute_links('<a href="/a/">x</a>', "https://x.org")
    '<a href="https://x.org/a/">x</a>'
    """
    return joined(_changed(tokens(html), lambda address: urljoin(base, address)))


def _changed(pieces: Iterable[Token], change: Callable[[str], str]) -> list[Token]:
    """The tokens with each site-absolute address changed."""

    def address(given: str) -> str:
        return change(given) if given.startswith("/") and not given.startswith("//") else given

    def candidate(match: re.Match[str]) -> str:
        return match[1] + address(match[2]) + match[3]

    def value(name: str, given: str) -> str:
        if name in _ADDRESSED:
            return address(given)
        return _CANDIDATE.sub(candidate, given) if name == "srcset" else given

    return [
        token._replace(source=change_attributes(token.source, value))
        if token.kind == "open" and _HAS_ADDRESS.search(token.source)
        else token
        for token in pieces
    ]
