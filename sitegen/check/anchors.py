"""Links to a part of a page (`/a/#part`): the page has to have an element of that id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from sitegen.check.look import Look, Use
from sitegen.check.pages import SeenPage
from sitegen.errors import Problem

# What scripts put on a page: their routes (`#/about`, `#!page`), and comments.
_SCRIPTED = re.compile(r"[/!?:].*|top|comments?([-_]?\d+)?|disqus_thread|respond", re.IGNORECASE)

LONGEST = 100  # of what is compared


def check(look: Look) -> Iterator[Problem]:
    """An error for each part that there is not."""
    ids = {page.path: {*(name for name, _ in page.ids), *page.names} for page in look.pages}
    for use in look.uses:
        lead = use.lead
        if use.reference.kind != "link" or lead.kind != "inside" or not lead.fragment or lead.file not in ids:
            continue
        known = ids[lead.file]
        if lead.fragment in known or _SCRIPTED.fullmatch(lead.fragment):
            continue
        message = f'the link to {use.reference.address} leads to no part of that page: it has no id "{lead.fragment}"'
        for place in look.places(use):
            yield place.problem("error", message, _hint(use, look.by_file[lead.file], known))


def _hint(use: Use, page: SeenPage, known: set[str]) -> str:
    if len(use.lead.fragment) > LONGEST:
        return ""
    if page.path != use.page.path and use.reference.address.startswith("#"):
        return ""
    by_case = {name.casefold(): name for name in known}
    if found := by_case.get(use.lead.fragment.casefold()):
        return f"capitals count: write #{found}"
    near = get_close_matches(use.lead.fragment, sorted(known)[:400], n=1, cutoff=0.6)
    return f"is it #{near[0]}?" if near else ""
