"""The dialect as an extension of Python-Markdown: its two parses and its writer in the places of the stock ones."""
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from sitegen.markup.dialect import Dialect
from sitegen.markup.kramdown import abbreviations, blocks, spans
from sitegen.markup.kramdown.document import Document
from sitegen.markup.kramdown.nodes import Node
from sitegen.markup.kramdown.writer import Writer


class Structure(BlockParser):
    """The first parse: blocks, with their text left as Markdown."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.dialect = Dialect()
        self.document = Document()

    def parseDocument(self, lines: Iterable[str]) -> ElementTree[Any]:  # noqa: N802
        """The tree of the lines. Raises `MarkupError`."""
        self.document = Document(self.dialect)
        self.root = blocks.read("\n".join(lines), self.document)
        return ElementTree(self.root)


def _document(md: Markdown) -> Document:
    assert isinstance(md.parser, Structure)
    return md.parser.document


class Texts(Treeprocessor):
    """The second parse: the marks in each text, the footnotes' too, and attribute lists."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        document = _document(self.md)
        for tree in (root, *(note.content for note in document.footnotes.values())):
            for node in list(tree.iter()):
                if isinstance(node, Node):
                    document.apply(node, node.lists)
                    spans.fill(node, document)


class Abbreviations(Treeprocessor):
    """`<abbr>` for what is defined by `*[abbreviation]: …`."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        document = _document(self.md)
        if document.abbreviations:
            for tree in (root, *(note.content for note in document.footnotes.values())):
                abbreviations.marked(tree, document)


# Where each of ours stands in Python-Markdown's chain; nothing else does.
DIALECT = (
    ("treeprocessors", Texts, "inline", 20),
    ("treeprocessors", Abbreviations, "abbr", 7),
)
_REPLACED = ("preprocessors", "treeprocessors", "postprocessors")


class Kramdown(Extension):
    """kramdown's GFM dialect."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put the dialect in the place of what there is."""
        for registry in _REPLACED:
            for item in list(getattr(md, registry)._priority):
                getattr(md, registry).deregister(item.name)
        for registry, processor, name, priority in DIALECT:
            getattr(md, registry).register(processor(md), name, priority)
        md.parser = parser = Structure(md)
        write = dict.fromkeys(md.output_formats, lambda root: Writer(parser.document).document(root))
        md.output_formats = write  # type: ignore[misc]
        md.stripTopLevelTags = False
