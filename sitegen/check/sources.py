"""From what stands on a page back to the line of the author's file that it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from sitegen.check.pages import SeenPage
from sitegen.leads.places import Place, in_body, pattern_of, spellings_of
from sitegen.markup.lines import unfenced
from sitegen.markup.rendered import Rendered
from sitegen.model.content import Document
from sitegen.model.site import Site

_MARKUP = re.compile(r"\]\([^)]{0,999}+\)|\{[:#][^}]{0,999}+\}|<[^>]{0,999}+>|&[#\w]{1,20};|[\W_]")


class Sources:
    """The files of one site, as their authors wrote them."""

    def __init__(self, site: Site, bodies: Mapping[str, Rendered], files: Mapping[str, str]) -> None:
        """`files` are the texts of pages that are published as they are, by path."""
        self.site, self.bodies, self._files = site, bodies, files
        self._owners: dict[str, list[Document]] = {}
        for path, body in bodies.items():
            for address in dict.fromkeys(body.links):
                self._owners.setdefault(address, []).append(site.documents[path])
        self.layout_places = cache(self._layout_places)

    def whole(self, document: Document) -> Place:
        """A document, but no line of it."""
        return Place(document.path)

    def front(self, document: Document, key: str) -> Place:
        """A key of the front matter; the whole document where it is not given there."""
        origin = document.origin.at(key)
        return Place(document.path, origin.text, origin.line if origin.keys in origin.lines else None)

    def of_address(self, page: SeenPage, address: str, times: int, line: int) -> list[Place]:
        """Where an address stands that is `times` on the page, first on that line of it.

        In the body of the page's document, and in layouts where it stands more often than there; else in its front
        matter, a layout, the configuration, or the document that an index page shows. At the least it is the page.
        """
        if page.copied:
            return [Place(page.owner, self._files.get(page.owner, ""), line)]
        own = self.site.documents.get(page.owner)
        count = self.bodies[own.path].links.count(address) if own is not None else 0
        spellings = spellings_of(address, self.site.config)
        found: list[Place] = []
        if own is not None and count:
            found = in_body(own, spellings, count) or [self.whole(own)]
        elif own is not None:
            found = self._in_front(own, spellings)
        if not found or (own is not None and times > count > 0):
            found += self.layout_places(spellings)
        if not found:
            shown = [own] if own is not None else self._owners.get(address, [])
            found = [place for document in shown for place in in_body(document, spellings)]
        return found or [self.of_page(page)]

    def of_page(self, page: SeenPage) -> Place:
        """The page as a whole."""
        return Place(page.owner)

    def in_text(self, document: Document, words: str) -> Place:
        """The line of a body that reads like the words (a heading's), whatever marks stand in it."""
        wanted = _plain(words)
        found = (at for at, line in unfenced(document.body) if wanted and _plain(line) == wanted)
        at = next(found, None)
        return Place(document.path, document.origin.text, None if at is None else document.line_of(at + 1))

    def _in_front(self, document: Document, words: tuple[str, ...]) -> list[Place]:
        pattern = pattern_of(words)
        rows = document.origin.text.split("\n")[: document.body_line - 1]
        lines = (number for number, row in enumerate(rows, start=1) if pattern.search(row))
        return [Place(document.path, document.origin.text, line) for line in lines][:1]

    def _layout_places(self, words: tuple[str, ...]) -> list[Place]:
        """The first line of the site's own layouts, or of its configuration, where one of the words stands."""
        if len(words[0]) < 2:
            return []
        pattern = pattern_of(words)
        origin = self.site.config.origin
        texts = [(layout.path, layout.text) for layout in self.site.layouts.values()]
        for path, text in (*texts, (origin.path, origin.text)):
            if match := pattern.search(text):
                return [Place(path, text, text.count("\n", 0, match.start()) + 1)]
        return []


def _plain(text: str) -> str:
    """Nothing but letters and digits."""
    return _MARKUP.sub("", text).casefold()
