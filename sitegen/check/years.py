"""Numbers with a dot at the beginning of a line, of which somebody makes a list: "1986. A great year"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.check.paragraphs import Paragraph, paragraphs_with, place_of
from sitegen.errors import Problem
from sitegen.model.content import Document

_NUMBER = re.compile(r" {0,3}(\d+)\.[ \t]+\S")
_ANY = re.compile(r"^ {0,3}\d+\.[ \t]", re.MULTILINE)
_YEAR = re.compile(r" {0,3}([12]\d{3})\.[ \t]+\S")
_NO_TEXT = re.compile(r"\s*(?:[*+>|#-]|\d+\.\s)")


def check(look: Look) -> Iterator[Problem]:
    """Notes: a year that begins a list, and a number that would for Jekyll."""
    for document, paragraph in paragraphs_with(look, _ANY):
        first = _YEAR.match(paragraph.lines[0])
        if first is not None:
            hint = f"write {first[1]}\\. where it is a year in a sentence"
            message = f'"{first[1]}." begins a numbered list'
            yield place_of(document, paragraph.start).problem("note", message, hint)
        elif not paragraph.is_item:
            yield from _inside(document, paragraph)


def _inside(document: Document, paragraph: Paragraph) -> Iterator[Problem]:
    """Numbers within a paragraph. Only the first: what follows it, Jekyll has in the list."""
    for at, line in enumerate(paragraph.lines):
        match = _NUMBER.match(line)
        if at and match and match[1] != "1" and not _NO_TEXT.match(paragraph.lines[at - 1]):
            hint = f"for Jekyll it begins a list; if one is meant, put a blank line before it; else {match[1]}\\."
            message = f'"{match[1]}." within a paragraph, which stays text here'
            yield place_of(document, paragraph.start + at).problem("note", message, hint)
            return
        if _NO_TEXT.match(line):
            return
