"""Pages that no other page links to, which hardly anybody finds; files that no post links to."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.errors import Problem
from sitegen.model.content import Document, in_sitemap

_LEFT_ALONE = ("/", "/404.html")


def check(look: Look) -> Iterator[Problem]:
    """A note on each; feeds and the sitemap are no links, and a redirect is only the way to one."""
    yield from _files(look)
    linked = _linked(look)
    hint = "link to it, put it into the menu, or say `sitemap: false` where that is meant"
    for document in look.documents:
        page = look.by_owner[document.path]
        if _wants_readers(document) and page.path not in linked:
            message = f"no other page links to {page.url}"
            yield look.sources.whole(document).problem("note", message, hint)


def _files(look: Look) -> Iterator[Problem]:
    """Files among posts that are none. On a Jekyll site no link publishes them."""
    lenient = look.site.config.lenient
    what, hint = "not a post" if lenient else "no post links to it", "" if lenient else "link to it, or delete it"
    for one in look.site.left_out:
        if one.reason == "not a post":
            yield Problem(one.path, None, f"left out: {what}", hint, severity="note")


def _wants_readers(document: Document) -> bool:
    return in_sitemap(document) and document.url not in _LEFT_ALONE


def _linked(look: Look) -> set[str]:
    """The files that other pages lead to, and those that a redirect leads to which is led to itself."""
    redirects = {path for path, target in look.targets.items() if target.redirect is not None}
    redirects |= {page.path for page in look.pages if _leads_away(look, page.owner)}
    linked: set[str] = set()
    onwards: list[tuple[str, str]] = []
    for use in look.uses:
        if use.page.path in redirects:
            onwards.append((use.page.path, use.lead.file))
        elif use.reference.tag in ("a", "area") and use.page.path != use.lead.file:
            linked.add(use.lead.file)
    return linked | {to for old, to in onwards if old in linked}


def _leads_away(look: Look, owner: str) -> bool:
    document = look.site.documents.get(owner)
    return document is not None and bool(document.redirect_to)
