"""Bulleted and numbered lists. Source: kramdown/parser/kramdown/list.rb, `parse_list`, and gfm.rb for tasks.

Not as kramdown: in the middle of a paragraph only `1.` begins a numbered list, so that "1986. A great year" and
"19. Mai" stay text, as in CommonMark.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from sitegen.markup.kramdown.attributes import parsed
from sitegen.markup.kramdown.nodes import BLANK, END, AttributeList, Node, is_paragraph, last_child
from sitegen.markup.kramdown.patterns import (
    ATTRIBUTES,
    BLANKS,
    BULLET,
    END_OF_BLOCK,
    HTML_START,
    HTML_STOP,
    INDENT,
    LIST_NAME,
    LIST_SIGNS,
    NUMBER,
    RULE,
    SIGN,
    SPACE,
    TAIL,
    S,
    here,
)

if TYPE_CHECKING:
    from sitegen.markup.kramdown.blocks import Blocks

INTERRUPTS = rf"{BULLET}|^{SPACE}1\.{TAIL}"
ITEM_ATTRIBUTES = re.compile(rf"^{S}*(?:\{{:(?!(?:(?:{LIST_NAME})?:|/))({LIST_SIGNS})\}}){S}*")
_NO_TEXT = re.compile(rf"^(?:{S}*(?:\{{:(?!(?:(?:{LIST_NAME})?:|/))({LIST_SIGNS})\}}){S}*)?{S}*\n")
_TABS = re.compile(r"^( *)(\t+)")
_BULLET, _NUMBER, _RULE, _END = here(BULLET), here(NUMBER), here(RULE), here(END_OF_BLOCK)
_INTERRUPTS = here(INTERRUPTS)
_START = here(rf"{BULLET}|{NUMBER}")
BLANK_LINES = here(r"(?:[ \t\r\f\v]*\n)+")
_TASK = re.compile(rf"\A{S}*\[([ xX])\]{S}+")
BOX = "task box"


@lru_cache(maxsize=64)
def continuation(indent: int) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What continues an item whose text begins in that column: indented lines, lines of text; and the indent."""
    tabs, blanks = divmod(indent, 4)
    inside = here(rf"^(?:{INDENT}{{{tabs}}} {{{blanks}}}|{INDENT}{{{tabs + 1}}}).*{SIGN}.*\n")
    lazy = here(rf"(?!^ {{0,{min(indent, 3)}}}(?:{ATTRIBUTES}|{HTML_STOP}|{HTML_START})).*{SIGN}.*\n")
    return inside, lazy, re.compile(rf"^ {{{indent}}}")


@lru_cache(maxsize=16)
def next_marker(marker: str, indent: int) -> re.Pattern[str]:
    """The pattern of the items that follow one whose text begins in that column."""
    return here(rf"^( {{0,{min(max(indent, 1), 4) - 1}}}{marker})({TAIL})")


def first_line(column: int, content: str) -> tuple[str, int]:
    """The text of an item's first line and the column where it begins."""
    if _NO_TEXT.match(content):
        column = 4
    else:
        while match := _TABS.match(content):
            width = 4 - (len(match[1]) + column) % 4 + (len(match[2]) - 1) * 4
            content = match[1] + " " * width + content[match.end() :]
        column += len(content) - len(content.lstrip(" "))
    return content.lstrip(BLANKS), column


def items(blocks: Blocks, match: re.Match[str]) -> bool:
    """A list: its items as text first, then each of them as blocks."""
    numbered = match[1] is None
    node = Node("ol" if numbered else "ul")
    if blocks.pending:
        node.lists, blocks.pending = blocks.pending, None
    line = blocks.number
    contents, ended = _contents(blocks, node, numbered)
    blocks.tree.append(node)
    last: Node | None = None
    for item, parts in zip(list(node), contents, strict=True):
        assert isinstance(item, Node)
        for lines in parts:
            part = "".join(lines)
            blocks.fill(item, part, line)
            line += part.count("\n")
        last = _tidied(item, node, ended) if len(item) else last
    if last is not None and not ended:
        blocks.tree.append(last)
    _tasks(node)
    return True


