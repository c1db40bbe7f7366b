"""The years and months that have posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sitegen.model.content import Post
from sitegen.model.listings import Listing


def years_of(posts: Iterable[Post]) -> Iterator[Listing]:
    """The years of posts that are in order of their dates, in the same order: "2026"."""
    for year, group in groupby(posts, key=lambda post: post.date.year):
        yield _period("years", "%Y", str(year), tuple(group))


def months_of(posts: Iterable[Post]) -> Iterator[Listing]:
    """The same for months: "May 2026". The key of each begins with that of its year."""
    for (year, _), group in groupby(posts, key=lambda post: (post.date.year, post.date.month)):
        members = tuple(group)
        yield _period("months", "%Y/%m", f"{members[0].date:%B} {year}", members)


def _period(output: str, form: str, name: str, posts: Sequence[Post]) -> Listing:
    """Its page is the folder that the days of a permalink with `/:year/:month/` are in."""
    key = f"{posts[0].date:{form}}"
    return Listing(output, key, name, f"/{key}/", tuple(post.path for post in posts))
