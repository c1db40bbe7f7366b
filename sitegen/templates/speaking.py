"""Words in layouts: `t`, `spoken`, and the filters that show dates and numbers, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
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


class _Page:
    """A page that is being made: its language, and the words of that, found out when first they are wanted; that they
    are read is recorded.
    """

    def __init__(self, site: Site, page: Any, reads: set[str]) -> None:
        self._site, self._page, self._reads = site, page, reads

    @cached_property
    def lang(self) -> str:
        return str(getattr(self._page, "lang", "") or self._site.config.lang or "en")

    @cached_property
    def words(self) -> Words:
        self._reads.add(f"words:{self.lang}")
        return self._site.words(self.lang)


class Speaker:
    """Speaks the language of the page that is being made: the innermost one, where pages stand within pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pages: list[_Page] = []
        self._said: dict[tuple[str, str], Markup] = {}  # what has no values, by language and key

    @contextmanager
    def about(self, page: Any, reads: set[str]) -> Iterator[None]:
        """Speak on behalf of a page; `reads` collects what was read."""
        self._pages.append(_Page(self._site, page, reads))
        try:
            yield
        finally:
            self._pages.pop()

    @property
    def lang(self) -> str:
        """The language of the page, or else the site's."""
        return self._page.lang

    def words(self) -> Words:
        """The words of that language; that they are read is recorded."""
        return self._page.words

    @property
    def _page(self) -> _Page:
        return self._pages[-1] if self._pages else _Page(self._site, None, set())

    def t(self, key: str, **values: Any) -> Markup:
        """The words of a key as HTML, with the values in their places; `count` chooses the form, `a` is the address of
        a link in them.
        """
        words = self.words()
        if not values and (words.lang, key) in self._said:
            return self._said[words.lang, key]
        try:
            said = html_of(words, key, values)
        except NoSuchWord as error:
            raise Refused(str(error)) from error
        if not values:
            self._said[words.lang, key] = said
        return said

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
