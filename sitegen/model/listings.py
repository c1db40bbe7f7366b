"""Listings: the posts that have a tag, an author or a month in common, each under a name and at an address."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.frozen import dataclass


@dataclass(frozen=True)
class Listing:
    """Posts under a name.

    `output` is the one that makes the page, `key` tells it from the others of that output. `url` is where the page is,
    "" where the site has none; `posts` are paths in the order of the page. In a series they are parts, and `numbers`
    has that of each.
    """

    output: str
    key: str
    name: str
    url: str
    posts: tuple[str, ...]
    numbers: tuple[int, ...] = ()

    def number(self, path: str) -> int:
        """Which part a post is, from 1."""
        return self.numbers[self.posts.index(path)]

    @property
    def total(self) -> int:
        """How many parts there are, with those that are still to come before the last one."""
        return self.numbers[-1]


@dataclass(frozen=True)
class Overview:
    """The page above some listings. `output` makes it, where there are at least `least` of them; its title is in the
    catalogs as `lists.OUTPUT`.
    """

    output: str
    url: str
    least: int = 1


@dataclass(frozen=True)
class Kind:
    """What the listings of one output have in common: `page` is the kind of their pages."""

    page: str
    overview: Overview
    has_feeds: bool = False


_ARCHIVE = Overview("archive", "/archive/")
KINDS: Mapping[str, Kind] = {  # by output, in the order of the sitemap
    "authors": Kind("author", Overview("authors", "/authors/", least=2), has_feeds=True),
    "years": Kind("year", _ARCHIVE),
    "months": Kind("month", _ARCHIVE),
    "tags": Kind("tag", Overview("tags", "/tags/"), has_feeds=True),
    "categories": Kind("category", Overview("categories", "/categories/"), has_feeds=True),
    "series": Kind("series", Overview("series", "/series/")),
}
