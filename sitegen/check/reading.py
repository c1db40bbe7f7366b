"""A published page, read once: its HTML to a `SeenPage`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape

from sitegen.check.pages import Heading, HtmlForm, Reference, SeenPage
from sitegen.markup.links import with_address
from sitegen.markup.tokens import Token, attributes, tokens

# Most tags of a page have nothing to check: they are left out before the others are looked at.
_PLAIN = re.compile(
    r"</?(?:span|p|li|em|strong|code|b|i|ul|ol|div|td|tr|th|tbody|thead|pre|br|blockquote|small|section|article)"
    r'(?: class="[\w -]*")?>'
)
_REFRESH = re.compile(r"\s*+\d*+\s*+[;,]\s*+(?:url\s*+=\s*+)?[\"']?([^\"']+)", re.IGNORECASE)
_UNLINKED = frozenset(("preconnect", "dns-prefetch", "pingback", "edituri", "webmention"))  # a host or a service
_HEADINGS = {f"h{level}": level for level in range(1, 7)}

# Which attributes of which tags are addresses, and of what.
ADDRESSES: Mapping[str, Mapping[str, str]] = {
    "a": {"href": "link"},
    "area": {"href": "link"},
    "audio": {"src": "media"},
    "embed": {"src": "frame"},
    "iframe": {"src": "frame"},
    "image": {"href": "picture", "xlink:href": "picture"},
    "img": {"src": "picture"},
    "input": {"src": "picture"},
    "object": {"data": "frame"},
    "script": {"src": "script"},
    "source": {"src": "media"},
    "track": {"src": "media"},
    "video": {"src": "media", "poster": "picture"},
}
_OF_LINKS = {"stylesheet": "style", "icon": "file", "apple-touch-icon": "file", "manifest": "file", "preload": "file"}
_OF_METAS = ("og:image", "twitter:image")


@dataclass(eq=False)
class _Open:
    """An element whose words are gathered until it ends."""

    tag: str
    line: int
    reference: Reference | None = None
    parts: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return " ".join("".join(self.parts).split())


class _Reading:
    """One page while it is read."""

    def __init__(self) -> None:
        self.line = 1
        self.whole = False
        self.lang = self.title = self.base = ""
        self.ids: list[tuple[str, int]] = []
        self.names: list[str] = []
        self.references: list[Reference] = []
        self.headings: list[Heading] = []
        self.forms: list[HtmlForm] = []
        self.open: list[_Open] = []

    def token(self, token: Token) -> None:
        if token.kind == "text":
            if self.open:
                self._say(unescape(token.source))
        elif token.kind == "open":
            self._opened(token)
        elif token.kind == "close":
            self._closed(token.name)
        elif token.kind == "raw" and token.name == "title" and not self.title:
            self.title = " ".join(unescape(token.source).split())
        self.line += token.source.count("\n")

    def _say(self, words: str) -> None:
        for element in self.open:
            element.parts.append(words)

    def _opened(self, token: Token) -> None:
        name = token.name
        read = _READERS.get(name)
        known = name in ADDRESSES or name in _HEADINGS
        if not (read or known or " id=" in token.source or "\nid=" in token.source):
            return
        given = attributes(token.source)
        if given.get("id"):
            self.ids.append((given["id"], self.line))
        if read:
            read(self, given)
        if name in _HEADINGS:
            self._closed(name)  # a heading that nothing has closed
            self.open.append(_Open(name, self.line))
        for attribute, kind in ADDRESSES.get(name, {}).items():
            if attribute in given:
                self._refer(name, kind, given[attribute], given)

    def _refer(self, tag: str, kind: str, address: str, given: Mapping[str, str]) -> None:
        reference = Reference(kind, address.strip(), self.line, tag)
        if tag == "img":
            reference = reference._replace(alt=given.get("alt"))
            self._say(given.get("alt", "(picture)"))  # that it has no `alt` is told of the picture, not of its link
        if tag == "a":
            self._closed("a")
            said = given.get("aria-label") or given.get("title") or given.get("aria-labelledby") or ""
            hidden = given.get("aria-hidden") == "true"
            self.open.append(_Open("a", self.line, reference, ["(hidden)" if hidden else said]))
        else:
            self.references.append(reference)

    def _closed(self, name: str) -> None:
        found = next((element for element in reversed(self.open) if element.tag == name), None)
        if found is None:
            return
        self.open.remove(found)
        if found.reference is not None:
            self.references.append(found.reference._replace(words=found.words))
        else:
            self.headings.append(Heading(_HEADINGS[name], found.words, found.line))

    def end(self) -> None:
        while self.open:
            self._closed(self.open[-1].tag)

    def html(self, given: Mapping[str, str]) -> None:
        self.whole = True
        self.lang = given.get("lang", "").strip()

    def head(self, given: Mapping[str, str]) -> None:
        self.whole = True

    def anchor(self, given: Mapping[str, str]) -> None:
        if given.get("name"):
            self.names.append(given["name"])

    def base_of(self, given: Mapping[str, str]) -> None:
        self.base = self.base or given.get("href", "")

    def link(self, given: Mapping[str, str]) -> None:
        relations = given.get("rel", "").lower().split()
        if "href" in given and not _UNLINKED & set(relations):
            kind = next((_OF_LINKS[word] for word in relations if word in _OF_LINKS), "link")
            self._refer("link", kind, given["href"], given)

    def meta(self, given: Mapping[str, str]) -> None:
        content = given.get("content", "")
        if (given.get("property") or given.get("name") or "").lower() in _OF_METAS:
            self._refer("meta", "picture", content, given)
        elif given.get("http-equiv", "").lower() == "refresh" and (match := _REFRESH.match(content)):
            self._refer("meta", "link", match[1].strip(), given)

    def pictures(self, given: Mapping[str, str]) -> None:
        def refer(address: str) -> str:
            self._refer("source", "picture", address, given)
            return address

        with_address("srcset", given.get("srcset", ""), refer)

    def form(self, given: Mapping[str, str]) -> None:
        method = given.get("method", "get").lower()
        claimed = any(name.startswith(("data-", "netlify", "onsubmit")) for name in given)
        self.forms.append(HtmlForm(given.get("action", "").strip(), method, self.line, claimed))


_READERS: Mapping[str, Callable[[_Reading, Mapping[str, str]], None]] = {
    "a": _Reading.anchor,
    "base": _Reading.base_of,
    "form": _Reading.form,
    "head": _Reading.head,
    "html": _Reading.html,
    "img": _Reading.pictures,
    "link": _Reading.link,
    "meta": _Reading.meta,
    "source": _Reading.pictures,
}


def read_page(html: str, path: str, owner: str, *, copied: bool = False) -> SeenPage:
    """The page of that HTML."""
    reading = _Reading()
    for token in tokens(_PLAIN.sub("", html)):
        reading.token(token)
    reading.end()
    return SeenPage(
        path=path,
        owner=owner,
        copied=copied,
        whole=reading.whole,
        lang=reading.lang,
        title=reading.title,
        base=reading.base,
        ids=tuple(reading.ids),
        names=tuple(reading.names),
        references=tuple(reading.references),
        headings=tuple(reading.headings),
        forms=tuple(reading.forms),
    )
