"""Paragraphs, headings, quotes, rules, formulas and what stands between blocks.

Source: kramdown/parser/kramdown/{paragraph,header,blockquote,math,block_boundary,blank_line,eob}.rb and gfm.rb.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.kramdown import alerts
from sitegen.markup.kramdown.attributes import parsed
from sitegen.markup.kramdown.lists import INTERRUPTS
from sitegen.markup.kramdown.maths import block_formula
from sitegen.markup.kramdown.nodes import BLANK, END, AttributeList, Node, is_paragraph, last_child
from sitegen.markup.kramdown.patterns import (
    ATTRIBUTES_ALONE,
    BLANKS,
    DEFINITION,
    END_OF_BLOCK,
    FENCE,
    HEADING,
    LAZY_END,
    QUOTE,
    SPACE,
    anywhere,
    here,
)
from sitegen.markup.kramdown.patterns import (
    BLANK as BLANK_LINE,
)

if TYPE_CHECKING:
    from sitegen.markup.kramdown.blocks import Blocks

_PARAGRAPH_END = here(rf"{LAZY_END}|{INTERRUPTS}|{HEADING}|{DEFINITION}|{QUOTE}|{FENCE}")
_QUOTE_END = here(LAZY_END)
_QUOTE = anywhere(QUOTE)
BOUNDARY = here(rf"{BLANK_LINE}|{END_OF_BLOCK}|{ATTRIBUTES_ALONE}|\Z")
_FORMULA = here(rf"^{SPACE}\$\$(.*?)\$\$(?:[ \t\r\f\v]*\n)?", re.DOTALL)
_IDENTIFIED = re.compile(r"[\t ]+\{:?[ ]*((?:[#.][\w:\-]+[ ]*)+)\}\Z")  # kramdown itself takes `{#id}` only
_CLOSING_MARKS = re.compile(r"[\t ]#+\Z")


def paragraph(blocks: Blocks) -> None:
    """Lines of text up to a blank one or what may follow text."""
    start, text = blocks.at, blocks.text
    end = text.find("\n", start) + 1 or len(text)
    while not _PARAGRAPH_END.match(text, end):
        end = text.find("\n", end) + 1 or len(text)
    blocks.at = end
    found = text[start:end].rstrip(BLANKS)
    last = last_child(blocks.tree)
    if last is not None and is_paragraph(last) and last.source is not None:
        last.source += ("  \n" if text[max(0, start - 3) : start] == "  \n" else "\n") + found
    else:
        blocks.add(Node("p")).source = found.lstrip(BLANKS)


def blank(blocks: Blocks, match: re.Match[str]) -> bool:
    """Blank lines."""
    blocks.at = match.end()
    last = last_child(blocks.tree)
    if last is None or last.tag != BLANK:
        last = blocks.add(Node(BLANK))
    last.value += match[0]
    return True


def end(blocks: Blocks, match: re.Match[str]) -> bool:
    """`^` on a line of its own keeps two blocks apart."""
    blocks.at = match.end()
    blocks.add(Node(END))
    return True


def rule(blocks: Blocks, match: re.Match[str]) -> bool:
    """A thematic break."""
    blocks.at = match.end()
    blocks.add(Node("hr"))
    return True


def quote(blocks: Blocks, match: re.Match[str]) -> bool:
    """A quote, with the lines of text that follow it; or an alert."""
    start, text = blocks.at, blocks.text
    end = text.find("\n", start) + 1 or len(text)
    while not _QUOTE_END.match(text, end):
        end = text.find("\n", end) + 1 or len(text)
    line, blocks.at = blocks.number, end
    inside = _QUOTE.sub("", text[start:end])
    if not alerts.quoted(blocks, inside, line):
        blocks.fill(blocks.add(Node("blockquote")), inside, line)
    return True


def heading(blocks: Blocks, match: re.Match[str]) -> bool:
    """`## Heading ##`."""
    return _heading(blocks, match, len(match[1]), closing=_CLOSING_MARKS)


def underlined(blocks: Blocks, match: re.Match[str]) -> bool:
    """A heading of one line with `---` or `===` below it."""
    return blocks.at_boundary() and _heading(blocks, match, 2 if match[2] == "-" else 1)


def _heading(blocks: Blocks, match: re.Match[str], level: int, closing: re.Pattern[str] | None = None) -> bool:
    text = match["text"].rstrip(BLANKS)
    if found := _IDENTIFIED.search(text):
        text = text[: found.start()].rstrip(BLANKS)
    if closing and (marks := closing.search(text)):
        text = text[: marks.start()].rstrip(BLANKS)
    if not text:
        return False
    blocks.at = match.end()
    node = blocks.add(Node(f"h{level}"))
    if found:
        node.lists = node.lists or AttributeList()
        node.lists.add(parsed(found[1]))
    node.source = text
    return True


def formula(blocks: Blocks, match: re.Match[str]) -> bool:
    """`$$ … $$` between blank lines is a formula in a line of its own."""
    if not blocks.at_boundary() or match[1] or blocks.unclosed.get("$$", len(blocks.text)) <= blocks.at:
        return False
    found = _FORMULA.match(blocks.text, blocks.at)
    if not found:
        blocks.unclosed["$$"] = blocks.at
        return False
    if not BOUNDARY.match(blocks.text, found.end()):
        return False
    blocks.at = found.end()
    blocks.add(block_formula(found[1].strip()))
    return True
