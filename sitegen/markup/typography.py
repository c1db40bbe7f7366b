"""Typographic quotes, dashes and ellipses, in one linear pass over the tree.

Source of the rules for quotes: gettalong/kramdown `lib/kramdown/parser/kramdown/smart_quotes.rb`. Python-Markdown's
own `smarty` makes a placeholder for each sign, and needs quadratic time for long paragraphs.
"""
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

_SIGNS = re.compile(r"---?|\.\.\.|[\"']")
_DASHES = {"--": "–", "---": "—", "...": "…"}
_QUOTES = {('"', True): "“", ('"', False): "”", ("'", True): "‘", ("'", False): "’"}
_PUNCTUATION = re.compile(r"[!\"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~](?!\.\.)\B")
_CLOSING = re.compile(r"\s|s\b|$")
_PAIR = re.compile(r"[\"']\w")
_DECADE = re.compile(r"\d\ds")
_STASHED = re.compile("\x02wzxhzdk:(\\d+)\x03$")
_ESCAPED = re.compile("\x02(\\d+)\x03$")
_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "del", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u")
)
_EMPHASIS = frozenset(("em", "strong"))
CODE = "x"  # stands for code and pictures: what a quote beside them sees


class Typography(Treeprocessor):
    """Set quotes, dashes and ellipses as a printer would."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for block in root.iter():
            if block.tag not in _INLINE and block.tag != "code":
                self._block(block)

    def _block(self, block: Element) -> None:
        slots = list(_slots(block))
        before = ""
        for at, (element, is_tail, _) in enumerate(slots):
            text = (element.tail if is_tail else element.text) or ""
            if element.tag == "code" and not is_tail:
                before = CODE
            elif text:
                after = self._after(slots, at)
                if not isinstance(text, AtomicString) and _SIGNS.search(text):
                    self._set(element, is_tail, self._typeset(text, before, after))
                before = text[-1] if text[-1] != "\x03" else self._sign_before(text, before)

    def _set(self, element: Element, is_tail: bool, text: str) -> None:
        if is_tail:
            element.tail = text
        else:
            element.text = text

    def _after(self, slots: list[tuple[Element, bool, bool]], at: int) -> str:
        """What follows the text in its block: a few signs; `*` for emphasis that begins."""
        for element, is_tail, opens in slots[at + 1 : at + 3]:
            if opens and element.tag in _EMPHASIS:
                return "*"
            text = CODE if element.tag == "code" and not is_tail else (element.tail if is_tail else element.text)
            if text:
                return text[:3]
        return ""

    def _typeset(self, text: str, before: str, after: str) -> str:
        def sign(match: re.Match[str]) -> str:
            if match[0] in _DASHES:
                return _DASHES[match[0]]
            start = match.start()
            left = self._sign_before(text[max(0, start - 64) : start], before)
            right = text[match.end() : match.end() + 4] or after
            return _QUOTES[match[0], _is_opening(left, right, emphasis=after == "*" and match.end() == len(text))]

        return _SIGNS.sub(sign, text)

    def _sign_before(self, text: str, before: str) -> str:
        """The last sign that a reader sees of the text; "" where an HTML tag has just been opened."""
        if not text.endswith("\x03"):
            return text[-1:] or before
        tail = text[-24:]
        if match := _ESCAPED.search(tail):
            return chr(int(match[1]))
        if match := _STASHED.search(tail):
            html = str(self.md.htmlStash.rawHtmlBlocks[int(match[1])])
            if html.startswith("</"):
                return self._sign_before(text[: len(text) - len(match[0])], before)
            return "" if html.startswith("<") else CODE
        return CODE


def _slots(block: Element) -> Iterator[tuple[Element, bool, bool]]:
    """The texts of a block in order, its inline elements' included: element, whether its tail, whether it opens."""
    yield block, False, False
    for child in block:
        if child.tag in _INLINE or child.tag == "code":
            yield from ((element, is_tail, opens or element is child) for element, is_tail, opens in _slots(child))
        yield child, True, False


def _is_opening(left: str, right: str, *, emphasis: bool) -> bool:
    """Whether a quote between these two opens."""
    if emphasis:
        return not left or left.isspace() or left in "([{-"
    if _PUNCTUATION.match(right) and not _PAIR.match(right):
        return False
    if _DECADE.match(right) and (not left or left.isspace()):
        return False
    if left and not left.isspace() and left not in "\\[{(-–—\"'“‘":
        return False
    return not _CLOSING.match(right)
