"""How long answers are kept: a period as authors write it, in days. Pure functions.

A month has 30 days here and a year 365: what is promised on a page has to be a number that can be counted.
"""

from __future__ import annotations

import re

from sitegen.patterns import regex

PERIOD = "([1-9][0-9]{0,3} *(day|week|month|year)s?|forever)"
HINT = "write it as `90 days`, `6 months`, `1 year`, or `forever`"
FOREVER = "forever"
UNCONFIRMED_DAYS = 7  # that an answer is kept which nobody confirms

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_TOLD_IN = ("year", "month")  # the units that a page has, besides days
_PARTS = regex(r"([1-9]\d{0,3})\s*(day|week|month|year)s?", re.ASCII)


def parse_period(text: str) -> int | None:
    """The days of a period; None for `forever`. Raises `ValueError`.

    >>> parse_period("6 months"), parse_period("1 year"), parse_period("forever")
    (180, 365, None)
    """
    words = text.strip().lower()
    if words == FOREVER:
        return None
    match = _PARTS.fullmatch(words)
    if match is None:
        raise ValueError(f'"{text[:40]}" is no period')
    return int(match[1]) * _DAYS[match[2]]


def period_words(days: int) -> str:
    """The period in the largest unit of which it is a whole number; months from two on.

    >>> period_words(180), period_words(365), period_words(30), period_words(1)
    ('6 months', '1 year', '30 days', '1 day')
    """
    count, unit = period_of(days)
    return f"{count} {unit}{'' if count == 1 else 's'}"


def period_of(days: int) -> tuple[int, str]:
    """How many of the largest unit of which a period is a whole number; months from two on."""
    whole = ((days // _DAYS[unit], unit) for unit in _TOLD_IN if days % _DAYS[unit] == 0)
    return next(((count, unit) for count, unit in whole if unit == "year" or count > 1), (days, "day"))
