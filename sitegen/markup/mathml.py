"""Formulas in LaTeX as MathML, which browsers show and screen readers read. Needs the extra `maths`."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from sitegen.errors import SitegenError
from sitegen.markup.lines import unfenced
from sitegen.patterns import regex

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

REMEMBERED = 2048  # formulas
LARGEST = 5_000  # signs of a formula, a quarter of a second
SCROLLS = ' role="group" tabindex="0" aria-label="Formula"'  # of the box of a formula on lines of its own
_PARTS = {  # how many parts elements have
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
_ENVIRONMENTS = regex(r"\\(begin|end)\{(aligned|gathered|eqnarray\*?)\}")  # the converter has no names for
_UPRIGHT = regex(r"&#x000[4-7][0-9A-Fa-f];")  # how it writes a letter that is not to be slanted
_BRACES = regex(r"\\.|[{}]", re.DOTALL)  # `\{` is a sign
_COMMAND = regex(r"\\(?:([A-Za-z]+)|.)", re.DOTALL)  # `\\def` is a new line
_REFUSED = frozenset(("newcommand", "renewcommand", "def", "href"))  # macros may grow without end; a link is Markdown's
_HUMPS = regex(r"(?<=[a-z])(?=[A-Z])")


class UnreadFormula(SitegenError):
    """A formula that cannot be read: its source, and why."""

    def __init__(self, formula: str, why: str) -> None:
        super().__init__(f"the formula `{' '.join(formula.split())[:80]}` cannot be read: {why}")
        self.formula = formula


def line_of(formula: str, body: str) -> int | None:
    """The line of the body, from 1, where the formula begins; None if it cannot be told. Code is passed over."""
    first = formula.strip().partition("\n")[0]
    lines = [""] * (body.count("\n") + 1)
    for number, line in unfenced(body):
        lines[number] = line
    text = "\n".join(lines)
    match = re.search(rf"(?<!`)\$\$\s*{re.escape(first)}", text)
    return text.count("\n", 0, match.end() - len(first)) + 1 if match else None


@lru_cache(maxsize=REMEMBERED)
def converted(formula: str, *, display: str = "inline") -> str:
    """The formula as `<math>`, with its source in `alttext`. Raises `UnreadFormula`."""
    from xml.etree.ElementTree import tostring

    root = _read(formula, display)
    root.attrib.pop("xmlns", None)
    root.set("alttext", formula)
    for node in root.iter():
        _check(node, formula)
        if node.tag == "mi" and _UPRIGHT.fullmatch(node.text or ""):
            node.set("mathvariant", "normal")
        if align := node.attrib.pop("columnalign", ""):
            node.set("style", f"text-align: {align}")  # which browsers know instead
        node.text = unescape(node.text) if node.text else None  # the converter writes signs as references to them
    return tostring(root, encoding="unicode", short_empty_elements=False)


def _read(formula: str, display: str) -> Element:
    from latex2mathml import exceptions
    from latex2mathml.converter import convert_to_element

    if not formula.strip():
        raise UnreadFormula(formula, "it is empty")
    if len(formula) > LARGEST:
        raise UnreadFormula(formula, f"it has more than {LARGEST:,} signs")
    if wrong := _unbalanced(formula):
        raise UnreadFormula(formula, wrong)
    for name in _COMMAND.findall(formula):
        if name in _REFUSED:
            raise UnreadFormula(formula, f"\\{name} is not for formulas of posts")
    source = _ENVIRONMENTS.sub(_known_environment, formula)
    try:
        return convert_to_element(source, display=display)
    except Exception as error:  # the converter fails in as many ways as Python can
        name = type(error).__name__
        told = hasattr(exceptions, name) and not isinstance(error, exceptions.NoAvailableTokensError)
        why = _HUMPS.sub(" ", name.removesuffix("Error")).lower() if told else "something is missing"
        raise UnreadFormula(formula, why) from error


def _unbalanced(formula: str) -> str:
    """What is wrong with the braces, which the converter would guess; "" for nothing."""
    depth = 0
    for brace in _BRACES.findall(formula):
        depth += (brace == "{") - (brace == "}")
        if depth < 0:
            return "a brace } closes nothing"
    return "a brace { is not closed" if depth else ""


def _known_environment(match: re.Match[str]) -> str:
    name = "matrix" if match[2] == "gathered" else "align*"
    return f"\\{match[1]}{{{name}}}"


def _check(node: Element, formula: str) -> None:
    """What the converter lets pass. Raises `UnreadFormula`."""
    text = node.text or ""
    if text.startswith("\\") and node.tag != "mtext":
        raise UnreadFormula(
            formula, f"there is no command {text}" if len(text) > 1 else "a backslash without a command"
        )
    if text == "&":
        raise UnreadFormula(formula, "an & outside of a table")
    if len(node) != _PARTS.get(node.tag, len(node)):
        raise UnreadFormula(formula, "something is missing")
