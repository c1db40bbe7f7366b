"""In what one page differs from Jekyll's: its text, and the ids of its headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from sitegen.importing.comparing.contents import Holders, Words, place_of_content
from sitegen.importing.comparing.reading import Heading, Reading

SHOWN = 8  # words of each side, in a line about a difference


def differences(theirs: Reading, ours: Reading, holders: Holders) -> Iterator[str]:
    """A sentence for each difference; `ours` is the content alone, `theirs` a whole page of Jekyll's."""
    place = place_of_content(theirs, ours, holders)
    if place is None:
        if ours.words:
            yield f'text: "{_shown(ours.words)}" is not on Jekyll\'s page'
        return
    start, end = place
    yield from _text(theirs.words[start:end], ours.words)
    yield from _headings([one for one in theirs.headings if start <= one.at < end], ours.headings)


def _text(theirs: Words, ours: Words) -> Iterator[str]:
    """The first place in which the words differ, and how many there are."""
    if theirs == ours:
        return
    codes = SequenceMatcher(None, theirs, ours).get_opcodes()
    places = [code for code in codes if code[0] != "equal"]
    kind, a, b, c, d = places[0]
    more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
    if kind == "delete":
        yield f'text: "{_shown(theirs[a:b])}" is not here{more}'
    elif kind == "insert":
        yield f'text: "{_shown(ours[c:d])}" is only here{more}'
    else:
        yield f'text: "{_shown(theirs[a:b])}" is "{_shown(ours[c:d])}" here{more}'


def _headings(theirs: Sequence[Heading], ours: Sequence[Heading]) -> Iterator[str]:
    """Each id of Jekyll's that does not lead to the same heading here."""
    left = list(ours)
    for heading in theirs:
        found = next((one for one in left if one.text == heading.text), None)
        found = found or next((one for one in left if one.id == heading.id), None)
        if found is None:
            yield f'heading id "{heading.id}" is not here'
        else:
            left.remove(found)
            if found.id != heading.id:
                yield f'heading id "{heading.id}" is "{found.id}" here'


def _shown(words: Sequence[str]) -> str:
    return " ".join(words[:SHOWN]) + (" …" if len(words) > SHOWN else "")
