"""From a permalink pattern to the address of a post. The placeholders are Jekyll's (drops/url_drop.rb)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache

from sitegen.frozen import dataclass
from sitegen.patterns import regex
from sitegen.slugs import jekyll_slug, slugify, term_slug

_NAMES = regex(r":([a-z_]+)")
_DOTS_IN_A_NAME = regex(r"(?<=[^/])\.\.|\.\.(?=[^/])")
_DOT_AND_SLASH = regex(r"(?<=[^/.])\./")


@dataclass(frozen=True)
class Named:
    """What a permalink can be made of.

    `path` is the source without its ending and without `_posts/`. With `jekyll` everything is as Jekyll has it, and
    nothing is encoded: a `%` stands for itself.
    """

    title: str
    slug: str
    date: datetime
    categories: tuple[str, ...]
    path: str
    jekyll: bool = False
    ending: str = ".html"
    collection: str = "posts"


def _slug(post: Named) -> str:
    return jekyll_slug(post.slug) if post.jekyll else slugify(post.slug)


def _title(post: Named) -> str:
    return jekyll_slug(post.slug, "pretty", cased=True) if post.jekyll else post.slug


def _name(post: Named) -> str:
    """The file's name: Jekyll's has the day in it."""
    return jekyll_slug(post.path.rsplit("/", 1)[-1]) if post.jekyll else slugify(post.slug)


def _categories(post: Named) -> str:
    return _joined(str.lower if post.jekyll else term_slug, post)


def _slugified_categories(post: Named) -> str:
    return _joined(jekyll_slug if post.jekyll else term_slug, post)


def _joined(slug: Callable[[str], str], post: Named) -> str:
    return "/".join(dict.fromkeys(map(slug, post.categories)))


PLACEHOLDERS: Mapping[str, Callable[[Named], str]] = {
    "year": lambda p: str(p.date.year),
    "short_year": lambda p: f"{p.date:%y}",
    "month": lambda p: f"{p.date.month:02}",
    "i_month": lambda p: str(p.date.month),
    "short_month": lambda p: f"{p.date:%b}",
    "long_month": lambda p: f"{p.date:%B}",
    "day": lambda p: f"{p.date.day:02}",
    "i_day": lambda p: str(p.date.day),
    "y_day": lambda p: f"{p.date:%j}",
    "w_year": lambda p: f"{p.date:%G}",
    "week": lambda p: f"{p.date:%V}",
    "w_day": lambda p: f"{p.date:%u}",
    "short_day": lambda p: f"{p.date:%a}",
    "long_day": lambda p: f"{p.date:%A}",
    "hour": lambda p: f"{p.date:%H}",
    "minute": lambda p: f"{p.date:%M}",
    "second": lambda p: f"{p.date:%S}",
    "title": _title,
    "slug": _slug,
    "name": _name,
    "categories": _categories,
    "slugified_categories": _slugified_categories,
    "collection": lambda p: p.collection,
    "path": lambda p: p.path,
    "output_ext": lambda p: p.ending,
}
DATED = frozenset(PLACEHOLDERS) - {
    "title", "slug", "name", "categories", "slugified_categories", "collection", "path", "output_ext",
}  # fmt: skip


def placeholders(pattern: str) -> set[str]:
    """The placeholders that a pattern uses, known or not (`:month_:day` has two: the underscore is text)."""
    return {match.group(1).rstrip("_") for match in _NAMES.finditer(pattern)}


@cache
def is_dated(pattern: str) -> bool:
    """Whether the address would move with the post's date."""
    return bool(placeholders(pattern) & DATED)


def expand(pattern: str, post: Named) -> str:
    """The address that the pattern gives the post. ValueError names a placeholder that there is not."""

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        bare = name.rstrip("_")
        if bare not in PLACEHOLDERS:
            raise ValueError(bare)
        value = PLACEHOLDERS[bare](post)
        return (value.replace("%", "%25") if post.jekyll else value) + name[len(bare) :]

    address = "/" + _NAMES.sub(fill, pattern)
    if post.jekyll:  # url.rb `sanitize_url`; a whole `..` is told of, and kept inside then
        address = _DOT_AND_SLASH.sub("", _DOTS_IN_A_NAME.sub("/", address))
    return re.sub("/{2,}", "/", address) if "//" in address else address
