"""The extensions of Python-Markdown that the default engine uses."""
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from pymdownx.saneheaders import SaneHeadersExtension
from pymdownx.superfences import SuperFencesCodeExtension
from pymdownx.tasklist import TasklistExtension
from pymdownx.tilde import DeleteSubExtension

from sitegen.markup.headings import LEVELS, MARK
from sitegen.markup.highlighting import code_block


def theirs() -> list[Extension]:
    """Those of Python-Markdown and pymdown-extensions."""
    return [
        AbbrExtension(),
        AttrListExtension(),
        DefListExtension(),
        FootnoteExtension(BACKLINK_TEXT="↩"),
        MarkdownInHtmlExtension(),
        SaneListExtension(),
        SmartyExtension(),
        TableExtension(),
        SaneHeadersExtension(),
        TasklistExtension(),
        DeleteSubExtension(subscript=False),
        SuperFencesCodeExtension(custom_fences=[{"name": "*", "class": "", "format": _fence}]),
    ]


def ours() -> list[Extension]:
    """Those of this room."""
    return [HeadingMarks(), TableRegions()]


def _fence(source: str, language: str, *_: object, **__: object) -> str:
    return code_block(source + "\n", language)


class HeadingMarks(Extension):
    """Mark the headings that Markdown made, so that they get their ids when all their text is known."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Headings(md), "sitegen_headings", 4)


class _Headings(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in LEVELS:
                element.set(MARK, "1")


class TableRegions(Extension):
    """Put each table into a region that scrolls and can be reached by the keyboard."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Tables(md), "sitegen_tables", 4)


class _Tables(Treeprocessor):
    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for at, child in enumerate(list(parent)):
                if child.tag == "table":
                    region = Element("div")
                    region.attrib |= {"class": "table", "role": "region", "tabindex": "0", "aria-label": "Table"}
                    region.tail, child.tail = child.tail, "\n"
                    region.append(child)
                    parent[at] = region
