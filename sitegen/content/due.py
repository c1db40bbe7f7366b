"""Which posts are published at a moment: those whose day has come, and that have not expired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain

from sitegen.config import Config
from sitegen.dates import in_zone
from sitegen.model.content import LeftOut, Post, given_of
from sitegen.model.site import Site


def due(config: Config, posts: Iterable[Post], now: datetime) -> tuple[list[Post], list[LeftOut]]:
    """The posts of that moment, and those that are left out because of it."""
    judged = [(post, _why_not(config, post, now)) for post in posts]
    return [post for post, why in judged if why is None], [why for _, why in judged if why is not None]


def published(site: Site, now: datetime) -> Site:
    """The site as a build of that moment has it, of one with all posts: those to come and expired ones, too."""
    posts, _ = due(site.config, site.posts, now)
    shown = tuple(posts[: site.config.limit_posts or None])
    return replace(site, posts=shown, now=now, time=in_zone(newest(shown), site.config.zone))


def changes_at(site: Site) -> datetime | None:
    """The first moment from the site's own on at which the same sources make another site, if there is any: something
    that waits for its day comes, a post expires, a call closes.
    """
    coming = (one.moment for one in site.left_out)
    ending = (post.expires for post in site.posts)
    closing = (post.form.closes for post in site.posts if post.form is not None)
    moments = (moment for moment in chain(coming, ending, closing) if moment is not None and moment >= site.now)
    return min(moments, default=None)


def newest(posts: Iterable[Post]) -> datetime:
    """The newest moment that any of them tells; 1970 without any."""
    moments = [moment for post in posts for moment in (post.date, post.updated) if moment is not None]
    return max(moments, default=datetime.fromtimestamp(0, UTC))


def _why_not(config: Config, post: Post, now: datetime) -> LeftOut | None:
    """A draft has no day yet that it could wait for."""
    if post.date > now and not (post.draft or config.future):
        return LeftOut(post.path, "future", given_of(post, "date")[0].at, post.date)
    if post.expires is not None and post.expires <= now and not config.expired:
        return LeftOut(post.path, "expired", given_of(post, "expires")[0].at, post.expires)
    return None
