"""Liquid's loops over ranges that are bounded before anything is made of them."""

from __future__ import annotations

from liquid.ast import Node
from liquid.builtin.tags.for_tag import ForNode, ForTag
from liquid.builtin.tags.tablerow_tag import TablerowNode, TablerowTag
from liquid.context import RenderContext
from liquid.expression import Expression
from liquid.stream import TokenStream
from liquid.tag import Tag

from sitegen.liquid.budgets import ITERATIONS, TooMuch


class Bounded(Expression):
    """What a loop goes over."""

    __slots__ = ("inner",)

    def __init__(self, inner: Expression) -> None:
        super().__init__(inner.token)
        self.inner = inner

    def __str__(self) -> str:
        return str(self.inner)

    def evaluate(self, context: RenderContext) -> object:
        """Its value. Raises `TooMuch` for a range that no loop may go over."""
        value = self.inner.evaluate(context)
        if isinstance(value, range) and value.stop - value.start > ITERATIONS:
            raise TooMuch(f"more than {ITERATIONS:,} iterations")
        return value

    def children(self) -> list[Expression]:
        """What it is made of."""
        return [self.inner]


class BoundedFor(ForTag):
    """`for`."""

    def parse(self, stream: TokenStream) -> Node:
        """As Liquid has it."""
        node = super().parse(stream)
        if isinstance(node, ForNode):
            node.expression.iterable = Bounded(node.expression.iterable)
        return node


class BoundedTablerow(TablerowTag):
    """`tablerow`."""

    def parse(self, stream: TokenStream) -> TablerowNode:
        """As Liquid has it."""
        node = super().parse(stream)
        node.expression.iterable = Bounded(node.expression.iterable)
        return node


LOOPS: tuple[type[Tag], ...] = (BoundedFor, BoundedTablerow)
