r"""Formulas between `$$`. A single `$` is money.

They become MathML if the site wants that, or are marked as MathJax and KaTeX find them: `\(..\)` in a text, `\[..\]`
on lines of their own. Source: kramdown/converter/math_engine/mathjax.rb.
"""

from __future__ import annotations

from sitegen.markup.kramdown.nodes import FORMULA, Node


def block_formula(text: str) -> Node:
    """A formula on lines of its own."""
    node = inline_formula(text)
    node.model = "block"
    return node


def inline_formula(text: str) -> Node:
    """A formula in a text."""
    node = Node(FORMULA)
    node.text = text
    return node


def delimited(node: Node) -> str:
    """The formula as MathJax and KaTeX find it."""
    return f"\\[{node.text}\\]" if node.model == "block" else f"\\({node.text}\\)"
