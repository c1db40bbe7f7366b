"""The first parse: the document's blocks. Source: kramdown/parser/kramdown.rb, `parse_blocks`."""

from __future__ import annotations

import re
from collections.abc import Callable

from sitegen.markup.budgets import DEPTH
from sitegen.markup.kramdown import (
    alerts,
    attributes,
    definitions,
    fences,
    html_blocks,
    lists,
    paragraphs,
    tables,
    terms,
)
from sitegen.markup.kramdown.document import Document
from sitegen.markup.kramdown.nodes import BLANK, END, AttributeList, Node, add_child, last_child
from sitegen.markup.kramdown.patterns import (
    BULLET,
    DEFINITION,
    END_OF_BLOCK,
    FENCE,
    INDENT,
    NUMBER,
    QUOTE,
    RULE,
    SIGN,
    SPACE,
    TABLE_LINE,
    here,
)
from sitegen.markup.rendered import MarkupError

Reader = Callable[["Blocks", re.Match[str]], bool]

# What a block may be, in the order in which it is tried; a reader says whether it took the lines.
BLOCKS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (here(r"(?:[ \t\r\f\v]*\n)+"), paragraphs.blank),
    (here(rf"^{INDENT}"), fences.indented),
    (here(FENCE), fences.fenced),
    (here(QUOTE), paragraphs.quote),
    (here(alerts.BEGINS), alerts.marked),
    (here(r"^(#{1,6})[\t ]+(?P<text>.*)\n"), paragraphs.heading),
    (here(RULE), paragraphs.rule),
    (here(rf"{BULLET}|{NUMBER}"), lists.items),
    (here(DEFINITION), terms.terms),
    (here(rf"^{SPACE}<(?:[^\W\d]|!--|/)"), html_blocks.html),
    (here(rf"^{SPACE}(?P<text>[^ \t].*)\n([-=])[-=]*[ \t\r\f\v]*\n"), paragraphs.underlined),
    (here(rf"^{SPACE}(\\)?\$\$"), paragraphs.formula),
    (here(rf"^{SPACE}(?={SIGN}){TABLE_LINE}"), tables.table),
    (here(rf"^{SPACE}\[\^"), definitions.footnote),
    (here(rf"^{SPACE}\["), definitions.link),
    (here(rf"^{SPACE}\*\["), definitions.abbreviation),
    (here(rf"^{SPACE}\{{:"), attributes.extensions),
    (here(END_OF_BLOCK), paragraphs.end),
)

# All that a line may begin whose first sign is a letter, as most do.
_LETTER = here(rf"^{SPACE}[^\W\d_]")
_OF_LETTERS = tuple(row for row in BLOCKS if row[1] in (paragraphs.underlined, tables.table))


class Blocks:
    """Reads Markdown into a tree of nodes, whose content of text is left as Markdown in `source`.

    `text` and `at` say what is read and where; `tree` is the node that is filled; `pending` is the attribute list
    that waits for the next block.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text, self.at = "", 0
        self.tree = Node("div")
        self.pending: AttributeList | None = None
        self.stopped = False  # the end tag of the author's element that is read
        self.depth = self.html_depth = 0
        self.counted = 0, 1  # a place in the text and its line's number
        self.unclosed: dict[str, int] = {}  # what ends nowhere after a place in this text

    def fill(self, node: Node, text: str | None = None, line: int = 1) -> bool:
        """Read blocks into the node: those of the text (its first line's number), or what comes next.

        Whether the node's end tag was found. Raises `MarkupError` where the nodes are too deep in one another.
        """
        self.document.spend(4)
        self.depth += 1
        if self.depth > DEPTH + 1:
            raise MarkupError(f"lists and quotes more than {DEPTH} deep", line if text is not None else None)
        before = self.tree, self.pending
        outer = self.text, self.at, self.unclosed, self.counted
        self.tree, self.pending, self.stopped = node, None, False
        if text is not None:
            self.text, self.at, self.unclosed, self.counted = text, 0, {}, (0, line)
        while self.at < len(self.text) and not self.stopped:
            self._block()
        found, self.stopped = self.stopped, False
        self.tree, self.pending = before
        if text is not None:
            self.text, self.at, self.unclosed, self.counted = outer
        self.depth -= 1
        return found

    def _block(self) -> None:
        self.document.spend(4)
        for pattern, read in _OF_LETTERS if _LETTER.match(self.text, self.at) else BLOCKS:
            match = pattern.match(self.text, self.at)
            if match and read(self, match):
                return
        paragraphs.paragraph(self)

    @property
    def number(self) -> int:
        """The number of the line that is read."""
        at, line = self.counted
        self.counted = self.at, line + self.text.count("\n", at, self.at)
        return self.counted[1]

    def scan(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go past what matches here."""
        if match := pattern.match(self.text, self.at):
            self.at = match.end()
        return match

    def line(self) -> str:
        """The line that begins here."""
        end = self.text.find("\n", self.at)
        return self.text[self.at : end + 1 if end >= 0 else len(self.text)]

    def add(self, node: Node) -> Node:
        """Put the node into the tree, with the attribute list that waits for it."""
        if self.pending:
            node.lists, self.pending = self.pending, None
        return add_child(self.tree, node)

    def at_boundary(self) -> bool:
        """Whether a block begins here that may not follow text."""
        last = last_child(self.tree)
        return last is None or last.tag == BLANK or (last.tag == END and not last.value) or bool(self.pending)


def read(text: str, document: Document) -> Node:
    """The tree of a whole document. Raises `MarkupError`."""
    root = Node("div")
    try:
        Blocks(document).fill(root, text.rstrip("\n") + "\n")
    except RecursionError as error:
        raise MarkupError("lists, quotes or HTML nested too deeply") from error
    return root