def _contents(blocks: Blocks, node: Node, numbered: bool) -> tuple[list[list[list[str]]], bool]:
    """The lines of each part of each item's text, and whether `^` ended the list."""
    marker, begins = (r"[0-9]+\.", _NUMBER) if numbered else ("[+*-]", _BULLET)
    contents: list[list[list[str]]] = []
    nested = after_blank = False
    inside, lazy, indent = continuation(0)
    column = 0
    while blocks.at < len(blocks.text):
        if after_blank and _RULE.match(blocks.text, blocks.at):
            break
        if blocks.scan(_END):
            return contents, True
        if match := blocks.scan(begins):
            text, column = first_line(len(match[1]), match[2])
            inside, lazy, indent = continuation(column)
            begins = next_marker(marker, column)
            text = with_attributes(_item(node), text)
            nested, after_blank = bool(_START.match(text)), False
            contents.append([[text]])
        elif (match := blocks.scan(inside)) or (not after_blank and (match := blocks.scan(lazy))):
            line = re.sub(r"^(\t+)", lambda tabs: " " * 4 * len(tabs[1]), match[0])
            line, indented = indent.subn("", line)
            if not nested and indented and _INTERRUPTS.match(line):
                contents[-1].append([])
                nested = True
            elif nested and not indented and _START.match(line):
                line = " " * (column + 4) + line
            contents[-1][-1].append(line)
            after_blank = False
        elif match := blocks.scan(BLANK_LINES):
            nested = after_blank = True
            contents[-1][-1].append(match[0])
        else:
            break
    return contents, False


def _item(node: Node) -> Node:
    item = Node("li")
    node.append(item)
    return item


def with_attributes(item: Node, text: str) -> str:
    """The item's text without the attribute list at its beginning, which the item gets."""
    if match := ITEM_ATTRIBUTES.match(text):
        item.lists = item.lists or AttributeList()
        item.lists.add(parsed(match[1]))
        return text[match.end() :]
    return text


def _tidied(item: Node, node: Node, ended: bool) -> Node | None:
    """Make a tight item's paragraph bare; the blank lines at the item's end, taken off."""
    first, second = item[0], item[1] if len(item) > 1 else None
    assert isinstance(first, Node)
    if is_paragraph(first) and second is not None and second.tag == END and first.lists:
        item.remove(second)
        second = item[1] if len(item) > 1 else None
    if is_paragraph(first) and _is_tight(item, node, second, ended):
        make_bare(first, second)
    last = last_child(item)
    if last is not None and last.tag == BLANK:
        item.remove(last)
        return last
    return None


def make_bare(first: Node, second: Element | None) -> None:
    """Take the tags off a paragraph that begins an item; a block after it begins on a line of its own."""
    first.transparent = True
    if second is not None and second.tag != BLANK and first.source is not None:
        first.source += "\n"


def _is_tight(item: Node, node: Node, second: object, ended: bool) -> bool:
    is_last = item is node[-1]
    apart = isinstance(second, Node) and second.tag == BLANK
    if apart and not (is_last and len(item) == 2 and not ended):
        return False
    if not is_last or len(node) == 1:
        return True
    # The last item goes by the others: loose if every one of them is.
    return any(not len(one) or not is_paragraph(one[0]) or getattr(one[0], "transparent", False) for one in node[:-1])


def _tasks(node: Node) -> None:
    """`[ ]` and `[x]` at the beginning of items are boxes."""
    found = False
    for item in node:
        first = item[0] if len(item) else None
        if not isinstance(first, Node) or not is_paragraph(first) or first.source is None:
            continue
        if match := _TASK.match(first.source):
            found = True
            first.value = BOX + " checked" * (match[1] != " ")
            first.source = first.source[match.end() :]
        if found:
            item.set("class", "task-list-item")
    if found:
        node.set("class", "task-list")
