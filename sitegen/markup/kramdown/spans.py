"""The second parse: the marks in a text. Source: kramdown/parser/kramdown.rb, `parse_spans`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from sitegen.markup.kramdown import codes, emphasis, html_spans, inline, links, quotes
from sitegen.markup.kramdown.document import Document
from sitegen.markup.kramdown.nodes import HTML, Node, add_text, resolved, settle

Reader = Callable[["Spans", Node], bool]
Ends = Callable[[re.Match[str]], bool]

# Where a mark may begin: a quote's reader wants to see the sign before it.
_START = r"[*_`<\[&\\]|!\[|\$\$|[^\\]?[\"']|\{:|--|\.\.\.| ?(?:<<|>>)|  (?=\n)|~~"
# What a sign may begin, in the order in which it is tried; a reader says whether it took it.
SPANS: dict[str, tuple[Reader, ...]] = {
    "*": (emphasis.emphasis,),
    "_": (emphasis.emphasis,),
    "`": (codes.code,),
    "<": (links.autolink, html_spans.html, quotes.quote, quotes.sign),
    "[": (inline.footnote, links.link, quotes.quote),
    "!": (links.link, quotes.quote),
    "$": (quotes.quote, inline.formula),
    "{": (quotes.quote, inline.extension),
    "&": (quotes.quote, inline.entity),
    " ": (quotes.quote, quotes.sign, inline.line_break),
    "\\": (quotes.sign, inline.line_break, inline.escape),
    "~": (quotes.quote, inline.struck),
}
_OTHERS: tuple[Reader, ...] = (quotes.quote, quotes.sign)


@lru_cache(maxsize=256)
def _pattern(stop: str, html_only: bool) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    start = "<" if html_only else _START
    return re.compile(f"{stop}|{start}" if stop else start, re.IGNORECASE), re.compile(stop, re.I) if stop else None


class Spans:
    """Reads a text into nodes. `open` holds the tags of the elements that are read, `HTML` for the author's own."""

    def __init__(self, document: Document, text: str) -> None:
        self.document, self.text, self.at = document, text, 0
        self.open: list[str] = []
        self.ends: dict[str, int] = {}  # by mark of emphasis, where it can end for the last time
        self.failed: set[tuple[object, ...]] = set()  # marks that nothing closes, by where and within what

    def fill(self, node: Node, stop: str = "", ends: Ends | None = None, *, html_only: bool = False) -> bool:
        """Read into the node up to what matches `stop` and `ends`, or to the end; whether the stop was found."""
        pattern, stop_pattern = _pattern(stop, html_only)
        self.open.append(HTML if node.written else node.tag)
        found = False
        while not found and self.at < len(self.text):
            match = pattern.search(self.text, self.at)
            if match is None:
                break
            self.document.spend()
            start = match.start()
            if start > self.at:
                text = self.text[self.at : start]
                add_text(node, resolved(text) if html_only and not node.literal else text)
                self.at = start
            if stop_pattern and (ending := stop_pattern.match(self.text, start)):
                found = ends is None or ends(ending)
            if not found:
                self._mark(node, html_only=html_only)
        if not stop and not found:
            add_text(node, self.text[self.at :])
            self.at = len(self.text)
        settle(node)
        self.open.pop()
        return found

    def _mark(self, node: Node, *, html_only: bool) -> None:
        sign = self.text[self.at]
        readers = (html_spans.html,) if html_only else SPANS.get(sign, _OTHERS)
        if not any(read(self, node) for read in readers):
            add_text(node, sign)
            self.at += 1

    def scan(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go past what matches here."""
        if match := pattern.match(self.text, self.at):
            self.at = match.end()
        return match

    def skip(self, node: Node, text: str, at: int) -> bool:
        """Take the mark at that place for text."""
        add_text(node, text)
        self.at = at + len(text)
        return True

    def key(self, at: int, kind: str) -> tuple[object, ...]:
        """What decides whether a mark can be read: its place and the elements around it."""
        kinds = self.open
        return at, kind, "em" in kinds, "strong" in kinds, "a" in kinds, "img" in kinds, kinds[-1]


def fill(node: Node, document: Document) -> None:
    """Read the Markdown of the node, if it has any."""
    if node.source is not None:
        text, node.source = node.source, None
        Spans(document, text).fill(node)
