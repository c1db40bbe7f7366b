"""Notes that their author made for later, and that readers would see: TODO, TK, lorem ipsum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.check.paragraphs import place_of, written_lines
from sitegen.errors import Problem
from sitegen.model.content import Document

# Words of their own: not a part of a longer word, an address or a name such as `TODO.md`.
_NOTE = re.compile(
    r"(?<![\w/#.@&=-])(?:TODO|FIXME|XXX|TKTK|TK)(?![\w/=-]|\.\w)|(?i:\blorem ipsum\b)|(?<!\S)\?{3,}(?=[\s.,;:)]|$)"
)
_ADDRESS = re.compile(r"\]\([^)\n]{0,999}+\)|<[^>\n]{0,999}+>|^ {0,3}\[[^\]\n]{1,99}+\]:.*")  # of links, and HTML


def check(look: Look) -> Iterator[Problem]:
    """A note on each line of text with one; titles and descriptions are text, too."""
    for document in look.documents:
        for key in ("title", "description"):
            if match := _NOTE.search(str(document.front.get(key) or "")):
                yield look.sources.front(document, key).problem("note", _message(match[0]), _HINT)
        if not document.verbatim and _NOTE.search(document.body):
            yield from _in_body(document)


def _in_body(document: Document) -> Iterator[Problem]:
    for number, line in written_lines(document.body):
        if match := _NOTE.search(_ADDRESS.sub("]", line)):
            yield place_of(document, number).problem("note", _message(match[0]), _HINT)


_HINT = "readers see it: do it, or take it out"


def _message(found: str) -> str:
    return f'a note of the author\'s is left in: "{found}"'
