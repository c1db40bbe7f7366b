"""The compiled engine: pulldown-cmark through pyromark, brought to the default engine's HTML."""

from __future__ import annotations

import re

from sitegen.errors import MissingExtra
from sitegen.markup.headings import MARK

_HEADING = re.compile(r"<h([1-6])(?=[ >])")
_OPEN_TABLE, _CLOSE_TABLE = "<table><thead>", "</table>"
_REGION = '<div class="table" role="region" tabindex="0" aria-label="Table">'


def convert(text: str) -> str:
    """The HTML of the text, headings marked. Raises `MissingExtra` without pyromark."""
    try:
        import pyromark
    except ImportError as error:
        raise MissingExtra("the commonmark engine", "commonmark") from error
    options = (
        pyromark.Options.ENABLE_TABLES
        | pyromark.Options.ENABLE_FOOTNOTES
        | pyromark.Options.ENABLE_STRIKETHROUGH
        | pyromark.Options.ENABLE_TASKLISTS
        | pyromark.Options.ENABLE_SMART_PUNCTUATION
        | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
        | pyromark.Options.ENABLE_DEFINITION_LIST
    )
    html = pyromark.html(text, options=options)
    return _HEADING.sub(rf'<h\1 {MARK}="1"', html)
