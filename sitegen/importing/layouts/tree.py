"""A text with Liquid as a tree: what is printed, tags, and blocks with their parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sitegen.liquid.marks import Mark, Scan
from sitegen.liquid.structure import structured
from sitegen.liquid.vocabulary import BLOCKS, PARTS, TAGS

MOST_DEEP = 18  # blocks inside one another: Python takes no more loops than 20


@dataclass(frozen=True)
class Text:
    """What stands between the braces."""

    text: str


@dataclass(frozen=True)
class Output:
    """`{{ … }}`."""

    mark: Mark


@dataclass(frozen=True)
class Tag:
    """A tag that stands for itself, or with all that it encloses (`raw`, `comment`)."""

    mark: Mark


@dataclass(frozen=True)
class Wrong:
    """A tag that belongs to nothing, or that nobody knows; `message` says so."""

    mark: Mark
    message: str


@dataclass(frozen=True)
class Part:
    """One part of a block: the tag that begins it, and what follows."""

    mark: Mark
    body: tuple[Node, ...]


@dataclass(frozen=True)
class Block:
    """A tag with an end, and its parts: `if`, `elsif`, `else`; `end` is the closing tag."""

    parts: tuple[Part, ...]
    end: Mark

    @property
    def name(self) -> str:
        """The tag's."""
        return self.parts[0].mark.name


Node = Text | Output | Tag | Wrong | Block


@dataclass
class _Open:
    """What is being read: the parts so far, and the nodes of the last one."""

    mark: Mark | None = None
    parts: list[Part] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)

    def part(self, mark: Mark | None) -> None:
        """Another part begins, or none any more."""
        if self.mark is not None:
            self.parts.append(Part(self.mark, tuple(self.nodes)))
        self.mark, self.nodes = mark, []


def read(text: str) -> tuple[Node, ...]:
    """The nodes of a text. Every sign of it is in one of them."""
    marks = _outermost(Scan(text, free=True).marks())
    known = [mark for mark in marks if mark.known]
    structure = structured(known, ())
    right = {mark.start for mark in structure.marks}
    wrong = {mark.start: message for mark, message in structure.wrong}
    stack = [_Open()]
    at = 0
    for mark in marks:
        if at < mark.start:
            stack[-1].nodes.append(Text(text[at : mark.start]))
        at = mark.end
        if mark.is_output:
            stack[-1].nodes.append(Output(mark))
        elif mark.start not in right or mark.name not in TAGS:
            stack[-1].nodes.append(Wrong(mark, _message(mark, wrong)))
        else:
            _place(mark, stack)
    if at < len(text):
        stack[-1].nodes.append(Text(text[at:]))
    return tuple(stack[0].nodes)


def _outermost(marks: Iterable[Mark]) -> list[Mark]:
    """The marks that do not stand inside another one: in a tag that is unknown there may be more."""
    found: list[Mark] = []
    for mark in marks:
        if not found or mark.start >= found[-1].end:
            found.append(mark)
    return found


def _message(mark: Mark, wrong: dict[int, str]) -> str:
    if mark.name in TAGS:
        return wrong.get(mark.start, f"`{mark.name}` belongs to a block that is never closed")
    return f"the tag `{mark.name}` is not Jekyll's: a plugin has it"


def _place(mark: Mark, stack: list[_Open]) -> None:
    if mark.name in PARTS:
        stack[-1].part(None if mark.name.startswith("end") else mark)
        if mark.name.startswith("end"):
            closed = stack.pop()
            stack[-1].nodes.append(Block(tuple(closed.parts), mark))
    elif mark.name in BLOCKS:
        stack.append(_Open(mark))
    else:
        stack[-1].nodes.append(Tag(mark))


def depth(nodes: Sequence[Node]) -> int:
    """How many blocks stand inside one another, at most; it does not look deeper than is allowed."""
    deepest, waiting = 0, [(node, 1) for node in nodes if isinstance(node, Block)]
    while waiting:
        block, level = waiting.pop()
        deepest = max(deepest, level)
        inner = (node for part in block.parts for node in part.body if isinstance(node, Block))
        waiting.extend((node, level + 1) for node in inner)
    return deepest
