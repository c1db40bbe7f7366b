"""The extensions of Python-Markdown that the default engine uses."""
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.saneheaders import SaneHeadersExtension
from pymdownx.tasklist import TasklistExtension
from pymdownx.tilde import DeleteSubExtension

from sitegen.markup.attributes import AttributeLists
from sitegen.markup.headings import LEVELS, MARK
from sitegen.markup.highlighting import code_block, language_of
from sitegen.markup.lists import arranged
from sitegen.markup.typography import Typography


def theirs() -> list[Extension]:
    """Those of Python-Markdown and pymdown-extensions."""
    return [
        AbbrExtension(),
        DefListExtension(),
        FootnoteExtension(BACKLINK_TEXT="↩"),
        MarkdownInHtmlExtension(),
        SaneListExtension(),
        TableExtension(),
        SaneHeadersExtension(),
        TasklistExtension(),
        DeleteSubExtension(subscript=False),
    ]


def ours() -> list[Extension]:
    """Those of this room."""
    return [Structure(), AttributeLists(), Escapes(), PlainText(), Typography(), HeadingMarks(), TableRegions()]


class Structure(Extension):
    """Read lists and fenced code by the columns of their text (in the place of `normalize_whitespace`)."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_Structure(md), "normalize_whitespace", 30)


class _Structure(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [*arranged(lines, self.keep), "", ""]

    def keep(self, code: str, info: str) -> str:
        return self.md.htmlStash.store(code_block(code, language_of(info)))


class Escapes(Extension):
    """A backslash makes any punctuation that means something to kramdown a plain sign."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.ESCAPED_CHARS = list("\\.*_+`<>()[]{}#!:|\"'$=-~")


class PlainText(Extension):
    """Spare text without any mark the twenty inline patterns."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Sheltered(md), "sitegen_sheltered", 21)
        md.treeprocessors.register(_Unsheltered(md), "sitegen_unsheltered", 19)


class _Plain(AtomicString):
    """Text that has no mark in it."""


_MARKED = re.compile(r"[\\`*_\[\]<&~!\x02]|  \n")


class _Sheltered(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not isinstance(element.text, AtomicString) and not _MARKED.search(element.text):
                element.text = _Plain(element.text)


class _Unsheltered(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if isinstance(element.text, _Plain):
                element.text = str(element.text)


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
