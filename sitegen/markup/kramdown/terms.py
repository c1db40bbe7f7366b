"""Definition lists. Source: kramdown/parser/kramdown/list.rb, `parse_definition_list`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.kramdown.lists import BLANK_LINES, continuation, first_line, make_bare, next_marker, with_attributes
from sitegen.markup.kramdown.nodes import BLANK, Node, is_paragraph, last_child
from sitegen.markup.kramdown.patterns import DEFINITION, END_OF_BLOCK, here

if TYPE_CHECKING:
    from sitegen.markup.kramdown.blocks import Blocks

_DEFINITION, _END = here(DEFINITION), here(END_OF_BLOCK)


def terms(blocks: Blocks, match: re.Match[str]) -> bool:
    """`: what it means` after a paragraph, each line of which is a term."""
    found = _paragraph_before(blocks)
    if found is None:
        return False
    paragraph, apart = found
    node = Node("dl")
    node.lists = paragraph.lists
    for term in (paragraph.source or "").split("\n"):
        name = _child(node, "dt")
        name.source = with_attributes(name, term)
    last: Node | None = None
    line = blocks.number
    for definition, lines, loose in _definitions(blocks, node, apart):
        text = "".join(lines)
        blocks.fill(definition, text, line)
        line += text.count("\n")
        last = _tidied(definition, loose) if len(definition) else last
    _joined(blocks, node)
    if last is not None:
        blocks.tree.append(last)
    return True


def _paragraph_before(blocks: Blocks) -> tuple[Node, bool] | None:
    """The paragraph with the terms, taken out of the tree, and whether one blank line follows it."""
    tree = blocks.tree
    last = last_child(tree)
    apart = last is not None and last.tag == BLANK and last.value == "\n"
    at = len(tree) - (2 if apart else 1)
    paragraph = tree[at] if at >= 0 else None
    if not isinstance(paragraph, Node) or not is_paragraph(paragraph):
        return None
    del tree[at:]
    return paragraph, apart


def _child(node: Node, tag: str) -> Node:
    child = Node(tag)
    node.append(child)
    return child


def _definitions(blocks: Blocks, node: Node, loose: bool) -> list[tuple[Node, list[str], bool]]:
    """Each definition, its lines, and whether a blank line stands before it."""
    found: list[tuple[Node, list[str], bool]] = []
    begins, after_blank = _DEFINITION, False
    inside, lazy, indent = continuation(0)
    while blocks.at < len(blocks.text) and not _END.match(blocks.text, blocks.at):
        if match := blocks.scan(begins):
            text, column = first_line(len(match[1]), match[2])
            inside, lazy, indent = continuation(column)
            begins = next_marker(":", column)
            definition = _child(node, "dd")
            found.append((definition, [with_attributes(definition, text)], loose))
            loose = after_blank = False
        elif (match := blocks.scan(inside)) or (not after_blank and (match := blocks.scan(lazy))):
            line = re.sub(r"^(\t+)", lambda tabs: " " * 4 * len(tabs[1]), match[0])
            found[-1][1].append(indent.sub("", line))
            loose = after_blank = False
        elif match := blocks.scan(BLANK_LINES):
            found[-1][1].append(match[0])
            loose = after_blank = True
        else:
            break
    return found


def _tidied(definition: Node, loose: bool) -> Node | None:
    last = last_child(definition)
    if last is not None and last.tag == BLANK:
        definition.remove(last)
    else:
        last = None
    first = definition[0] if len(definition) else None
    if isinstance(first, Node) and is_paragraph(first) and not loose:
        make_bare(first, definition[1] if len(definition) > 1 else None)
    return last


def _joined(blocks: Blocks, node: Node) -> None:
    """Put the list into the tree, or its children into the list just before."""
    tree = blocks.tree
    at = len(tree) - 1
    if at >= 1 and tree[at].tag == BLANK and tree[at - 1].tag == "dl":
        del tree[at]
        at -= 1
    if at >= 0 and tree[at].tag == "dl":
        tree[at].extend(list(node))
    else:
        tree.append(node)
