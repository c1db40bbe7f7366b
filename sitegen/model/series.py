"""Series: posts that belong together, in the order of reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from sitegen.model.content import Post, Series
from sitegen.slugs import term_slug


def all_series(posts: Sequence[Post]) -> Mapping[str, Series]:
    """Slug → series, in order of names. The posts are newest first; spellings with one slug are one series."""
    members: dict[str, list[Post]] = {}
    for post in reversed(posts):
        if post.series:
            members.setdefault(term_slug(post.series), []).append(post)
    found = (_series(slug, parts) for slug, parts in members.items())
    return {one.slug: one for one in sorted(found, key=lambda one: (one.name.casefold(), one.slug))}


def _series(slug: str, posts: Sequence[Post]) -> Series:
    """A number that a post gives is its own, and of two that give the same one the older post's; the others take the
    free numbers in the order of their dates.
    """
    placed: dict[int, str] = {}
    for post in posts:
        if post.part is not None:
            placed.setdefault(post.part, post.path)
    kept = set(placed.values())
    free = (number for number in count(1) if number not in placed)
    others = dict(zip(free, (post.path for post in posts if post.path not in kept), strict=False))
    parts = {path: number for number, path in sorted((placed | others).items())}
    return Series(min(post.series for post in posts), slug, parts)
