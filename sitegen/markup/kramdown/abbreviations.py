"""Abbreviations with what they are short for. Source: kramdown/parser/kramdown/abbreviation.rb."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from sitegen.markup.kramdown.document import Document
from sitegen.markup.kramdown.nodes import COMMENT, FORMULA, RAW, Node

_SIGNS_A_STEP = 500  # times the names: what is searched in the time of one step
_LEFT_ALONE = frozenset(("code", "pre", "abbr", COMMENT, RAW, FORMULA))


def marked(root: Element, document: Document) -> None:
    """Mark each abbreviation that is defined, in all of the tree."""
    names = sorted(filter(None, document.abbreviations), key=len, reverse=True)
    if not names:
        return
    pattern = re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(map(re.escape, names))})(?![A-Za-z0-9_])")
    for element in list(root.iter()):
        if isinstance(element, Node) and element.tag not in _LEFT_ALONE and element.model != "raw":
            length = len(element.text or "") + sum(len(child.tail or "") for child in element)
            document.spend(len(names) * length // _SIGNS_A_STEP)
            _mark(element, pattern, document)


def _mark(element: Element, pattern: re.Pattern[str], document: Document) -> None:
    for at in range(len(element) - 1, -1, -1):
        child = element[at]
        if child.tail and (first := pattern.search(child.tail)):
            new = list(_abbreviations(child.tail, pattern, document))
            child.tail = child.tail[: first.start()]
            for offset, node in enumerate(new):
                element.insert(at + 1 + offset, node)
    if element.text and (first := pattern.search(element.text)):
        new = list(_abbreviations(element.text, pattern, document))
        element.text = element.text[: first.start()]
        for offset, node in enumerate(new):
            element.insert(offset, node)


def _abbreviations(text: str, pattern: re.Pattern[str], document: Document) -> list[Node]:
    """A node for each abbreviation in the text, with the text that follows it."""
    found: list[Node] = []
    matches = list(pattern.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        title, definition = document.abbreviations[match[0]]
        node = Node("abbr")
        document.apply(node, definition.lists)
        if title:
            node.set("title", title)
        node.text = match[0]
        node.tail = text[match.end() : following.start() if following else len(text)]
        found.append(node)
    return found
