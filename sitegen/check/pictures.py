"""Pictures: each has to be there, to have words for those who cannot see it, and to be of a sensible size."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from sitegen.check.links import broken
from sitegen.check.look import Look, Use
from sitegen.check.paragraphs import place_of, without_code
from sitegen.errors import Problem
from sitegen.markup.lines import unfenced
from sitegen.model.content import Document

HEAVY = 1_500_000  # bytes: some four seconds on a telephone away from home
_BARE = re.compile(r"!\[\s*\]\s*[(\[]")


def missing(look: Look) -> Iterator[Problem]:
    """An error for each picture that there is not."""
    return broken(look, "picture")


def heavy(look: Look) -> Iterator[Problem]:
    """A note for each picture of more than `HEAVY` bytes."""
    for use in look.uses:
        if use.reference.kind != "picture" or use.reference.tag not in ("img", "source") or not use.lead.file:
            continue
        size = _size(look, use.lead.file)
        if size > HEAVY:
            message = f"the picture {use.reference.address} has {size / 1_000_000:.1f} MB"
            for place in look.places(use):
                yield place.problem("note", message, "readers on the road wait for it; make it smaller")


def _size(look: Look, path: str) -> int:
    target = look.targets.get(path)
    file = target.file if target is not None else None
    try:
        return file.stat().st_size if file is not None else 0
    except OSError:
        return 0


def texts(look: Look) -> Iterator[Problem]:
    """A warning for each picture without an `alt`, and a note for one whose `alt` says nothing.

    An empty `alt` is right for what only decorates. In HTML somebody wrote it on purpose; Markdown's `![](…)` is more
    often an omission.
    """
    for page in look.pages:
        for reference in dict.fromkeys(page.references):
            if reference.tag == "img":
                yield from _text(look, Use(page, reference, 1, look.lead(page, reference.address)))
    for document in look.markdown:
        yield from _bare(document)


def _text(look: Look, use: Use) -> Iterator[Problem]:
    alt, address = use.reference.alt, use.reference.address
    if alt is None:
        hint = 'say in `alt` what it shows; alt="" if it only decorates'
        for place in look.places(use):
            yield place.problem("warning", f"the picture {_name(address)} has no `alt`", hint)
    elif alt.strip() and alt.strip().lower() == posixpath.basename(address).lower():
        for place in look.places(use):
            message = f'the words for a picture are its file\'s name: "{alt}"'
            yield place.problem("note", message, "say what the picture shows")


def _bare(document: Document) -> Iterator[Problem]:
    """One note for all pictures without words that a document has in Markdown."""
    if not _BARE.search(document.body):
        return
    found = [line for line, text in unfenced(document.body) if _BARE.search(without_code(text))]
    if found:
        more = f", and {len(found) - 1} more below" if len(found) > 1 else ""
        hint = "write it between the brackets, ![like this](…); none is right if it only decorates"
        yield place_of(document, found[0]).problem("note", f"a picture without a word of what it shows{more}", hint)


def _name(address: str) -> str:
    return address if len(address) <= 100 else address[:60] + "…"
