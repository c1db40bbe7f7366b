"""The values of a post or page, and who gave each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sitegen.explain.explanation import Value
from sitegen.markup.lines import outside_fences
from sitegen.model.content import Document, Post, given_of
from sitegen.model.given import Givens, given_by_setting
from sitegen.model.site import Site


def values_of(site: Site, document: Document, summary: str) -> tuple[Value, ...]:
    """What sitegen reads, and then the rest of the front matter. `summary` is the beginning of the text."""
    known = (*_named(site, document), *_described(document, summary))
    said = {value.name for value in known} | _ALSO
    rest = (_other(document, key) for key, value in document.front.items() if key not in said and value is not None)
    return (*known, *rest)


_ALSO = {"tag", "category", "authors", "last_modified_at", "excerpt_separator"}  # they are told under other names


def _named(site: Site, document: Document) -> Iterator[Value]:
    yield Value("title", document.title, given_of(document, "title"))
    if isinstance(document, Post):
        yield Value("date", _moment(document.date), given_of(document, "date"))
        yield from _times(document)
        yield Value("slug", document.slug, given_of(document, "slug"))
        yield Value("permalink", document.permalink, given_of(document, "permalink"))
        yield Value("url", document.url, note="made by the permalink")
    else:
        yield Value("url", document.url, given_of(document, "url"))
    yield Value("layout", document.layout or "none", given_of(document, "layout"))
    if isinstance(document, Post):
        for kind in ("categories", "tags"):
            names = getattr(document, kind)
            yield Value(kind, ", ".join(names), given_of(document, kind) if names else ())
        yield from _series(document)
        authors = ", ".join(author.name for author in site.authors_of(document))
        yield Value("author", authors, given_of(document, "author") if authors else ())
    own = given_of(document, "lang") if document.lang else given_by_setting(site.config, "lang")
    yield Value("lang", document.lang or site.config.lang, own)
    yield from _form(site, document)


def _moment(moment: datetime) -> str:
    return moment.isoformat(" ", "seconds" if moment.second else "minutes")


def _times(post: Post) -> Iterator[Value]:
    if post.updated is not None:
        yield Value("updated", _moment(post.updated), given_of(post, "updated"))
    if post.expires is not None:
        yield Value("expires", _moment(post.expires), given_of(post, "expires"))


def _series(post: Post) -> Iterator[Value]:
    if post.series:
        part = "" if post.part is None else f", part {post.part}"
        yield Value("series", post.series + part, given_of(post, "series"))


def _described(document: Document, summary: str) -> Iterator[Value]:
    """Description and excerpt: what lists, feeds and search engines are told."""
    own = document.front.get("excerpt")
    excerpt = isinstance(own, str) and bool(own)
    if document.description:
        yield Value("description", document.description, given_of(document, "description"))
    else:
        yield Value("description", summary, note="the beginning of the text")
    if excerpt:
        yield Value("excerpt", str(own), given_of(document, "excerpt"))
    else:
        yield Value("excerpt", summary, note=_ending(document))


def _ending(document: Document) -> str:
    """Where the excerpt that the body itself gives comes to its end."""
    at = outside_fences(document.body, document.separator) if document.separator else -1
    if at < 0:
        return "the first paragraph"
    mark = document.separator.strip() or "the separator"
    return f"up to {mark} in line {document.line_of(document.body.count(chr(10), 0, at) + 1)}"


def _form(site: Site, document: Document) -> Iterator[Value]:
    form = document.form if isinstance(document, Post) else None
    if form is None:
        return
    given: Givens = given_of(document, "form")
    if isinstance(name := document.front.get("form"), str) and name in site.config.forms:
        given = (*given, *given_by_setting(site.config, f"forms.{name}"))
    state = "open" if form.is_open(site.now) else "closed"
    names = ", ".join(field.name for field in form.fields)
    yield Value("form", f"{form.id}, {state}: {names}", given)


def _other(document: Document, key: str) -> Value:
    return Value(key, _written(document, key, document.front[key]), given_of(document, key))


def _written(document: Document, key: str, value: Any) -> str:
    """A value as its author wrote it, or as JSON where it is more than one word."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return given_of(document, key)[0].at.written(value)
