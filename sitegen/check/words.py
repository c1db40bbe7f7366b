"""The words of links: screen readers list them alone, and search engines go by them."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.look import Look, Use
from sitegen.check.pages import Reference, SeenPage
from sitegen.errors import Problem

_SAYS_NOTHING = frozenset(("here", "click here", "this link", "hier", "ici", "cliquez ici", "aquí", "qui"))


def check(look: Look) -> Iterator[Problem]:
    """A warning for a link without words, and a note on one whose words say nothing."""
    for page in look.pages:
        for reference in dict.fromkeys(page.references):
            if reference.tag == "a" and reference.address:
                yield from _words(look, page, reference)


def _words(look: Look, page: SeenPage, reference: Reference) -> Iterator[Problem]:
    use = Use(page, reference, 1, look.lead(page, reference.address))
    said = reference.words.casefold().strip(" .:!()[]»«>")
    if not reference.words:
        hint = "say where it leads; a picture in it needs its `alt`"
        for place in look.places(use):
            yield place.problem("warning", f"the link to {reference.address} has no words", hint)
    elif said in _SAYS_NOTHING and page.owner in look.site.documents:
        for place in look.places(use):
            yield place.problem("note", f'a link whose words are "{reference.words}"', "say where it leads")
