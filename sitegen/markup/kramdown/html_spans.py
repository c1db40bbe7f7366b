"""The author's HTML in a text. Source: kramdown/parser/kramdown/html.rb, `parse_span_html`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.budgets import HTML_DEPTH
from sitegen.markup.kramdown.html_tags import CLOSING, COMMENT_TEXT, MODELS, TAG, element
from sitegen.markup.kramdown.nodes import COMMENT, Node, add_child, add_text, resolved, settle
from sitegen.markup.kramdown.patterns import BLOCK_CONTENT, BLOCK_ELEMENTS, SPAN_CONTENT, VOID, S

if TYPE_CHECKING:
    from sitegen.markup.kramdown.spans import Spans


def html(spans: Spans, node: Node) -> bool:
    """A comment or an element; an end tag of nothing is text, and so is a block's tag, and one too deep in others."""
    text, at = spans.text, spans.at
    if text.startswith("<!--", at):
        return _comment(spans, node)
    if match := spans.scan(CLOSING):
        add_text(node, match[0])
        return True
    match = spans.scan(TAG)
    if not match:
        return False
    if match[1].lower() in BLOCK_ELEMENTS or len(spans.open) > HTML_DEPTH:
        add_text(node, match[0])
        return True
    _element(spans, node, match)
    return True


def _comment(spans: Spans, node: Node) -> bool:
    if spans.text.find("-->", spans.at) < 0 or not (match := spans.scan(COMMENT_TEXT)):
        return False
    add_child(node, Node(COMMENT)).text = match[0]
    return True


def _element(spans: Spans, node: Node, match: re.Match[str]) -> None:
    found = element(match)
    for name, value in found.attrib.items():
        if "\n" in value:
            found.set(name, re.sub(r"\n+", " ", value))
    found.model = "span" if _is_markdown(found, node, spans.document.dialect.parse_span_html) else "raw"
    found.literal = found.tag in ("script", "style")
    add_child(node, found)
    if found.closed or found.tag in VOID:
        return
    if spans.fill(found, rf"</{re.escape(found.tag)}{S}*>", html_only=found.model == "raw"):
        spans.scan(CLOSING)
    else:
        rest = spans.text[spans.at :]
        add_text(found, resolved(rest) if found.model == "raw" and not found.literal else rest)
        settle(found)
        spans.at = len(spans.text)


def _is_markdown(found: Node, node: Node, default: bool) -> bool:
    """Whether what is in the element is Markdown; `default`: where nothing says otherwise."""
    readable = found.tag in SPAN_CONTENT or found.tag in BLOCK_CONTENT
    given = MODELS.get(found.attrib.pop("markdown", ""))
    if given in ("span", "raw"):
        return given == "span"
    if given == "default":
        return readable
    return default and readable and not (node.written and node.model == "raw")
