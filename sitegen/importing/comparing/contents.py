"""Where in Jekyll's pages the content is. Nobody tells which element a layout puts it into: the pages themselves do.

An element that on most of the pages that have it holds the words of the post, and no others, is that of the content.
On a page where none is known, the content is where most of the post's words stand in one piece.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sitegen.importing.comparing.reading import Reading, Span

Words = tuple[str, ...]


@dataclass(frozen=True)
class Holders:
    """The marks of the elements that hold contents, the surest first."""

    marks: tuple[str, ...]


def learn(pages: Iterable[tuple[Reading, Words]]) -> Holders:
    """What holds the contents of a site's pages, each given with the words that are its content here."""
    exact: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for page, words in pages:
        if not words:
            continue
        for mark, spans in _single(page).items():
            present[mark] += 1
            exact[mark] += _words_in(page, spans) == words
    sure = [mark for mark, number in exact.items() if number * 2 > present[mark]]
    return Holders(tuple(sorted(sure, key=lambda mark: (-exact[mark], present[mark], mark))))


def place_of_content(page: Reading, content: Reading, holders: Holders) -> tuple[int, int] | None:
    """From which word of Jekyll's page to which its content goes; None if hardly any of the words are there, or if
    there are none.

    An element does not tell on a page where some are opened and not closed, or the other way round.
    """
    words, single = content.words, _single(page)
    span = next((single[mark] for mark in holders.marks if mark in single), None)
    if span is not None and page.is_whole and content.is_whole:
        return span.start, span.end
    if not words:
        return None
    at = _found(page.words, words)
    return (at, at + len(words)) if at >= 0 else _nearest(page.words, words)


def _single(page: Reading) -> dict[str, Span]:
    """The elements by their marks, but for those of which the page has several."""
    counts = Counter(span.mark for span in page.spans)
    return {span.mark: span for span in page.spans if counts[span.mark] == 1}


def _words_in(page: Reading, span: Span) -> Words:
    return page.words[span.start : span.end]


def _found(page: Words, words: Words) -> int:
    """Where the words stand in one piece, or -1."""
    text, wanted = f" {' '.join(page)} ", f" {' '.join(words)} "
    at = text.find(wanted)
    return text.count(" ", 0, at) if at >= 0 else -1


def _nearest(page: Words, words: Words) -> tuple[int, int] | None:
    """Around the pieces that page and content have in common, if these are most of the content."""
    blocks = matching(page, words)
    if 2 * sum(block.size for block in blocks) < len(words) or not blocks:
        return None
    first, last = blocks[0], blocks[-1]
    return max(0, first.a - first.b), min(len(page), last.a + len(words) - last.b)


@dataclass(frozen=True)
class Block:
    """Words that two texts have in common: `size` of them, from `a` in one and from `b` in the other."""

    a: int
    b: int
    size: int


def matching(one: Sequence[str], other: Sequence[str]) -> list[Block]:
    """The common pieces, in order."""
    found = SequenceMatcher(None, one, other).get_matching_blocks()
    return [Block(*block) for block in found if block.size]
