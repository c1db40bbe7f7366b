"""What a file does with variables. Liquid has one set of them for a page; Jinja's end where a loop or a file does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from sitegen.importing.layouts.known import ROOTS
from sitegen.importing.layouts.paths import INCLUDES, included_file, names_given, paths_of
from sitegen.importing.layouts.tree import Block, Node, Output, Tag, Text
from sitegen.liquid.marks import Mark

Included = Callable[[str], tuple[frozenset[str], frozenset[str]]]


def nothing_included(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """For a file that is looked at alone."""
    return frozenset(), frozenset()


@dataclass
class Uses:
    """`given` and `inner`: set somewhere; set where Jinja's scope is a narrower one. `free`: read where this file has
    not surely set it. `stray`: read where only an earlier round of a loop, or one that is over, may have set it.
    `sure`: set by its end, whatever way was taken. `includes`: the files that it includes; `lenders`: those of them
    whose variables it sees; `prints`: whether it writes anything.
    """

    given: set[str] = field(default_factory=set)
    inner: set[str] = field(default_factory=set)
    free: set[str] = field(default_factory=set)
    stray: set[str] = field(default_factory=set)
    sure: frozenset[str] = frozenset()
    includes: set[str] = field(default_factory=set)
    lenders: set[str] = field(default_factory=set)
    prints: bool = False

    @property
    def outliving(self) -> set[str]:
        """Variables that have to outlive the scope that they are set in."""
        return self.inner & self.stray


@dataclass(frozen=True)
class _Place:
    """`sure`: surely set before; `here`: and so in this round of this scope; `depth`: how many scopes are around;
    `loops`: the variables of the loops around.
    """

    sure: frozenset[str] = frozenset()
    here: frozenset[str] = frozenset()
    depth: int = 0
    loops: frozenset[str] = frozenset()

    def having(self, *names: str) -> _Place:
        return replace(self, sure=self.sure | set(names), here=self.here | set(names))

    def within(self, lost: Iterable[str]) -> _Place:
        return replace(self, here=self.here - set(lost), depth=self.depth + 1)

    def looping(self, names: frozenset[str]) -> _Place:
        return replace(self.having(*names), loops=self.loops | names)

    def after(self, inside: _Place, lost: Iterable[str]) -> _Place:
        return replace(self, sure=inside.sure, here=self.here - set(lost))


def uses_of(nodes: Sequence[Node], of_include: Included = nothing_included) -> Uses:
    """The uses of a file; `of_include` tells what an included one reads and sets."""
    reader = _Reader(of_include)
    reader.uses.sure = reader.body(nodes, _Place()).sure
    return reader.uses


class _Reader:
    """Walks through a file in the order in which it runs."""

    def __init__(self, of_include: Included) -> None:
        self.of_include = of_include
        self.uses = Uses()

    def body(self, nodes: Sequence[Node], place: _Place) -> _Place:
        for node in nodes:
            place = self.node(node, place)
        return place

    def node(self, node: Node, place: _Place) -> _Place:
        if isinstance(node, Block):
            return self.block(node, place)
        if isinstance(node, Text):
            self.uses.prints |= bool(node.text.strip())
            return place
        self.uses.prints |= isinstance(node, Output) or node.mark.name in ("raw", "increment", "decrement", "cycle")
        self.read(node.mark, place)
        if isinstance(node, Tag):
            place = self.tag(node.mark, place)
        return place

    def tag(self, mark: Mark, place: _Place) -> _Place:
        if mark.name in INCLUDES:
            return self.include(mark, place)
        names = names_given(mark)
        self.give(names, place)
        return place.having(*names)

    def include(self, mark: Mark, place: _Place) -> _Place:
        file = included_file(mark)
        if file is None:
            self.uses.prints = True
            return place
        self.uses.includes.add(file)
        reads, gives = self.of_include(file)
        if mark.name == "include":
            self.uses.lenders.add(file)
        else:
            gives = frozenset()  # what is cached sets nothing the next time
        self.reading(reads, place)
        self.uses.given |= gives
        if "=" in mark.expression or place.depth:
            self.uses.inner |= gives
        return replace(place, here=place.here - gives)

    def block(self, block: Block, place: _Place) -> _Place:
        self.read(block.parts[0].mark, place)
        if block.name in ("for", "tablerow"):
            return self.loop(block, place)
        if block.name == "capture":
            return self.capture(block, place)
        ends = []
        for part in block.parts:
            if part is not block.parts[0]:
                self.read(part.mark, place)
            ends.append(self.body(part.body, place))
        if block.parts[-1].mark.name != "else" or block.name not in ("if", "unless", "case"):
            ends.append(place)
        if block.name == "case":
            ends = ends[1:]  # what stands before the first `when` is not run
        sure = frozenset.intersection(*(end.sure for end in ends))
        return replace(place, sure=sure, here=frozenset.intersection(*(end.here for end in ends)))

    def loop(self, block: Block, place: _Place) -> _Place:
        lost = assigned_in(block)
        body, *others = block.parts
        self.body(body.body, place.within(lost).looping(names_given(body.mark)))
        for part in others:
            self.body(part.body, place.within(lost))
        return place.after(place, lost)

    def capture(self, block: Block, place: _Place) -> _Place:
        lost = assigned_in(block) - names_given(block.parts[0].mark)
        prints = self.uses.prints
        end = self.body(block.parts[0].body, place.within(lost))
        self.uses.prints = prints
        names = names_given(block.parts[0].mark)
        self.give(names, place)
        return place.after(end, lost).having(*names)

    def read(self, mark: Mark, place: _Place) -> None:
        self.reading((path.root for path in paths_of(mark)), place)

    def reading(self, names: Iterable[str], place: _Place) -> None:
        for name in names:
            if name not in place.sure and name not in ROOTS:
                self.uses.free.add(name)
            if name not in place.here:
                self.uses.stray.add(name)

    def give(self, names: Iterable[str], place: _Place) -> None:
        self.uses.given.update(names)
        if place.depth:
            self.uses.inner.update(names)
        self.uses.stray.update(name for name in names if name in place.loops)  # the loop's own goes before it


def assigned_in(block: Block) -> frozenset[str]:
    """Every variable that is set somewhere in a block."""
    found: set[str] = set()
    waiting: list[Node] = [block]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Block):
            waiting.extend(inner for part in node.parts for inner in part.body)
            if node.name == "capture":
                found |= names_given(node.parts[0].mark)
        elif isinstance(node, Tag):
            found |= names_given(node.mark)
    return frozenset(found)
