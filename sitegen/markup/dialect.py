"""The choices within kramdown's dialect, by the names that `kramdown:` in Jekyll's `_config.yml` has for them.

Source: kramdown/options.rb. Choices that no blog of the survey makes are not taken over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from sitegen.frozen import dataclass
from sitegen.words import Words, english_words

_LEVELS = range(1, 7)


@dataclass(frozen=True)
class Dialect:
    """`smart_quotes`: the signs that open and close single quotes, then double ones.

    Three are no choices of kramdown's: `extended`, whether Markdown has what sitegen adds to it, alerts and options of
    code; `maths`, whether formulas become MathML; `words`, those of sitegen's own in the language of the body (None:
    English).
    """

    smart_quotes: tuple[str, ...] = ("‘", "’", "“", "”")
    auto_ids: bool = True
    toc_levels: tuple[int, ...] = tuple(_LEVELS)
    parse_block_html: bool = False
    parse_span_html: bool = True
    footnote_nr: int = 1
    extended: bool = True
    maths: bool = False
    words: Words | None = None

    def word(self, key: str, **values: object) -> str:
        """Words of sitegen's own."""
        return (self.words or english_words()).text(key, **values)

    def alert(self, word: str) -> str:
        """What is above an alert without a title of its own; one that nobody knows is called what its author calls it.

        >>> Dialect().alert("WARNING"), Dialect().alert("aside")
        ('Warning', 'Aside')
        """
        key, words = f"alerts.{word.lower()}", self.words or english_words()
        return words.text(key) if words.has(key) else word.capitalize()


def changed(dialect: Dialect, options: object) -> Dialect:
    """The dialect with the options' choices; what kramdown would not understand changes nothing.

    >>> changed(Dialect(), {"toc_levels": "2..3", "smart_quotes": ["apos", "apos", "quot", "quot"]}).toc_levels
    (2, 3)
    """
    if not isinstance(options, Mapping):
        return dialect
    given = {name: read(options[name]) for name, read in _READERS.items() if name in options}
    return replace(dialect, **{name: value for name, value in given.items() if value is not None})


def _switch(value: object) -> bool | None:
    return {"true": True, "false": False}.get(str(value).lower())


def _number(value: object) -> int | None:
    return int(str(value)) if re.fullmatch(r"\d{1,6}", str(value)) else None


def _words(value: object) -> list[str]:
    return [str(part).strip() for part in (value if isinstance(value, (list, tuple)) else str(value).split(","))]


def _quotes(value: object) -> tuple[str, ...] | None:
    """Names of entities, or their numbers."""
    signs = [unescape(f"&#{word};" if word.isdigit() else f"&{word};") for word in _words(value)]
    return tuple(signs) if len(signs) == 4 and all(len(sign) == 1 for sign in signs) else None


def _levels(value: object) -> tuple[int, ...] | None:
    """`1..3`, or the levels one by one."""
    found: set[int] = set()
    for word in _words(value):
        match = re.fullmatch(r"(\d)(?:\.\.(\d))?", word)
        if not match:
            return None
        found |= set(range(int(match[1]), int(match[2] or match[1]) + 1))
    return tuple(sorted(found & set(_LEVELS)))


_READERS: dict[str, Callable[[object], Any]] = {
    "smart_quotes": _quotes,
    "auto_ids": _switch,
    "toc_levels": _levels,
    "parse_block_html": _switch,
    "parse_span_html": _switch,
    "footnote_nr": _number,
}
