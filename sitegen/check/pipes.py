"""Sentences with a `|` in them, of which Jekyll makes tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.check.paragraphs import Paragraph, paragraphs_with, place_of, without_code
from sitegen.errors import Problem
from sitegen.markup import MarkupError, MarkupSettings, fragment

_PIPE = re.compile(r"(?<!\\)\|")
_OTHERWISE = re.compile(r" {0,3}(?:#{1,6}\s|>|\$\$|\{[:%{])")  # headings, quotes, formulas, what Liquid left


def check(look: Look) -> Iterator[Problem]:
    """A note on each paragraph that kramdown would set as a table, where sitegen has text."""
    settings = MarkupSettings(look.site.config.engine)
    hint = "for Jekyll this is a table; if it is meant as one, put a line such as |---|---| below its first line"
    for document, paragraph in paragraphs_with(look, _PIPE):
        if _is_table_for_jekyll(paragraph) and not _is_table_here(paragraph, settings):
            place = place_of(document, paragraph.start)
            yield place.problem("note", "a `|` in a sentence, which stays text here", hint)


def _is_table_for_jekyll(paragraph: Paragraph) -> bool:
    """kramdown's rule (parser/kramdown/table.rb): every line between blank ones has a `|` outside of code."""
    if paragraph.is_item or _OTHERWISE.match(paragraph.lines[0]):
        return False
    return all(_PIPE.search(without_code(line)) for line in paragraph.lines)


def _is_table_here(paragraph: Paragraph, settings: MarkupSettings) -> bool:
    try:
        return "<table" in fragment("\n".join(paragraph.lines), settings)
    except MarkupError:
        return True
