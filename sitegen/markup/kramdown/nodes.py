"""The tree between the two parses: elements that know what kramdown must know of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.entities import name2codepoint
from xml.etree.ElementTree import Element

BLANK, END, RAW, COMMENT, FORMULA, NOTE = "#blank", "#end", "#raw", "#comment", "#formula", "#note"  # no tags of HTML
HTML = "#html"  # the author's own, whatever the tag

_REFERENCE = re.compile(r"&(?:([A-Za-z_:][\w:.\-]*)|#([0-9]+)|#[xX]([0-9a-fA-F]+));")
_NAMES = {**name2codepoint, "apos": 39}


@dataclass
class AttributeList:
    """What stands in `{: }`: attributes by name, and the names of lists that are defined elsewhere."""

    values: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def add(self, other: AttributeList) -> None:
        """Take over another list's: classes are gathered, anything else is replaced."""
        self.names += other.names
        for name, value in other.values.items():
            self.set(name, value)

    def set(self, name: str, value: str) -> None:
        """One attribute."""
        self.values[name] = f"{self.values.get(name, '')} {value}".lstrip() if name == "class" else value


class Node(Element):
    """An element. `source` is Markdown that the second parse turns into the content; `written` is the author's HTML."""

    source: str | None = None
    lists: AttributeList | None = None  # what stands in `{: }` beside it
    parts: list[str] | None = None  # text that is not settled
    value: str = ""  # of an END: what was defined there; of a BLANK: its lines
    transparent: bool = False  # a paragraph without its tags: the text of a tight item
    written: bool = False
    model: str = ""  # how the author's HTML is read: "raw", "block" or "span"
    closed: bool = False  # `<x />`
    literal: bool = False  # its text is output as it is


def add_text(node: Node, text: str) -> None:
    """Put text at the end of the node. It waits in `parts`: adding to a long text sign by sign is quadratic."""
    if node.parts is None:
        node.parts = [text]
    else:
        node.parts.append(text)


def settle(node: Node) -> None:
    """Put the text that waits into its place."""
    if node.parts:
        text, node.parts = "".join(node.parts), None
        if len(node):
            node[-1].tail = (node[-1].tail or "") + text
        else:
            node.text = (node.text or "") + text


def add_child(node: Node, child: Node) -> Node:
    """Put the child at the end of the node."""
    settle(node)
    node.append(child)
    return child


def is_empty(node: Node) -> bool:
    """Whether nothing is in the node."""
    return not (node.parts or node.text or len(node))


def last_child(node: Element) -> Node | None:
    """The node's last child."""
    found = node[-1] if len(node) else None
    return found if isinstance(found, Node) else None


def reference(match: re.Match[str]) -> str | None:
    """The sign that a reference such as `&amp;`, `&#38;` or `&#x26;` means, None for none that there is.

    As browsers have it, `&#151;` and its like mean the signs of Windows' own alphabet.
    """
    name, decimal, hexadecimal = match.groups()
    code = _NAMES.get(name) if name else int(decimal or hexadecimal, 10 if decimal else 16) if len(match[0]) < 12 else 0
    if not code or code > 0x10FFFF or 0xD800 <= code < 0xE000 or code in (2, 3):
        return None
    return unescape(match[0]) if 0x80 <= code < 0xA0 else chr(code)


REFERENCE = _REFERENCE


def resolved(text: str) -> str:
    """The text with references as the signs they mean."""
    return _REFERENCE.sub(lambda match: reference(match) or match[0], text) if "&" in text else text


def is_paragraph(node: Element | None) -> bool:
    """Whether it is a paragraph, and not the author's `<p>`."""
    return isinstance(node, Node) and node.tag == "p" and not node.written
