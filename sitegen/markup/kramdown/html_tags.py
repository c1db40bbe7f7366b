"""The author's tags and their attributes. Source: kramdown/parser/html.rb."""

from __future__ import annotations

import re

from sitegen.markup.kramdown.nodes import Node
from sitegen.markup.kramdown.patterns import KNOWN, NAME, S

_VALUE = rf"(?:{S}*={S}*(?:\w+|\"[^\"]*\"|'[^']*'))?+"
TAG = re.compile(rf"<({NAME})((?:{S}+{NAME}{_VALUE})*+){S}*(/)?>")
CLOSING = re.compile(rf"</({NAME}){S}*>")
COMMENT_TEXT = re.compile(r"<!--(.*?)-->", re.DOTALL)
INSTRUCTION = re.compile(r"<\?.*?\?>", re.DOTALL)
_ATTRIBUTE = re.compile(rf"({NAME})(?:{S}*={S}*(?:(\w+)|\"([^\"]*)\"|'([^']*)'))?")
MODELS = {"0": "raw", "1": "default", "span": "span", "block": "block"}  # of markdown="…"


def element(match: re.Match[str]) -> Node:
    """The element that the match of `TAG` begins."""
    name = match[1].lower()
    known = name in KNOWN
    node = Node(name if known else match[1])
    node.written = True
    node.closed = bool(match[3])
    if match[2]:
        for key, word, double, single in _ATTRIBUTE.findall(match[2]):
            node.set(key.lower() if known else key, word or double or single)
    return node


def is_named(node: Node, name: str) -> bool:
    """Whether an end tag of that name ends the element."""
    return node.written and node.tag == (name.lower() if node.tag in KNOWN else name)
