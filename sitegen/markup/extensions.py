"""The extensions of Python-Markdown that the default engine uses; ours are one row each in `DIALECT`."""
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from pymdownx.saneheaders import SaneHeadersExtension
from pymdownx.tasklist import TasklistExtension
from pymdownx.tilde import DeleteSubExtension

from sitegen.markup.attributes import AttributeLists
from sitegen.markup.structure import HeadingMarks, Structure, TableRegions
from sitegen.markup.typography import Typography
from sitegen.markup.unmarked import Sheltered, Unsheltered

# What kramdown's escape takes (`lib/kramdown/parser/kramdown/escaped_chars.rb`), and GFM's `~`.
ESCAPED = "\\.*_+`<>()[]{}#!:|\"'$=-~"

# Where in Python-Markdown's chain each of ours stands: registry, class, its name there, its priority.
DIALECT = (
    ("preprocessors", Structure, "normalize_whitespace", 30),  # in the place of Python-Markdown's own
    ("treeprocessors", Sheltered, "sitegen_sheltered", 21),  # `inline` is 20
    ("treeprocessors", Unsheltered, "sitegen_unsheltered", 19),
    ("treeprocessors", AttributeLists, "attr_list", 8),
    ("treeprocessors", Typography, "sitegen_typography", 6),
    ("treeprocessors", HeadingMarks, "sitegen_headings", 4),
    ("treeprocessors", TableRegions, "sitegen_tables", 3),
)


class Dialect(Extension):
    """kramdown's dialect, as far as this room has it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register every row of `DIALECT`."""
        md.ESCAPED_CHARS = list(ESCAPED)
        for registry, processor, name, priority in DIALECT:
            getattr(md, registry).register(processor(md), name, priority)


EXTENSIONS = (
    AbbrExtension,
    DefListExtension,
    lambda: FootnoteExtension(BACKLINK_TEXT="↩"),
    MarkdownInHtmlExtension,
    SaneListExtension,
    TableExtension,
    SaneHeadersExtension,
    TasklistExtension,
    lambda: DeleteSubExtension(subscript=False),
    Dialect,
)
