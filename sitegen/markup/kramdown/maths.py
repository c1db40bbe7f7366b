r"""Formulas between `$$`, marked as MathJax and KaTeX find them: `\(..\)` in a text, `\[..\]` on lines of their own.

Source: kramdown/converter/math_engine/mathjax.rb. A single `$` is money.
"""

from __future__ import annotations

from sitegen.markup.kramdown.nodes import FORMULA, Node


def block_formula(text: str) -> Node:
    """A formula on lines of its own."""
    node = Node(FORMULA)
    node.text = f"\\[{text}\\]"
    node.model = "block"
    return node


def inline_formula(text: str) -> Node:
    """A formula in a text."""
    node = Node(FORMULA)
    node.text = f"\\({text}\\)"
    return node
