"""Words for addresses: slugs of titles, terms and headings. Pure functions."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[^\w]+|_+")
_SIGNS = {"+": " plus ", "#": " sharp ", "&": " and "}


def slugify(text: str) -> str:
    """Lower-case words joined by hyphens; letters of every script are kept. May be empty.

    >>> slugify("Hello, Wörld!  It's 2024")
    'hello-wörld-its-2024'
    """
    folded = unicodedata.normalize("NFC", text).lower().replace("'", "").replace("\u2019", "")
    return _NOT_WORD.sub("-", folded).strip("-")


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
