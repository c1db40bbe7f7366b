"""Dates: of posts that are not published because of them, and dates that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sitegen.check.look import Look
from sitegen.errors import Problem
from sitegen.leads.places import Place
from sitegen.model.content import Post

_TOLD = {
    "future": "held back until",
    "expired": "left out: expired on",
    "no date": "left out: no date in its name",
}
_NAMED = re.compile(r"(?:.*/)?(\d{4})-(\d{1,2})-(\d{1,2})-[^/]*(?:/index\.\w+)?")


def check(look: Look) -> Iterator[Problem]:
    """Notes on posts that are held back, have expired, were changed before they were written, or are named for another
    day.
    """
    for one in look.site.left_out:
        if one.reason in _TOLD:
            when = f" {one.moment:%Y-%m-%d %H:%M %Z}" if one.moment is not None else ""
            line = one.origin.line if one.origin.path == one.path else None
            yield Place(one.path, one.origin.text, line).problem("note", f"{_TOLD[one.reason]}{when}")
    for document in look.documents:
        if isinstance(document, Post):
            yield from _dates(look, document)


def _dates(look: Look, post: Post) -> Iterator[Problem]:
    if post.updated is not None and post.updated.date() < post.date.date():
        key = "updated" if post.front.get("updated") is not None else "last_modified_at"
        message = f"changed on {post.updated:%Y-%m-%d}, before its date, {post.date:%Y-%m-%d}"
        yield look.sources.front(post, key).problem("note", message, "lists and feeds go by both")
    named = _named(post.path)
    if named is not None and abs((named - post.date.date()).days) > 1:  # one day may be the time zone's
        message = f"the date is {post.date:%Y-%m-%d}, but the file is named for {named}"
        yield look.sources.front(post, "date").problem("note", message, "the front matter counts")


def _named(path: str) -> date | None:
    match = _NAMED.fullmatch(path)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
