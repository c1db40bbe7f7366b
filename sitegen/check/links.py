"""Links within the site, and the files that pages need: each has to lead to something that is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.build.places import in_body
from sitegen.check.look import Look
from sitegen.errors import Problem

WORDS: Mapping[str, str] = {
    "link": "the link to {} leads nowhere",
    "frame": "what is shown in a frame is not there: {}",
    "media": "the film or sound {} is not there",
    "script": "the script {} is not there",
    "style": "the style sheet {} is not there",
    "file": "the file {} is not there",
}


def check(look: Look) -> Iterator[Problem]:
    """An error for each that leads nowhere; a warning for a link without an address."""
    for use in look.uses:
        words = WORDS.get(use.reference.kind)
        if words is None:
            continue
        if not use.reference.address:
            if use.reference.tag == "a":
                yield from _empty(look, use.page.owner, use.reference.words)
        elif use.lead.is_broken:
            hint = look.hint(use)
            for place in look.places(use):
                yield place.problem(use.severity, words.format(use.reference.address), hint)


def _empty(look: Look, owner: str, words: str) -> Iterator[Problem]:
    """`[words]()` in a body; scripts use such links on purpose, so those of layouts are left alone."""
    document = look.site.documents.get(owner)
    if document is None:
        return
    for place in in_body(document, (f"[{words}]()",)):
        yield place.problem("warning", f'the link "{words}" has no address', "put it between the brackets ( )")
