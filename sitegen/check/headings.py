"""Headings: the outline by which a screen reader's user finds the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sitegen.check.look import Look
from sitegen.check.pages import Heading, SeenPage
from sitegen.check.reading import read_page
from sitegen.errors import Problem
from sitegen.model.content import Document


def check(look: Look) -> Iterator[Problem]:
    """A warning for a page with several headings of the first level, and a note on a level that is left out."""
    for document in look.documents:
        page = look.by_owner.get(document.path)
        if page is not None and not _is_well(page.headings):
            own = read_page(look.bodies[document.path].html, "", document.path).headings
            yield from _first(look, document, page, own)
            yield from _left_out(look, document, own)


def _is_well(headings: Sequence[Heading]) -> bool:
    levels = [heading.level for heading in headings]
    return levels.count(1) < 2 and not any(below > above + 1 for above, below in pairwise(levels))


def _left_out(look: Look, document: Document, own: Sequence[Heading]) -> Iterator[Problem]:
    for above, below in pairwise(own):
        if below.level > above.level + 1:
            place = look.sources.in_text(document, below.text)
            message = f'the heading "{below.text}" is of level {below.level}, right below one of {above.level}'
            yield place.problem("note", message, f"level {above.level + 1} is left out")


def _first(look: Look, document: Document, page: SeenPage, own: Sequence[Heading]) -> Iterator[Problem]:
    every = [heading for heading in page.headings if heading.level == 1]
    mine = [heading for heading in own if heading.level == 1]
    if len(every) < 2 or not mine:
        return
    one = mine[0] if len(every) > len(mine) else mine[1]
    place = look.sources.in_text(document, one.text)
    message = f'"{one.text}" is a second heading of the first level on its page'
    yield place.problem("warning", message, "the title is the first: begin with ## in the text")
