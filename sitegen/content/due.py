"""Which posts are published at a moment: those whose day has come, and that have not expired."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sitegen.config import Config
from sitegen.model.content import LeftOut, Post, given_of


def due(config: Config, posts: Iterable[Post], now: datetime) -> tuple[list[Post], list[LeftOut]]:
    """The posts of that moment, and those that are left out because of it."""
    judged = [(post, _why_not(config, post, now)) for post in posts]
    return [post for post, why in judged if why is None], [why for _, why in judged if why is not None]


def _why_not(config: Config, post: Post, now: datetime) -> LeftOut | None:
    """A draft has no day yet that it could wait for."""
    if post.date > now and not (post.draft or config.future):
        return LeftOut(post.path, "future", given_of(post, "date")[0].at, post.date)
    if post.expires is not None and post.expires <= now and not config.expired:
        return LeftOut(post.path, "expired", given_of(post, "expires")[0].at, post.expires)
    return None
