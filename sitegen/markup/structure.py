"""The steps that give a document its structure: lists and code before the parse, headings and tables after it."""
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from sitegen.markup.headings import LEVELS, MARK
from sitegen.markup.highlighting import code_block, language_of
from sitegen.markup.lists import arranged

_REGION = {"class": "table", "role": "region", "tabindex": "0", "aria-label": "Table"}


class Structure(Preprocessor):
    """Read lists and fenced code by the columns of their text. Tabs in code stay tabs."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines as Python-Markdown wants them."""
        return [*arranged(lines, self), "", ""]

    def code(self, text: str, info: str) -> str:
        """The line that stands for a fenced block."""
        return self.html(code_block(text, language_of(info)))

    def html(self, text: str) -> str:
        """The line that stands for HTML."""
        return self.md.htmlStash.store(text)


class HeadingMarks(Treeprocessor):
    """Mark the headings that Markdown made, so that they get their ids when all their text is known."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for element in root.iter():
            if element.tag in LEVELS:
                element.set(MARK, "1")


class TableRegions(Treeprocessor):
    """Put each table into a region that scrolls and can be reached by the keyboard."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for parent in [element for element in root.iter() if any(child.tag == "table" for child in element)]:
            for at, child in enumerate(parent):
                if child.tag == "table":
                    parent[at] = _in_region(child)


def _in_region(table: Element) -> Element:
    region = Element("div", _REGION)
    region.tail, table.tail = table.tail, "\n"
    region.append(table)
    return region
