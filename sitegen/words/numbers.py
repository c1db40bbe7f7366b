"""Plurals, numbers and dates as a language has them: by CLDR, through Babel, which is imported only for pages that are
not in English. Where Babel is missing, or does not know the language, dates are ISO 8601's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.util import find_spec
from typing import Any

from sitegen.languages import primary
from sitegen.words.catalogs import PLURALS

STYLES: Mapping[str, tuple[str, str]] = {  # style → strftime's form in English, and the form without a language
    "long": ("%-d %B %Y", "%Y-%m-%d"),
    "medium": ("%-d %b %Y", "%Y-%m-%d"),
    "short": ("%-d %b", "%m-%d"),
    "day": ("%-d", "%-d"),
    "month": ("%B", "%m"),
    "month_year": ("%B %Y", "%Y-%m"),
}
_SKELETONS = {"medium": "yMMMd", "short": "MMMd", "day": "d", "month_year": "yMMMM"}
_FIRST = {"fr": "1er", "it": "1º", "pt": "1º", "pt-pt": "1"}  # the first of a month, which CLDR has as `1`
_IN_LETTERS = {"pt-pt": "pt"}  # where CLDR's medium and short dates are digits: `6/05`
_FOUR_TOGETHER = ("es", "es-es", "pl", "pt-pt")  # CLDR's minimumGroupingDigits of 2, which Babel does not know


def is_english(lang: str) -> bool:
    """Whether words of sitegen's own are in that language as they are."""
    return primary(lang) == "en"


@cache
def has_babel() -> bool:
    """Whether Babel is there: it brings the extra `languages`."""
    return find_spec("babel") is not None


@cache
def locale_of(lang: str) -> Any:
    """Babel's locale, the region's or else the language's; None without Babel, or where it does not know either."""
    if not has_babel():
        return None
    from babel import Locale, UnknownLocaleError

    for tag in (lang, primary(lang)):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def plural(lang: str, count: int) -> str:
    """The category of a count; without Babel, "one" or "other"."""
    locale = None if is_english(lang) else locale_of(lang)
    return ("one" if count == 1 else "other") if locale is None else str(locale.plural_form(count))


@cache
def plurals(lang: str) -> tuple[str, ...]:
    """The categories that counts have which people read, in CLDR's order; none where Babel does not know."""
    if not is_english(lang) and locale_of(lang) is None:
        return ()
    found = {plural(lang, count) for count in range(201)}
    return tuple(form for form in PLURALS if form in found)


def number(lang: str, value: int | float) -> str:
    """A number in digits. English has them as they are: `1234`."""
    locale = locale_of(lang) if abs(value) >= 1000 or isinstance(value, float) else None
    if is_english(lang) or locale is None:
        return str(value)
    from babel.numbers import format_decimal

    together = lang.lower() in _FOUR_TOGETHER and abs(value) < 10_000
    return str(format_decimal(value, locale=locale, group_separator=not together))


def date_words(lang: str, value: date, style: str) -> str:
    """A date in one of the `STYLES`."""
    english, plain = STYLES[style]
    if is_english(lang):
        return _strftime(value, english)
    locale = locale_of(lang)
    if locale is None:
        return _strftime(value, plain)
    from babel.dates import format_date, format_skeleton

    if style in _SKELETONS:
        locale = locale_of(_IN_LETTERS.get(lang.lower(), lang))
        return _first_day(lang, value, style, str(format_skeleton(_SKELETONS[style], value, locale=locale)))
    words = str(format_date(value, "long" if style == "long" else _month(locale), locale=locale))
    return _first_day(lang, value, style, words)


def _first_day(lang: str, value: date, style: str, words: str) -> str:
    """The words of a date; in some languages the first of a month is an ordinal."""
    if value.day != 1 or style not in ("long", "medium", "short"):
        return words
    first = _FIRST.get(lang.lower()) or _FIRST.get(primary(lang), "1")
    return f"{first}{words[1:]}" if words.startswith("1 ") else words


def _month(locale: Any) -> str:
    """The pattern of a month that stands alone. Babel's data for that are sound only in locales that have their own."""
    return "LLLL" if "LLLL" in str(locale.datetime_skeletons["yMMMM"].pattern) else "MMMM"


def _strftime(value: date, form: str) -> str:
    return value.strftime(form.replace("%-d", str(value.day)))
