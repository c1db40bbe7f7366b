"""Series: posts that belong together, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from sitegen.model.content import Post
from sitegen.model.listings import Listing
from sitegen.model.terms import grouped


def all_series(posts: Sequence[Post]) -> Iterator[Listing]:
    """The series, in order of names. The posts are newest first."""
    for slug, name, parts in grouped(reversed(posts), lambda post: (post.series,) if post.series else ()):
        numbered = _numbered(parts)
        yield Listing("series", slug, name, f"/series/{slug}/", tuple(numbered.values()), tuple(numbered))


def _numbered(posts: Sequence[Post]) -> Mapping[int, str]:
    """Number → path, in the order of reading.

    A number that a post gives is its own, and of two that give the same one the older post's; the others take the free
    numbers in the order of their dates.
    """
    placed: dict[int, str] = {}
    for post in posts:
        if post.part is not None:
            placed.setdefault(post.part, post.path)
    kept = set(placed.values())
    free = (number for number in count(1) if number not in placed)
    others = dict(zip(free, (post.path for post in posts if post.path not in kept), strict=False))
    return dict(sorted((placed | others).items()))
