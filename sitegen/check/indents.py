"""Prose that four blanks before it make code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sitegen.check.look import Look
from sitegen.check.paragraphs import place_of
from sitegen.errors import Problem
from sitegen.markup.lines import block_end
from sitegen.model.content import Document

_INDENT = re.compile(r"(?: {4}|\t)")
_BEGINS = re.compile(r"(?:\A|\n[ \t]*\n)(?: {4}|\t)")
_WORD = re.compile(r"[^\W\d_]{2,}[,;:.!?…’'\")]*")
_CODE_SIGN = re.compile(
    r"[{}<>=$|\\\[\]_]|;\s*$|\(\)|\w\(|::|->|\w\.\w|\d{6}|\s#\s|\S {3,}\S"
    r"|^\s*(?:#|//|>|--|\*\*\*|\.{1,2}/)",
    re.MULTILINE,
)
LEAST_WORDS = 9  # of the longest line
WORDS_A_SIGN = 30  # at the least; prose has hardly any of the signs of code


def check(look: Look) -> Iterator[Problem]:
    """A note on each block that reads like sentences and is shown as code."""
    for document in look.markdown:
        if _BEGINS.search(document.body) and "<pre" in look.bodies[document.path].html:
            yield from _blocks(document)


def _blocks(document: Document) -> Iterator[Problem]:
    for start, lines in _indented(document.body.split("\n")):
        if _is_prose(lines):
            hint = "take the four blanks away, or leave them where it is meant as code"
            message = "indented by four blanks, and so shown as code: meant as such?"
            yield place_of(document, start).problem("note", message, hint)


def _indented(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The indented blocks outside of lists: the number of the first line, from 0, and the lines."""
    end_of = block_end(lines)
    at, inside, blank = 0, False, True  # inside of something whose indented lines are its own
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at, blank = at + 1, True
        elif blank and not inside and _INDENT.match(line):
            start = at
            while at < len(lines) and (not lines[at].strip() or _INDENT.match(lines[at])):
                at += 1
            yield start, [line for line in lines[start:at] if line.strip()]
            blank = True
        elif (end := end_of(at)) > at:
            at, blank = end, False
        else:
            inside = _owns_indented(line) if not _INDENT.match(line) else inside
            at, blank = at + 1, False


def _owns_indented(line: str) -> bool:
    """Whether indented lines below this one belong to it: an item, a definition, a footnote, an alert."""
    return re.match(r"\s*(?:[*+-]|\d+[.)]|:|!!!)[ \t]|\s*\[\^[^\]]+\]:| {1,3}\S", line) is not None


def _is_prose(lines: Sequence[str]) -> bool:
    """Whether the block is sentences: words in long lines, and next to none of the signs of code."""
    words = sum(len(_WORD.findall(line)) for line in lines)
    pieces = sum(len(line.split()) for line in lines)
    signs = len(_CODE_SIGN.findall("\n".join(lines)))
    longest = max(len(line.split()) for line in lines)
    return longest >= LEAST_WORDS and words >= pieces * 0.75 and signs * WORDS_A_SIGN <= words
