"""Alerts: quotes that begin with `[!NOTE]`, and `!!! note` with what is indented below it. kramdown has none.

Source: docs.github.com, "Basic writing and formatting syntax"; Python-Markdown's `admonition` extension.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.alerts import KINDS, OPENING, classes, title_classes
from sitegen.markup.kramdown.nodes import Node
from sitegen.markup.kramdown.patterns import INDENT, SIGN, anywhere, here

if TYPE_CHECKING:
    from sitegen.markup.kramdown.blocks import Blocks

BEGINS = rf"^ {{0,3}}{OPENING}"
_BODY = here(rf"(?:(?:[ \t\r\f\v]*\n)*{INDENT}[ \t]*{SIGN}.*\n)+")
_INDENT = anywhere(rf"^{INDENT}")
_MARK = re.compile(r"[ \t]*\[!([A-Za-z]+)\][ \t]*(.*)\n")


def marked(blocks: Blocks, match: re.Match[str]) -> bool:
    """`!!! note "Title"` and the indented lines below it."""
    body = _BODY.match(blocks.text, match.end())
    if not blocks.document.dialect.extended or not body:
        return False
    word, more, title = match.groups()
    line, blocks.at = blocks.number + 1, body.end()
    _add(blocks, word, _INDENT.sub("", body[0]), line, more=more, title=title)
    return True


def quoted(blocks: Blocks, text: str, line: int) -> bool:
    """A quote, its marks taken off, whose first line is `[!NOTE]`, perhaps with a title."""
    match = _MARK.match(text) if blocks.document.dialect.extended else None
    if not match or match[1].lower() not in KINDS or not (match[2] or text[match.end() :].strip()):
        return False
    _add(blocks, match[1], text[match.end() :], line + 1, title=match[2].strip() or None)
    return True


def _add(blocks: Blocks, word: str, body: str, line: int, *, more: str = "", title: str | None = None) -> None:
    node = blocks.add(Node("div"))
    node.set("class", classes(word, more))
    node.set("role", "note")
    blocks.fill(node, body, line)
    node.insert(0, _title(title or blocks.document.dialect.alert(word), shown=title != ""))


def _title(text: str, *, shown: bool) -> Node:
    head, strong = Node("p"), Node("strong")
    head.set("class", title_classes(shown))
    strong.source = text
    head.append(strong)
    return head
