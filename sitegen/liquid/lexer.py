"""From marks to the tokens that python-liquid parses. What is no mark is content, as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from liquid.token import TOKEN_CONTENT, TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG, Token

from sitegen.liquid.marks import Mark
from sitegen.liquid.vocabulary import BARE


def tokens(text: str, marks: Iterable[Mark]) -> Iterator[Token]:
    """The tokens of the text; a tag's or output's begins where its mark does."""
    at, strips = 0, False
    for mark in marks:
        yield from _content(text, at, mark.start, left=strips, right=mark.left)
        yield from _mark(text, mark)
        at, strips = mark.end, mark.right
    yield from _content(text, at, len(text), left=strips, right=False)


def _content(text: str, start: int, end: int, *, left: bool, right: bool) -> Iterator[Token]:
    while left and start < end and text[start].isspace():
        start += 1
    while right and end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Token(TOKEN_CONTENT, text[start:end], start, text)


def _mark(text: str, mark: Mark) -> Iterator[Token]:
    if mark.name == "raw":
        yield Token(TOKEN_CONTENT, mark.raw or "", mark.start, text)
        return
    if mark.is_output:
        bare = mark.expression.strip()
        inside = mark.inside + len(mark.expression) - len(mark.expression.lstrip())
        yield Token(TOKEN_OUTPUT, text[mark.start : mark.end], mark.start, text)
        yield Token(TOKEN_EXPRESSION, bare, inside, text)
        return
    yield Token(TOKEN_TAG, mark.name, mark.start, text)
    if mark.name == "comment":
        yield Token(TOKEN_TAG, "endcomment", mark.end, text)
    elif mark.expression.strip() and mark.name not in BARE:
        yield Token(TOKEN_EXPRESSION, mark.expression.strip(), mark.inside, text)
