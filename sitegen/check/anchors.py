"""Links to a part of a page (`/a/#part`): the page has to have an element of that id."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.build.hints import of_part
from sitegen.build.links import is_scripted
from sitegen.check.look import Look, Use
from sitegen.check.pages import SeenPage
from sitegen.errors import Problem


def check(look: Look) -> Iterator[Problem]:
    """An error for each part that there is not."""
    ids = {page.path: {*(name for name, _ in page.ids), *page.names} for page in look.pages}
    for use in look.uses:
        lead = use.lead
        if use.reference.kind != "link" or lead.kind != "inside" or not lead.fragment or lead.file not in ids:
            continue
        known = ids[lead.file]
        if lead.fragment in known or is_scripted(lead.fragment):
            continue
        message = f'the link to {use.reference.address} leads to no part of that page: it has no id "{lead.fragment}"'
        for place in look.places(use):
            yield place.problem("error", message, _hint(use, look.by_file[lead.file], known))


def _hint(use: Use, page: SeenPage, known: set[str]) -> str:
    elsewhere = page.path != use.page.path and use.reference.address.startswith("#")
    return "" if elsewhere else of_part(use.lead.fragment, known)
