"""Links to a part of a page (`/a/#part`): the page has to have an element of that id."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.look import Look, Use
from sitegen.check.pages import SeenPage
from sitegen.errors import Problem
from sitegen.leads.hints import of_part
from sitegen.leads.words import wrong_part


def check(look: Look) -> Iterator[Problem]:
    """An error for each part that there is not."""
    ids = {page.path: {*(name for name, _ in page.ids), *page.names} for page in look.pages}
    for use in look.uses:
        lead, known = use.lead, ids.get(use.lead.file)
        if use.reference.kind != "link" or not lead.part or known is None or lead.part in known:
            continue
        message = wrong_part(use.reference.address, lead)
        for place in look.places(use):
            yield place.problem("error", message, _hint(use, look.by_file[lead.file], known))


def _hint(use: Use, page: SeenPage, known: set[str]) -> str:
    elsewhere = page.path != use.page.path and use.reference.address.startswith("#")
    return "" if elsewhere else of_part(use.lead.part, known)
