"""What a reader reads of HTML: its text, its words, a summary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from sitegen.markup.tokens import HIDDEN, Token, tokens

SUMMARY_SIGNS = 200
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
# A word is a run of letters and digits; in scripts without blanks each sign counts as one.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]++"
    r"(?:['’.,_-]?[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])*+"
)


def plain_text(html: str) -> str:
    """The text of the HTML on one line: no tags, comments, scripts; entities as their signs."""
    return " ".join(text_of(tokens(html)).split())


def text_of(pieces: Iterable[Token]) -> str:
    """The text of the tokens; where a block begins or ends stands a blank."""
    parts: list[str] = []
    for token in pieces:
        if token.kind == "text":
            parts.append(unescape(token.source) if "&" in token.source else token.source)
        elif token.kind == "raw" and token.name not in HIDDEN:
            parts.append(unescape(token.source))
        elif token.kind in ("open", "close") and token.name not in _INLINE:
            parts.append(" ")
    return "".join(parts)


def count_words(text: str) -> int:
    """How many words a reader counts; Chinese and Japanese signs are words."""
    return len(_WORD.findall(text))


def summary(text: str) -> str:
    """The text on one line, cut at a word with `…` where it is longer than 200 signs."""
    line = " ".join(text[: 20 * SUMMARY_SIGNS].split())
    if len(line) <= SUMMARY_SIGNS:
        return line
    cut = line[:SUMMARY_SIGNS]
    head = cut.rpartition(" ")[0] if line[SUMMARY_SIGNS - 1] != " " else cut
    return (head or cut[:-1]).rstrip(" ,;:.–—-") + "…"
