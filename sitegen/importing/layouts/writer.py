"""Walks through a layout and writes it anew, in Jinja."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sitegen.errors import Problem
from sitegen.importing.layouts.expressions import Unreadable
from sitegen.importing.layouts.filters import chain_value
from sitegen.importing.layouts.pieces import Piece
from sitegen.importing.layouts.scope import Facts, Learned, Scope
from sitegen.importing.layouts.sharing import Sharing
from sitegen.importing.layouts.syntax import chain_of
from sitegen.importing.layouts.text_filters import PLAIN, shown
from sitegen.importing.layouts.tree import Block, Node, Output, Tag, Text, Wrong
from sitegen.importing.layouts.values import Value
from sitegen.liquid.marks import Mark
from sitegen.marked import problem_at

_LISTS = ("array", "documents", "list", "numbers", "posts", "texts", "words")
_SAFE = (*PLAIN, "markup")


FRAME = "_layouts/default.html"  # what the packaged layouts extend
BLOCK, BLOCK_END = " block main ", " endblock "  # where they put their own content


@dataclass(frozen=True)
class Source:
    """A file: `text` is what stands behind the front matter, from `first_line` of `whole` on."""

    path: str
    whole: str
    text: str
    first_line: int


@dataclass(frozen=True)
class Tables:
    """How each block and each single tag is written, by name."""

    blocks: Mapping[str, Callable[[Writer, Block, Facts], Facts]]
    tags: Mapping[str, Callable[[Writer, Mark, Facts], Facts]]


@dataclass
class Writer:
    """One file while it is written. `spaced` are the variables in the namespace, `counters` what `increment` counts;
    `exact` is more than 0 where every blank counts, `rounds` the number of loops around.
    """

    source: Source
    tables: Tables
    sharing: Sharing
    learned: Learned
    spaced: frozenset[str]
    collections: Collection[str] = ()
    pieces: list[Piece] = field(default_factory=list)
    todo: list[Problem] = field(default_factory=list)
    counters: set[str] = field(default_factory=set)
    unescaped: bool = False
    exact: int = 0
    rounds: int = 0
    framed: bool = False  # whether `{{ content }}` stands in a block already

    @property
    def text(self) -> str:
        """What stands behind the front matter."""
        return self.source.text

    def body(self, nodes: Sequence[Node], facts: Facts) -> Facts:
        """Write some nodes; what holds after them."""
        for node in nodes:
            facts = self.node(node, facts)
        return facts

    def node(self, node: Node, facts: Facts) -> Facts:
        """Write one node; what cannot be converted becomes a comment."""
        if isinstance(node, Text):
            self.pieces.append(Piece("text", node.text))
            return facts
        first = node.parts[0].mark if isinstance(node, Block) else node.mark
        last = node.end if isinstance(node, Block) else node.mark
        pieces, todo = len(self.pieces), len(self.todo)
        try:
            return self._written(node, facts)
        except Unreadable as error:
            del self.pieces[pieces:], self.todo[todo:]
            self.comment(self.text[first.start : last.end], first.left, last.right)
            self.note(first, str(error), "what stood here is in a comment")
            return facts

    def _written(self, node: Output | Tag | Wrong | Block, facts: Facts) -> Facts:
        if isinstance(node, Wrong):
            raise Unreadable(node.message)
        if isinstance(node, Output):
            self.output(node.mark, facts)
            return facts
        if isinstance(node, Block):
            if node.name not in self.tables.blocks:
                raise Unreadable(f"`{node.name}` has no like in Jinja")
            return self.tables.blocks[node.name](self, node, facts)
        if node.mark.name not in self.tables.tags:
            raise Unreadable(f"`{node.mark.name}` has no like in Jinja")
        return self.tables.tags[node.mark.name](self, node.mark, facts)

    def scope(self, mark: Mark, facts: Facts) -> Scope:
        """What is known where a tag stands."""

        def note(said: str, hint: str) -> None:
            self.note(mark, said, hint)

        return Scope(facts, self.learned, self.spaced, self.collections, note, self.unescape)

    def unescape(self) -> None:
        """Something is printed, or changed, that Jinja would escape."""
        self.unescaped = True

    def note(self, mark: Mark, message: str, hint: str) -> None:
        """Something wants a hand."""
        line = self.source.first_line + self.text.count("\n", 0, mark.start)
        problem = replace(problem_at(self.source.path, self.source.whole, line, message, hint), severity="note")
        if problem not in self.todo:
            self.todo.append(problem)

    def output(self, mark: Mark, facts: Facts) -> None:
        """`{{ … }}`. As Liquid prints it: lists without anything between, nothing for nothing."""
        inside = mark.expression
        bare = inside.strip()
        if not bare:
            return
        if bare == "content" and self._is_frame():
            block = [Piece("tag", BLOCK), Piece("print", inside), Piece("tag", BLOCK_END)]
            self.several(mark, block)
            return
        value = printed(chain_value(chain_of(bare), self.scope(mark, facts)))
        if value.kind not in _SAFE:
            self.unescape()
        code = bare if "".join(value.code.split()) == "".join(bare.split()) else value.code
        before, after = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
        code = _padded(before + code + after, self._breaks(mark))
        self.pieces.append(Piece("print", code, mark.left, mark.right, *self._exactness()))

    def _is_frame(self) -> bool:
        """Whether this is where the packaged layouts put their own content; once."""
        if self.framed or self.source.path != FRAME or self.rounds or self.exact:
            return False
        self.framed = True
        return True

    def tags(self, mark: Mark, *codes: str) -> None:
        """One tag, or several in its place."""
        self.several(mark, [Piece("tag", f" {code} ") for code in codes])

    def several(self, mark: Mark, pieces: Sequence[Piece]) -> None:
        """Pieces in the place of a tag: as many lines, and blanks dropped on the same sides."""
        missing = self._breaks(mark) - sum(piece.code.count("\n") for piece in pieces)
        for at, piece in enumerate(pieces):
            first, last = at == 0, at == len(pieces) - 1
            code = piece.code + "\n" * max(0, missing) if last else piece.code
            left, right = first and mark.left, last and mark.right
            self.pieces.append(Piece(piece.kind, code, left, right, *self._exactness()))

    def comment(self, text: str, left: bool, right: bool) -> None:
        """The text as a comment."""
        text = text.replace("#}", "# }")
        before, after = "" if text[:1].isspace() else " ", "" if text[-1:].isspace() else " "
        self.pieces.append(Piece("comment", before + text + after, left, right, *self._exactness()))

    def _exactness(self) -> tuple[bool, bool]:
        return self.exact > 0, self.exact > 0

    def _breaks(self, mark: Mark) -> int:
        return self.text.count("\n", mark.start, mark.end)


def printed(value: Value) -> Value:
    """The value as Liquid prints it."""
    if value.kind == "moment":
        return shown(value).piped('date("%Y-%m-%d %H:%M:%S %z")', "plain")
    if value.kind in _LISTS:
        return value.or_else("[]").piped("join", "text")
    return shown(value)


def _padded(code: str, breaks: int) -> str:
    """The code with as many lines as it had."""
    return code + "\n" * max(0, breaks - code.count("\n"))
