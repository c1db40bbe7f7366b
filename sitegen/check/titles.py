"""Titles and descriptions: what lists, search engines and feeds show of a page."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.errors import Problem
from sitegen.model.content import Document

LONG_TITLE = 100  # signs; search engines show some 60
LONG_DESCRIPTION = 300


def check(look: Look) -> Iterator[Problem]:
    """A warning for a title that two share, and for a page without any; notes on those that could be better."""
    yield from _shared(look)
    for document in look.documents:
        if not document.redirect_to:
            yield from _title(look, document)
    for page in look.pages:
        if page.whole and not page.title:
            hint = "browsers, search engines and screen readers name a page by it"
            yield look.sources.of_page(page).problem("warning", f"the page {page.url} has no <title>", hint)


def _shared(look: Look) -> Iterator[Problem]:
    """A title may stand once in each language."""
    first: dict[tuple[str, str], Document] = {}
    for document in look.documents:
        title = " ".join(document.title.split()).casefold()
        other = first.setdefault((title, document.lang or look.site.config.lang), document)
        if title and other is not document and not document.redirect_to:
            place = look.sources.front(document, "title")
            message = f'the title "{document.title}" is that of {other.path}, too'
            yield place.problem("warning", message, "readers and search engines cannot tell them apart")


def _title(look: Look, document: Document) -> Iterator[Problem]:
    place = look.sources.front(document, "title")
    if len(document.title) > LONG_TITLE:
        hint = "search engines and lists cut it"
        yield place.problem("note", f"a title of {len(document.title)} signs", hint)
    if document.front.get("title") is None and document.url not in ("/", "/404.html"):
        named = f'it is called "{document.title}", after its file' if document.title else "nothing says what it is"
        yield place.problem("note", f"no title: {named}", "give it a `title`")


def descriptions(look: Look) -> Iterator[Problem]:
    """Notes on descriptions that are missing or long. Where most are missing, one for all."""
    posts = look.site.posts
    without = [post for post in posts if not (post.description or post.redirect_to)]
    if len(without) > max(3, len(posts) // 2):
        message = f"{len(without)} of {len(posts)} posts have no `description`"
        yield Problem("_posts", None, message, _SHOWN, severity="note")
        without = []
    for post in without:
        yield look.sources.whole(post).problem("note", "no `description`", _SHOWN)
    for document in look.documents:
        if len(document.description) > LONG_DESCRIPTION:
            place = look.sources.front(document, "description")
            yield place.problem("note", f"a description of {len(document.description)} signs", "it is cut in lists")


_SHOWN = "search engines and lists show the beginning of the text"
