"""Code blocks, fenced and indented. Source: kramdown/parser/kramdown/codeblock.rb and gfm.rb.

Not as kramdown: a fence may say more than one word about its code (```` ```ruby config/app.rb ````), where kramdown
sets the code as running text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.kramdown.nodes import Node
from sitegen.markup.kramdown.patterns import (
    ATTRIBUTES_ALONE,
    END_OF_BLOCK,
    HTML_START,
    HTML_STOP,
    INDENT,
    SIGN,
    SPACE,
    anywhere,
    here,
)

if TYPE_CHECKING:
    from sitegen.markup.kramdown.blocks import Blocks

_OPENING = here(r"^( {0,3})(?:(`{3,})([^`\n]*)|(~{3,})(.*))\n")
_INDENTED_LINE = here(rf"^{INDENT}[ \t]*{SIGN}.*\n")
_LAZY_LINE = here(rf"^(?!{ATTRIBUTES_ALONE}|{END_OF_BLOCK}|{SPACE}{HTML_STOP}|{SPACE}{HTML_START})[ \t]*{SIGN}.*\n")
_BLANK_LINES = here(r"(?:[ \t\r\f\v]*\n)*")
_INDENT = anywhere(rf"^{INDENT}")
_LAZY = re.compile(rf"\n( {{0,3}}{SIGN})")


def indented_end(text: str, at: int) -> int:
    """Where the indented lines from here end: with blank lines between them, and lines of text after them."""
    end = at
    while True:
        blank = _BLANK_LINES.match(text, end)
        line = _INDENTED_LINE.match(text, blank.end() if blank else end)
        if line is None:
            return end
        while line is not None:
            end = line.end()
            line = _INDENTED_LINE.match(text, end) or _LAZY_LINE.match(text, end)


def indented(blocks: Blocks, match: re.Match[str]) -> bool:
    """Lines with four blanks before them."""
    end = indented_end(blocks.text, blocks.at)
    if end == blocks.at:
        return False
    code = _LAZY.sub(r" \1", blocks.text[blocks.at : end])
    blocks.at = end
    blocks.add(Node("pre")).text = _INDENT.sub("", code)
    return True


def fenced(blocks: Blocks, match: re.Match[str]) -> bool:
    """Lines between fences; a fence that nothing closes is text."""
    opening = _OPENING.match(blocks.text, blocks.at)
    if not opening:
        return False
    indent, fence = opening[1], opening[2] or opening[4]
    key = fence[0] * len(fence)
    if blocks.unclosed.get(key, len(blocks.text)) <= blocks.at:
        return False
    closing = anywhere(rf"^ {{0,3}}{re.escape(fence)}{re.escape(fence[0])}*[ \t\r\f\v]*\n").search(
        blocks.text, opening.end()
    )
    if not closing:
        blocks.unclosed[key] = blocks.at
        return False
    code = blocks.text[opening.end() : closing.start()]
    node = blocks.add(Node("pre"))
    node.text = re.sub(rf"(?m)^ {{1,{len(indent)}}}", "", code) if indent else code
    node.value = (opening[3] or opening[5] or "").strip()
    node.model = "fenced"
    blocks.at = closing.end()
    return True
