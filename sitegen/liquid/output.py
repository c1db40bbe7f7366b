"""`{{ … }}`: a value as Ruby writes it."""

from __future__ import annotations

from typing import TextIO

from liquid.builtin.output import Output, OutputNode
from liquid.context import RenderContext

from sitegen.liquid.values import text_of


class RubyOutputNode(OutputNode):
    """One output."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the value."""
        return buffer.write(text_of(self.expression.evaluate(context)))


class RubyOutput(Output):
    """What stands for an output where tags are parsed."""

    node_class = RubyOutputNode
