"""What is known of a whole document while it is read: definitions, and what reading it has cost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sitegen.markup.dialect import Dialect
from sitegen.markup.kramdown.nodes import AttributeList, Node
from sitegen.markup.kramdown.patterns import S
from sitegen.markup.rendered import MarkupError

STEPS = 300_000  # blocks and marks looked at, the same mark again after a failed reading; a second and a half
_BLANKS = re.compile(f"{S}+")


@dataclass
class Footnote:
    """A note: its blocks, its number once a reference was seen, how often it is referred to."""

    content: Node
    number: int = 0
    references: int = 0


@dataclass
class Document:
    """The definitions of a document. `links` has address, title and attributes by name."""

    dialect: Dialect = field(default_factory=Dialect)
    lists: dict[str, AttributeList] = field(default_factory=dict)
    links: dict[str, tuple[str, str, Node]] = field(default_factory=dict)
    footnotes: dict[str, Footnote] = field(default_factory=dict)
    abbreviations: dict[str, tuple[str, Node]] = field(default_factory=dict)
    steps: int = 0

    def spend(self, steps: int = 1) -> None:
        """Count the steps. Raises `MarkupError` where they pass the limit."""
        self.steps += steps
        if self.steps > STEPS:
            message = "too many blocks and cells, or marks that nothing closes"
            raise MarkupError(f"{message}: split the post, or put backslashes before what is text")

    def apply(self, node: Node, lists: AttributeList | None, depth: int = 0) -> None:
        """Give the node the attributes of the list and of those that it names."""
        if not lists:
            return
        for name in lists.names:
            if name in self.lists and depth < 8:
                self.apply(node, self.lists[name], depth + 1)
        for name, value in lists.values.items():
            node.set(name, f"{node.get(name, '')} {value}".lstrip() if name == "class" else value)


def link_name(text: str) -> str:
    """A link's name as it is looked up."""
    return _BLANKS.sub(" ", text).lower()
