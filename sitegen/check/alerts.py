"""Quotes that were meant as alerts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.check.paragraphs import place_of
from sitegen.errors import Problem, did_you_mean
from sitegen.markup.alerts import KINDS
from sitegen.markup.lines import text_lines
from sitegen.model.content import Document

_QUOTE = re.compile(r" {0,3}>")
_MARK = re.compile(r"[ >]*>[ \t]*\[!([^\]\n]{1,40})\](?![(\[:])")


def check(look: Look) -> Iterator[Problem]:
    """A note on each quote that begins as an alert does, with a word that no alert has."""
    for document in look.markdown:
        if look.site.config.extended and "[!" in document.body:
            yield from _unknown(document)


def _unknown(document: Document) -> Iterator[Problem]:
    last = -2  # the number of the last line of a quote
    for number, line in text_lines(document.body):
        match = _MARK.match(line) if number != last + 1 else None
        if match and match[1].lower() not in KINDS:
            hint = did_you_mean(match[1].strip().upper(), (kind.upper() for kind in KINDS))
            yield place_of(document, number).problem("note", f"[!{match[1]}] begins no alert: a quote", hint)
        last = number if _QUOTE.match(line) else last
