"""The beginning of a body: up to the separator, or its first block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from sitegen.markup.alerts import MARK as ALERT
from sitegen.markup.cuts import COMMENT, NOTHING, Cut, cut, is_opening
from sitegen.markup.headings import LEVELS, PLACES, is_footnote_reference, without_ids
from sitegen.markup.lines import outside_fences
from sitegen.markup.plain import has_words, summary, text_of
from sitegen.markup.tokens import HIDDEN, VOID, attributes
from sitegen.patterns import regex

_DEFINITION = regex(r" {0,3}\*?\[[^\]\n]+\]:")  # of a link, a footnote, an abbreviation
_PASSED_OVER = HIDDEN | LEVELS.keys() | {"hr", "nav"}


def before(body: str, separator: str) -> str | None:
    """The Markdown before the separator, with the definitions of the rest; None if it is not there."""
    at = outside_fences(body, separator) if separator else -1
    if at < 0:
        return None
    head, rest = body[:at], body[at + len(separator) :]
    definitions = [line for line in rest.split("\n") if _DEFINITION.match(line)]
    return "\n".join([head, "", *definitions])


def cleaned(opening: Cut) -> Cut:
    """What is shown of an excerpt: no ids, comments, contents, footnotes or references to them."""
    kept = opening.without(lambda name, tag: is_footnote_reference(name, tag) or _is_footnotes(tag))
    bare = without_ids(kept.without_tags(COMMENT))
    if "[TOC]" not in bare.texts:
        return bare
    html = bare.html
    for place in PLACES:
        html = html.replace(place, "")
    return cut(html)


def _is_footnotes(tag: str) -> bool:
    if "footnote" not in tag:
        return False
    return bool({"footnote", "footnotes", "footnote-definition"} & set(attributes(tag).get("class", "").split()))


def first_block(body: Cut) -> Cut:
    """The first block that has words and is neither heading nor alert; nothing if there is none.

    A block that nothing closes (the author's own HTML) becomes a paragraph of its first words.
    """
    for block, closed in _blocks(body):
        if _is_passed_over(block) or block.without_tags(COMMENT).html in PLACES:
            continue
        if has_words(text := text_of(block)):
            return block if closed else cut(f"<p>{escape(summary(text))}</p>")
    return Cut([""], [], [])


def _is_passed_over(block: Cut) -> bool:
    return bool(block.tags) and (block.names[0] in _PASSED_OVER or block.tags[0].startswith(ALERT))


def _blocks(body: Cut) -> Iterator[tuple[Cut, bool]]:
    """The elements at the top level with all that is in them, and whether they are closed; text there is a block."""
    stack: list[str] = []
    start = 0
    for at, name in enumerate(body.names):
        if not stack:
            if body.texts[at]:
                yield Cut([body.texts[at]], [], []), True
            start = at
        if is_opening(name) and name not in VOID:
            stack.append(name)
        elif name[:1] == "/":
            _close(stack, name[1:])
        if not stack and name not in (NOTHING, COMMENT):
            yield body.part(start, at + 1), True
    if stack:
        last = body.part(start, len(body.names))
        yield replace(last, texts=[*last.texts[:-1], body.texts[-1]]), False
    elif body.texts[-1]:
        yield Cut([body.texts[-1]], [], []), True


def _close(stack: list[str], name: str) -> None:
    """Close the innermost element of that name, and what is open in it; the search goes up a few levels only."""
    for up in range(1, min(len(stack), 8) + 1):
        if stack[-up] == name:
            del stack[-up:]
            return
