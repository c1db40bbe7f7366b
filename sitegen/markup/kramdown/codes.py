"""Code in a text. Source: kramdown/parser/kramdown/codespan.rb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.kramdown.nodes import Node, add_child

if TYPE_CHECKING:
    from sitegen.markup.kramdown.spans import Spans

_FENCE = re.compile("`+")
_BLANK = frozenset(" \t\r\n\f\v")


def code(spans: Spans, node: Node) -> bool:
    """Code between runs of backticks; one alone between blanks is text."""
    text, start = spans.text, spans.at
    match = _FENCE.match(text, start)
    fence = match[0] if match else "`"
    after = start + len(fence)
    if len(fence) == 1 and (start == 0 or text[start - 1] in _BLANK) and text[after : after + 1] in _BLANK:
        return spans.skip(node, fence, start)
    end = text.find(fence, after)
    if end < 0:
        return spans.skip(node, fence, start)
    inside = text[after:end]
    if len(fence) > 1:
        inside = inside.removeprefix(" ").removesuffix(" ")
    add_child(node, Node("code")).text = inside
    spans.at = end + len(fence)
    return True
