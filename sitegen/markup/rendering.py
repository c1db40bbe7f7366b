"""The way of a body: engine, heading ids, contents, links, excerpt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from sitegen.markup import budgets, excerpts, plain
from sitegen.markup.cuts import Cut, whole
from sitegen.markup.headings import PLACES, Heading, contents, headings_of, with_anchors, with_ids
from sitegen.markup.highlighting import recalling, unknown
from sitegen.markup.labels import labelled
from sitegen.markup.links import below_base, links_of
from sitegen.markup.mathml import UnreadFormula, line_of
from sitegen.markup.rendered import MarkupError, MarkupSettings, Rendered
from sitegen.markup.shortcodes import Prepared, prepared


def render(
    body: str,
    settings: MarkupSettings,
    *,
    html: bool = False,
    separator: str = "<!--more-->",
    known: Callable[[str], str | None] = unknown,
) -> Rendered:
    """The body as HTML with all that is known about it. `html`: it is HTML already; `known` are blocks of code in
    colour, by key. Raises `MarkupError`.
    """
    text = budgets.readable(body)
    ready = prepared(text) if settings.shortcodes and not html else Prepared(text)
    try:
        with recalling(known) as coloured:
            made = _rendered(ready, settings, html=html, separator=separator)
    except MarkupError as error:
        raise ready.told(error) from error
    return replace(made, coloured=coloured) if coloured else made


def _rendered(ready: Prepared, settings: MarkupSettings, *, html: bool, separator: str) -> Rendered:
    content = _content(ready.text, settings, html=html)
    headings = [heading for heading in headings_of(content) if heading.level in settings.dialect.toc_levels]
    head = excerpts.before(ready.text, separator)
    opening = excerpts.first_block(content) if head is None else _content(head, settings, html=html)
    excerpt = excerpts.cleaned(opening)
    links, ends = links_of([*content.opening, *map(below_base(settings.baseurl), ready.references())])
    shown = with_anchors(content, settings.dialect.word("text.anchor")) if settings.anchors and not html else content
    text, shortcodes = ready.located(_with_contents(shown.html, headings))
    return Rendered(
        html=text,
        excerpt=excerpt.html.strip(),
        summary=plain.summary(plain.line_of(excerpt)),
        toc=contents(headings) if len(headings) > 1 else "",
        words=plain.count_words(plain.text_of(content)),
        links=links,
        ends=ends,
        shortcodes=shortcodes,
    )


def fragment(text: str, settings: MarkupSettings) -> str:
    """Short Markdown as HTML. Raises `MarkupError`."""
    return _content(budgets.readable(text), settings).html


def _content(text: str, settings: MarkupSettings, *, html: bool = False) -> Cut:
    """The text as HTML, with an id on each heading; of the default engine, on those that it marked."""
    made = text.strip() if html else _guarded(_engine(settings), text)
    every = not html and settings.engine == "commonmark"
    content = with_ids(whole(labelled(made, settings.dialect)), every=every)
    return content.changed(below_base(settings.baseurl)) if settings.baseurl else content


def _with_contents(html: str, headings: Sequence[Heading]) -> str:
    for place, tag in PLACES.items():
        if place in html:
            html = html.replace(place, contents(headings, tag), 1)
    return html


def _engine(settings: MarkupSettings) -> Callable[[str], str]:
    if settings.engine == "commonmark":
        from sitegen.markup import commonmark

        return partial(commonmark.convert, dialect=settings.dialect)
    from sitegen.markup import engine

    return partial(engine.convert, dialect=settings.dialect)


def _guarded(convert: Callable[[str], str], text: str) -> str:
    try:
        return convert(text)
    except UnreadFormula as error:
        raise MarkupError(str(error), line_of(error.formula, text)) from error
    except RecursionError as error:
        raise MarkupError("lists, quotes or HTML nested too deeply") from error
