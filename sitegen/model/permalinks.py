"""From a permalink pattern to the address of a post. The placeholders are Jekyll's (drops/url_drop.rb)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sitegen.slugs import slugify, term_slug

_NOT_PRETTY = re.compile(r"[^\w.~!$&'()+,;=@]+")
_NAMES = re.compile(r":([a-z_]+)")


@dataclass(frozen=True)
class Named:
    """What a permalink can be made of. `path` is the source without its ending, relative to `_posts`."""

    title: str
    slug: str
    date: datetime
    categories: tuple[str, ...]
    path: str
    jekyll: bool = False


def _categories(post: Named) -> str:
    if post.jekyll:
        return "/".join(dict.fromkeys(category.lower() for category in post.categories))
    return "/".join(dict.fromkeys(term_slug(category) for category in post.categories))


def _pretty(slug: str) -> str:
    """Jekyll's `slugify` in its mode "pretty" (utils.rb): letters keep their case, other signs become one hyphen."""
    return _NOT_PRETTY.sub("-", slug).strip("-")


PLACEHOLDERS: Mapping[str, Callable[[Named], str]] = {
    "year": lambda p: f"{p.date:%Y}",
    "short_year": lambda p: f"{p.date:%y}",
    "month": lambda p: f"{p.date:%m}",
    "i_month": lambda p: str(p.date.month),
    "short_month": lambda p: f"{p.date:%b}",
    "long_month": lambda p: f"{p.date:%B}",
    "day": lambda p: f"{p.date:%d}",
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
    "title": lambda p: _pretty(p.slug) if p.jekyll else p.slug,
    "slug": lambda p: slugify(p.slug),
    "name": lambda p: slugify(p.slug),
    "categories": _categories,
    "slugified_categories": lambda p: "/".join(dict.fromkeys(term_slug(c) for c in p.categories)),
    "collection": lambda p: "posts",
    "path": lambda p: p.path,
    "output_ext": lambda p: ".html",
}
DATED = frozenset(PLACEHOLDERS) - {
    "title", "slug", "name", "categories", "slugified_categories", "collection", "path", "output_ext",
}  # fmt: skip


def placeholders(pattern: str) -> set[str]:
    """The placeholders that a pattern uses, known or not (`:month_:day` has two: the underscore is text)."""
    return {match.group(1).rstrip("_") for match in _NAMES.finditer(pattern)}


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
        return PLACEHOLDERS[bare](post) + name[len(bare) :]

    return re.sub("/{2,}", "/", "/" + _NAMES.sub(fill, pattern))
