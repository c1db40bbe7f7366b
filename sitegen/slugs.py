"""Words for addresses: slugs of titles, terms and headings. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sitegen.patterns import regex

_NOT_WORD = regex(r"[^\w]+|_+")
_PRETTY = "._~!$&'()+,;=@"  # what the mode "pretty" of Jekyll's slugs leaves alone
_LATIN = {"Æ": "AE", "Ð": "D", "Đ": "D", "Ø": "O", "Þ": "Th", "ß": "ss", "æ": "ae", "ð": "d", "đ": "d", "ø": "o"}
_LATIN |= {"þ": "th", "ħ": "h", "Ħ": "H", "ı": "i", "Ł": "L", "ł": "l", "Œ": "OE", "œ": "oe", "Ŧ": "T", "ŧ": "t"}
_SIGNS = {"+": " plus ", "#": " sharp ", "&": " and "}


def slugify(text: str) -> str:
    """Lower-case words joined by hyphens; letters of every script are kept. May be empty.

    >>> slugify("Hello, Wörld!  It's 2024")
    'hello-wörld-its-2024'
    """
    folded = unicodedata.normalize("NFC", text).lower().replace("'", "").replace("\u2019", "")
    return _NOT_WORD.sub("-", folded).strip("-")


def jekyll_slug(text: str, mode: str = "default", *, cased: bool = False) -> str:
    """A slug as Jekyll makes it, in one of its modes (utils.rb `slugify`); `cased` keeps capitals. May be empty.

    >>> [jekyll_slug("It's v1.0, Zoë", mode) for mode in ("default", "pretty", "ascii", "latin", "raw", "none")]
    ['it-s-v1-0-zoë', "it's-v1.0,-zoë", 'it-s-v1-0-zo', 'it-s-v1-0-zoe', "it's-v1.0,-zoë", "it's v1.0, zoë"]
    """
    if mode == "latin":
        text = "".join(map(_plain, text))
    if mode == "raw":
        slug = re.sub(r"\s+", "-", text, flags=re.ASCII)
    elif mode == "ascii":
        slug = re.sub(r"[^A-Za-z0-9]+", "-", text)
    elif mode in ("default", "latin", "pretty"):
        kept = _PRETTY if mode == "pretty" else ""
        slug = re.sub("-+", "-", "".join(sign if _is_letter(sign) or sign in kept else "-" for sign in text))
    else:
        return text if cased else text.lower()
    slug = slug.removeprefix("-").removesuffix("-")
    return slug if cased else slug.lower()


def _is_letter(sign: str) -> bool:
    """Whether it is a letter, a mark on one, or a digit: `²` and `Ⅷ` are none."""
    category = unicodedata.category(sign)
    return category[0] in "LM" or category == "Nd"


def _plain(sign: str) -> str:
    """A Latin letter without its accents; `?` for other scripts'."""
    plain = _LATIN.get(sign) or unicodedata.normalize("NFD", sign)[0]
    return plain if plain.isascii() else "?"


@lru_cache(maxsize=4096)  # posts have few
def term_slug(term: str) -> str:
    """The slug of a tag or category: never empty, and `C`, `C++` and `C#` stay three.

    >>> [term_slug(t) for t in ("C", "C++", "C#", "R & D", "🎉")]
    ['c', 'c-plus-plus', 'c-sharp', 'r-and-d', 'u1f389']
    """
    spelled = "".join(_SIGNS.get(sign, sign) for sign in term)
    return slugify(spelled) or "-".join(f"u{ord(sign):x}" for sign in term.strip()) or "none"


def title_from_slug(slug: str) -> str:
    """The title of a post that gives none, as Jekyll makes it: each word of the slug capitalised.

    >>> title_from_slug("hello-World-foo")
    'Hello World Foo'
    """
    return " ".join(word.capitalize() for word in slug.split("-") if word)
