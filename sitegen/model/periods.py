"""The years and months that have posts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sitegen.model.content import Post


@dataclass(frozen=True)
class Period:
    """One year (`kind` "year") or one month; `posts` are the paths of its posts, newest first.

    `url` is the folder that the days of a permalink with `/:year/:month/` are in; `name` is how a list of its own year
    has it ("May"), `title` how the rest of the site does ("May 2026").
    """

    kind: str
    year: int
    name: str
    title: str
    url: str
    posts: tuple[str, ...]


def years_of(posts: Iterable[Post]) -> tuple[Period, ...]:
    """The years of posts that are in order of their dates, in the same order."""
    return tuple(_year(tuple(group)) for _, group in groupby(posts, key=lambda post: post.date.year))


def months_of(posts: Iterable[Post]) -> tuple[Period, ...]:
    """The same for months."""
    groups = groupby(posts, key=lambda post: (post.date.year, post.date.month))
    return tuple(_month(tuple(group)) for _, group in groups)


def _year(posts: tuple[Post, ...]) -> Period:
    day = posts[0].date
    return Period("year", day.year, str(day.year), str(day.year), f"/{day:%Y}/", _paths(posts))


def _month(posts: tuple[Post, ...]) -> Period:
    day = posts[0].date
    return Period("month", day.year, f"{day:%B}", f"{day:%B} {day.year}", f"/{day:%Y/%m}/", _paths(posts))


def _paths(posts: tuple[Post, ...]) -> tuple[str, ...]:
    return tuple(post.path for post in posts)
