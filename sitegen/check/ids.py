"""Ids: each may stand once on a page, or links and labels lead to the wrong element."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.check.pages import SeenPage
from sitegen.errors import Problem
from sitegen.leads.places import Place, in_body


def check(look: Look) -> Iterator[Problem]:
    """An error for each id that stands more often."""
    for page in look.pages:
        lines: dict[str, list[int]] = {}
        for name, line in page.ids:
            lines.setdefault(name, []).append(line)
        for name, found in lines.items():
            if len(found) > 1:
                place = _place(look, page, name, found[1])
                hint = "links lead to the first of them; give the others another id"
                yield place.problem(
                    "error", f'the id "{name}" stands {_often(len(found))} on the page {page.url}', hint
                )


def _place(look: Look, page: SeenPage, name: str, line: int) -> Place:
    """The last line of a body that gives the id, or else the page."""
    if page.copied:
        return Place(page.owner, line=line)
    document = look.site.documents.get(page.owner)
    written = (f'id="{name}"', f"id='{name}'", f"id={name}", f"#{name}")
    found = in_body(document, written, times=9) if document is not None else []
    return found[-1] if found else look.sources.of_page(page)


def _often(times: int) -> str:
    return "twice" if times == 2 else f"{times} times"
