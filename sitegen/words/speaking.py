"""Words in one language: from the site's catalogs, then the packaged ones, then those of the language of a region,
and English for what nobody has translated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from sitegen.digests import digest_of
from sitegen.errors import SitegenError, did_you_mean
from sitegen.frozen import dataclass
from sitegen.languages import direction, lookups, primary
from sitegen.words.catalogs import PLACE, Catalog, Entry, packaged, packaged_text
from sitegen.words.directions import apart
from sitegen.words.euphony import euphonic
from sitegen.words.numbers import date_words, number, plural


class NoSuchWord(SitegenError):
    """A layout asks for words that no catalog has, or does not give what they need."""


@dataclass(frozen=True)
class Word:
    """Words that are not said yet: their key, and the values for their places."""

    key: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Words:
    """Words in `lang`. `chain` are the languages and their catalogs, those that go before first."""

    lang: str
    chain: tuple[tuple[str, Catalog], ...]

    def found(self, key: str) -> tuple[str, Entry]:
        """The language that a word was found in, and what the catalog says. Raises `NoSuchWord`."""
        for lang, catalog in self.chain:
            if key in catalog:
                return lang, catalog[key]
        known = {name for _, catalog in self.chain for name in catalog}
        raise NoSuchWord(f'there are no words "{key}"' + _hint(did_you_mean(key, known)))

    def has(self, key: str) -> bool:
        """Whether there are such words, in whatever language."""
        return any(key in catalog for _, catalog in self.chain)

    def other_language(self, key: str) -> str:
        """The language that the words are in, where that is another than it should be; "" where it is not."""
        lang = self.found(key)[0]
        return "" if primary(lang) == primary(self.lang) else lang

    def text(self, key: str, **values: object) -> str:
        """The words, with the values in their places; `count` chooses the form."""
        return self.filled(key, values, str)

    def filled(
        self,
        key: str,
        values: Mapping[str, object],
        shown: Callable[[object], str],
        literal: Callable[[str], str] = lambda text: text,
    ) -> str:
        """The same, each value as `shown` makes it, and what stands around them as `literal` does; numbers and dates
        are first written as the language has them. What goes in another direction is isolated.
        """
        lang, entry = self.found(key)
        if not isinstance(entry, str):
            count = values.get("count", 0)
            form = plural(lang, count if isinstance(count, int) else 0)
            entry = entry.get(form) or entry.get("other") or next(iter(entry.values()))

        def put(name: str) -> str:
            if name not in values:
                raise NoSuchWord(f'the words "{key}" need `{name}`')
            return apart(shown(_worded(lang, values[name])), rtl)

        rtl = direction(lang) == "rtl"
        return PLACE.sub(lambda match: put(match[1]), literal(euphonic(lang, entry, values)))

    def plural(self, count: int) -> str:
        """CLDR's category of a count."""
        return plural(self.lang, count)

    def said(self, what: str | Word) -> str:
        """Text as it is, or words."""
        return what if isinstance(what, str) else self.text(what.key, **dict(what.values))

    def date(self, value: date, style: str = "long") -> str:
        """A date as the language has it, in one of `numbers.STYLES`."""
        return date_words(self.lang, value, style)


def _worded(lang: str, value: object) -> object:
    """A number or a date in words."""
    if isinstance(value, date):
        return date_words(lang, value, "long")
    told = isinstance(value, int | float) and not isinstance(value, bool)
    return number(lang, value) if told else value  # type: ignore[arg-type]


def _hint(text: str) -> str:
    return f"; {text}" if text else ""


def words_in(lang: str, own: Mapping[str, Catalog]) -> Words:
    """The words of a language; `own` are the site's catalogs by language, in small letters."""
    found = ((tag, catalog) for tag in _tags(lang) for catalog in (own.get(tag, {}), packaged(tag)) if catalog)
    return Words(lang, tuple(found))


def words_digest(lang: str, own: Mapping[str, Catalog]) -> str:
    """The digest of all that these words may say; no packaged catalog is parsed for it."""
    tags = _tags(lang)
    return digest_of(lang, *map(packaged_text, tags), *(repr(sorted(own.get(tag, {}).items())) for tag in tags))


def _tags(lang: str) -> tuple[str, ...]:
    """`zh-Hant-TW` → `zh-hant-tw`, `zh-hant`, `zh`, `en`."""
    return tuple(dict.fromkeys((*lookups(lang), "en")))


@cache
def english_words() -> Words:
    """The packaged words of English."""
    return words_in("en", {})
