"""Words in layouts: `t`, `spoken`, and the filters that show dates and numbers, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from jinja2 import pass_environment
from markupsafe import Markup

from sitegen.config import Config
from sitegen.dates import parse_moment
from sitegen.errors import did_you_mean
from sitegen.model.site import Site
from sitegen.templates.views import Refused
from sitegen.words import NoSuchWord, Words
from sitegen.words import number as number_words
from sitegen.words.html import html_of
from sitegen.words.numbers import STYLES


class Speaker:
    """Speaks the language of the page that is being made: the innermost one, where pages stand within pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pages: list[tuple[Any, set[str]]] = []

    @contextmanager
    def about(self, page: Any, reads: set[str]) -> Iterator[None]:
        """Speak on behalf of a page; `reads` collects what was read."""
        self._pages.append((page, reads))
        try:
            yield
        finally:
            self._pages.pop()

    @property
    def lang(self) -> str:
        """The language of the page, or else the site's."""
        page = self._pages[-1][0] if self._pages else None
        return str(getattr(page, "lang", "") or self._site.config.lang or "en")

    def words(self) -> Words:
        """The words of that language; that they are read is recorded."""
        if self._pages:
            self._pages[-1][1].add(f"words:{self.lang}")
        return self._site.words(self.lang)

    def t(self, key: str, **values: Any) -> Markup:
        """The words of a key as HTML, with the values in their places; `count` chooses the form, `a` is the address of
        a link in them.
        """
        try:
            return html_of(self.words(), key, values)
        except NoSuchWord as error:
            raise Refused(str(error)) from error

    def spoken(self, key: str) -> Markup:
        """Attributes for an element with words that nobody has put into the language of the page; else ""."""
        try:
            other = self.words().other_language(key)
        except NoSuchWord as error:
            raise Refused(str(error)) from error
        return Markup(f' lang="{other}" dir="ltr"') if other else Markup("")


@pass_environment
def date_words(environment: Any, value: Any, style: str = "long") -> str:
    """A date as the language of the page has it, in one of the `STYLES`. None and "" give ""."""
    if value in (None, ""):
        return ""
    if style not in STYLES:
        raise Refused(f'there is no style of dates "{style}"; {did_you_mean(style, STYLES)}')
    config: Config = environment.site.config
    moment = value if isinstance(value, date | datetime) else parse_moment(str(value), config.zone)
    words: Words = environment.site.words(environment.speaker.lang)
    return words.date(moment, style)


@pass_environment
def number(environment: Any, value: Any) -> str:
    """A number as the language of the page has it; what is none stays as it is."""
    told = isinstance(value, int | float) and not isinstance(value, bool)
    return number_words(environment.speaker.lang, value) if told else str(value)


LANGUAGE_FILTERS: Mapping[str, Any] = {"date_words": date_words, "number": number}
