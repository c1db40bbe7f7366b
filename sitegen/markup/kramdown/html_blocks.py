"""The author's HTML between blocks: what nothing closes is closed, an end tag of nothing is text.

Source: kramdown/parser/kramdown/html.rb and kramdown/parser/html.rb, `parse_raw_html`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen.markup.budgets import HTML_DEPTH
from sitegen.markup.kramdown.html_tags import CLOSING, COMMENT_TEXT, INSTRUCTION, MODELS, TAG, element, is_named
from sitegen.markup.kramdown.nodes import COMMENT, RAW, Node, add_child, add_text, resolved, settle
from sitegen.markup.kramdown.patterns import BLOCK_CONTENT, SPAN_CONTENT, SPAN_ELEMENTS, VOID, S

if TYPE_CHECKING:
    from sitegen.markup.kramdown.blocks import Blocks

_SPACE = re.compile(r" {0,3}")
_LINE_END = re.compile(r"[ \t]*\n")
_MARK = re.compile(r"<(?=[^\W\d]|/|!--|\?)")


@lru_cache(maxsize=128)
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{re.escape(name)}{S}*>", re.IGNORECASE)


def html(blocks: Blocks, match: re.Match[str]) -> bool:
    """A comment, an element that is no mark within a text, or the end tag of the element that is read."""
    text, at = blocks.text, blocks.at
    if text.startswith("<!--", at):
        return _comment(blocks)
    space = _SPACE.match(text, at)
    at = space.end() if space else at
    if (tag := TAG.match(text, at)) and tag[1].lower() not in SPAN_ELEMENTS:
        blocks.at = tag.end()
        _element(blocks, tag)
        return True
    if (closing := CLOSING.match(text, at)) and is_named(blocks.tree, closing[1]):
        blocks.at = closing.end()
        blocks.stopped = True
        return True
    return False


def _comment(blocks: Blocks) -> bool:
    if blocks.unclosed.get("<!--", len(blocks.text)) <= blocks.at:
        return False
    if not (match := blocks.scan(COMMENT_TEXT)):
        blocks.unclosed["<!--"] = blocks.at
        return False
    node = add_child(blocks.tree, Node(COMMENT))
    node.text = match[0]
    _after(blocks, node)
    return True


def _element(blocks: Blocks, tag: re.Match[str]) -> None:
    """Read an element with all that is in it."""
    blocks.document.spend(4)
    node = add_child(blocks.tree, element(tag))
    name = node.tag
    if name in ("script", "style"):
        node.model, node.literal = "raw", True
        node.text = _until_end(blocks, name)
        _after(blocks, node)
        return
    if blocks.pending:
        node.lists, blocks.pending = blocks.pending, None
    within = blocks.tree.written and blocks.tree.model == "raw"
    markdown = "1" if blocks.document.dialect.parse_block_html and not within else ""
    node.model = model_of(name, node.attrib.pop("markdown", markdown))
    if node.model == "block":
        blocks.scan(_LINE_END)
    if not node.closed and name not in VOID:
        _content(blocks, node)
    _after(blocks, node)


def model_of(name: str, markdown: str) -> str:
    """How the content of an element is read: as it is, unless it says otherwise."""
    given = MODELS.get(markdown, "raw")
    if given != "default":
        return given
    return "block" if name in BLOCK_CONTENT else "span" if name in SPAN_CONTENT else "raw"


def _content(blocks: Blocks, node: Node) -> None:
    if node.model == "block":
        blocks.fill(node)
    elif node.model == "span":
        node.source = _until_end(blocks, node.tag)
    else:
        _raw(blocks, node)


def _after(blocks: Blocks, node: Node) -> None:
    """End the line of what stands between blocks; within HTML everything stays where it is."""
    if not (blocks.tree.written and blocks.tree.model == "raw"):
        blocks.scan(_LINE_END)
        node.tail = "\n"


def _until_end(blocks: Blocks, name: str) -> str:
    """The text up to the element's end tag, or all that is left."""
    start, key = blocks.at, f"</{name.lower()}"
    end = None
    if blocks.unclosed.get(key, len(blocks.text)) > start:
        end = _end_tag(name).search(blocks.text, start)
    if end is None:
        blocks.unclosed[key] = start
        blocks.at = len(blocks.text)
        return blocks.text[start:]
    blocks.at = end.end()
    return blocks.text[start : end.start()]


def _raw(blocks: Blocks, node: Node) -> None:
    """HTML up to the element's end tag; of what is in it only `markdown="1"` is Markdown."""
    outer, blocks.tree = blocks.tree, node
    blocks.html_depth += 1
    done = False
    while not done:
        mark = _MARK.search(blocks.text, blocks.at)
        end = mark.start() if mark else len(blocks.text)
        add_text(node, resolved(blocks.text[blocks.at : end]))
        blocks.at = end
        done = not mark or _raw_piece(blocks, node)
    settle(node)
    blocks.html_depth -= 1
    blocks.tree = outer


def _raw_piece(blocks: Blocks, node: Node) -> bool:
    """Read what begins with `<`; whether it is the element's end tag. A tag too deep in others is text."""
    blocks.document.spend()
    if match := _comment_or_instruction(blocks):
        add_child(node, Node(RAW)).text = match[0]
    elif blocks.html_depth <= HTML_DEPTH and (match := blocks.scan(TAG)):
        _element(blocks, match)
    elif match := blocks.scan(CLOSING):
        if is_named(node, match[1]):
            return True
        add_text(node, match[0])
    else:
        add_text(node, "<")
        blocks.at += 1
    return False


def _comment_or_instruction(blocks: Blocks) -> re.Match[str] | None:
    for opening, pattern in (("<!--", COMMENT_TEXT), ("<?", INSTRUCTION)):
        if blocks.text.startswith(opening, blocks.at) and blocks.unclosed.get(opening, blocks.at + 1) > blocks.at:
            if match := blocks.scan(pattern):
                return match
            blocks.unclosed[opening] = blocks.at
    return None
