"""The beginning of a body: up to the separator, or its first block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from sitegen.markup.alerts import MARK as ALERT
from sitegen.markup.headings import LEVELS, PLACES, is_footnote_reference, without_ids
from sitegen.markup.lines import outside_fences
from sitegen.markup.plain import count_words, summary, text_of
from sitegen.markup.tokens import HIDDEN, VOID, Token, attributes, joined, without

_DEFINITION = re.compile(r" {0,3}\*?\[[^\]\n]+\]:")  # of a link, a footnote, an abbreviation
_PASSED_OVER = HIDDEN | LEVELS.keys() | {"hr", "nav"}


def before(body: str, separator: str) -> str | None:
    """The Markdown before the separator, with the definitions of the rest; None if it is not there."""
    at = outside_fences(body, separator) if separator else -1
    if at < 0:
        return None
    head, rest = body[:at], body[at + len(separator) :]
    definitions = [line for line in rest.split("\n") if _DEFINITION.match(line)]
    return "\n".join([head, "", *definitions])


def cleaned(pieces: Iterable[Token]) -> str:
    """The HTML of an excerpt: no ids, comments, contents, footnotes or references to them."""
    kept = without(pieces, lambda token: is_footnote_reference(token) or _is_footnotes(token))
    html = joined(token for token in without_ids(kept) if token.kind != "comment")
    for place in PLACES:
        html = html.replace(place, "")
    return html.strip()


def _is_footnotes(token: Token) -> bool:
    if "footnote" not in token.source:
        return False
    return bool(
        {"footnote", "footnotes", "footnote-definition"} & set(attributes(token.source).get("class", "").split())
    )


def first_block(pieces: Sequence[Token]) -> list[Token]:
    """The tokens of the first block that has words and is neither heading nor alert; [] if there is none.

    A block that nothing closes (the author's own HTML) becomes a paragraph of its first words.
    """
    for block, closed in _blocks(pieces):
        if _is_passed_over(block[0]) or joined(block) in PLACES:
            continue
        if count_words(text := text_of(block)):
            return block if closed else [Token("text", "", f"<p>{escape(summary(text))}</p>")]
    return []


def _is_passed_over(token: Token) -> bool:
    return token.kind == "open" and (token.name in _PASSED_OVER or token.source.startswith(ALERT))


def _blocks(pieces: Sequence[Token]) -> Iterator[tuple[list[Token], bool]]:
    """The elements at the top level with all that is in them, and whether they are closed; text there is a block."""
    block: list[Token] = []
    stack: list[str] = []
    for token in pieces:
        if token.kind == "comment":
            continue
        block.append(token)
        if token.kind == "open" and token.name not in VOID:
            stack.append(token.name)
        elif token.kind == "close":
            _close(stack, token.name)
        if not stack and block:
            yield block, True
            block = []
    if block:
        yield block, False


def _close(stack: list[str], name: str) -> None:
    """Close the innermost element of that name, and what is open in it; the search goes up a few levels only."""
    for up in range(1, min(len(stack), 8) + 1):
        if stack[-up] == name:
            del stack[-up:]
            return
