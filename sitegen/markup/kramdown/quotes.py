r"""Typographic quotes, dashes, ellipses and guillemets.

Source: kramdown/parser/kramdown/{smart_quotes,typographic_symbol}.rb. In Ruby
`\w`, `\d` and `\s` are ASCII, `\b` is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.markup.kramdown.nodes import Node, add_text

if TYPE_CHECKING:
    from sitegen.markup.kramdown.spans import Spans

_W, _S = "[A-Za-z0-9_]", r"[ \t\r\n\f\v]"
_PUNCTUATION = r"[!\"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"
_HERE = re.compile(r"[^\\]?[\"']", re.DOTALL)
_SIGNS_OF = {"('": 0, ")'": 1, '("': 2, ')"': 3}  # places among the dialect's quotes: opening, closing
# What is tried in turn: the sign before, the quotes, what follows; and whether each quote opens.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"()([\"'])(?=[_*]{1,2}[^ \t\r\n\f\v])"), "("),
    (re.compile(rf"()([\"'])(?={_PUNCTUATION}(?!\.\.)\B)"), ")"),
    (re.compile(rf"({_S}?)(\"')(?={_W})"), "(("),
    (re.compile(rf"({_S}?)('\")(?={_W})"), "(("),
    (re.compile(rf"({_S}?)(')(?=[0-9][0-9]s)"), ")"),
    (re.compile(rf"({_S})([\"'])(?={_W})"), "("),
    (re.compile(r"([^ \\\t\r\n\[{(\-])([\"'])"), ")"),
    (re.compile(rf"()([\"'])(?={_S}|s\b|$)", re.MULTILINE), ")"),
    (re.compile(r"(.?)([\"'])", re.DOTALL), "("),
)
_SIGN = re.compile(r"---|--|\.\.\.|\\<<|\\>>|<< | >>|<<|>>")
_SIGNS = {
    "---": "—",
    "--": "–",
    "...": "…",
    "\\<<": "<<",
    "\\>>": ">>",
    "<< ": "«\u00a0",
    " >>": "\u00a0»",
    "<<": "«",
    ">>": "»",
}


def quote(spans: Spans, node: Node) -> bool:
    """A quote, or the sign before one with it."""
    if not _HERE.match(spans.text, spans.at):
        return False
    for pattern, kinds in _RULES:
        if match := spans.scan(pattern):
            quotes = spans.document.dialect.smart_quotes
            pairs = zip(kinds, match[2], strict=True)
            add_text(node, match[1] + "".join(quotes[_SIGNS_OF[kind + sign]] for kind, sign in pairs))
            return True
    return False


def sign(spans: Spans, node: Node) -> bool:
    """Dashes, an ellipsis, guillemets."""
    if match := spans.scan(_SIGN):
        add_text(node, _SIGNS[match[0]])
    return bool(match)
