"""Text without any mark is spared Python-Markdown's twenty inline patterns: most text has none."""
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

_MARK = re.compile(r"[\\`*_\[\]<&~!\x02]|  \n")


class _Plain(AtomicString):
    """Text that the inline patterns pass over."""


class Sheltered(Treeprocessor):
    """Set the texts without a mark aside before the inline patterns run."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for element in root.iter():
            if element.text and not isinstance(element.text, AtomicString) and not _MARK.search(element.text):
                element.text = _Plain(element.text)


class Unsheltered(Treeprocessor):
    """Make them ordinary text again afterwards, for the steps that follow."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for element in root.iter():
            if isinstance(element.text, _Plain):
                element.text = str(element.text)
