"""Attribute lists in kramdown's form only: `{: .class #id key="v"}`, and `{#id .class}` after headings.

Python-Markdown's own take any braces, and lose the text of `## The set {a, b}`.
"""
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.extensions.attr_list import AttrListTreeprocessor

from sitegen.markup.headings import LEVELS

_LIST = r"\{:(?![:/])[ ]*([^}\n]*[^}\n ])[ ]*\}"
_ALONE = re.compile(rf"\s*{_LIST}\s*$")
_SHORT = re.compile(r"[ ]+\{((?:[#.][\w:-]+[ ]*)+)\}[ ]*#*[ ]*$")


class AttributeLists(AttrListTreeprocessor):
    """Give elements the attributes that stand after them."""

    HEADER_RE = re.compile(rf"[ ]+{_LIST}[ ]*#*[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(_LIST)  # type: ignore[misc]

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for parent in list(root.iter()):
            self._lists_alone(parent)
            if parent.tag in LEVELS:
                self._spell_out(parent)
        super().run(root)

    def _lists_alone(self, parent: Element) -> None:
        """A paragraph that is nothing but a list belongs to the block before it, the first to the one after."""
        blocks = list(parent)
        for at, block in enumerate(blocks):
            if block.tag == "p" and not len(block) and (match := _ALONE.match(block.text or "")):
                neighbours = blocks[at - 1 : at] or blocks[at + 1 : at + 2]
                for neighbour in neighbours:
                    self.assign_attrs(neighbour, match[1])
                    parent.remove(block)

    def _spell_out(self, heading: Element) -> None:
        """`{#id .class}` at the end of a heading means `{: #id .class}`."""
        if len(heading):
            heading[-1].tail = _SHORT.sub(r" {: \1}", heading[-1].tail or "")
        else:
            heading.text = _SHORT.sub(r" {: \1}", heading.text or "")
