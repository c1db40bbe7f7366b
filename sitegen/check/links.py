"""Links within the site, and the files that pages need: each has to lead to something that is published."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.errors import Problem
from sitegen.leads.places import in_body
from sitegen.leads.words import wrong

KINDS = ("link", "frame", "media", "script", "style", "file")


def check(look: Look) -> Iterator[Problem]:
    """An error for each that leads nowhere; a warning for a link without an address."""
    yield from broken(look, *KINDS)
    for use in look.uses:
        if use.reference.tag == "a" and not use.reference.address:
            yield from _empty(look, use.page.owner, use.reference.words)


def broken(look: Look, *kinds: str) -> Iterator[Problem]:
    """What leads nowhere, of these kinds of references."""
    for use in look.uses:
        kind, address = use.reference.kind, use.reference.address
        if address and kind in kinds and (what := wrong(kind, address, use.lead)):
            hint = look.hint(use)
            for place in look.places(use):
                yield place.problem(use.severity, what, hint)


def _empty(look: Look, owner: str, words: str) -> Iterator[Problem]:
    """`[words]()` in a body; scripts use such links on purpose, so those of layouts are left alone."""
    document = look.site.documents.get(owner)
    if document is None:
        return
    for place in in_body(document, (f"[{words}]()",)):
        yield place.problem("warning", f'the link "{words}" has no address', "put it between the brackets ( )")
