"""Feeds: the newest posts of the site, or of one tag, category or author, for feed readers.

A format is a module with `write(channel)`, a row in `formats.FORMATS`, and its type in `model.feeds.TYPES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sitegen.model.feeds import Feed, addresses, feed_of_all, feeds_of_listings
from sitegen.model.site import Site
from sitegen.outputs.target import Claim, Rendering, Target
from sitegen.urls import path_of


def atom(site: Site) -> Iterator[Target]:
    """The Atom feed of the site, where Jekyll's readers have it, and those of its tags, categories and authors."""
    yield from _of_all(site, "atom")
    yield from (_target("atom", feed) for feed in feeds_of_listings(site))


def rss(site: Site) -> Iterator[Target]:
    """The RSS feed of the site."""
    return _of_all(site, "rss")


def json(site: Site) -> Iterator[Target]:
    """The JSON feed of the site."""
    return _of_all(site, "json")


def _of_all(site: Site, name: str) -> Iterator[Target]:
    url = addresses(site.config).get(name)
    if url is not None:
        yield _target(name, feed_of_all(site, url))


def _target(name: str, feed: Feed) -> Target:
    """One file."""
    path = path_of(feed.url)
    return Target(path, path, repr((name, feed)), partial(_render, name, feed), claim=Claim.MADE)


def _render(name: str, feed: Feed, rendering: Rendering, reads: set[str]) -> str:
    from sitegen.outputs.feeds.channel import channel_of
    from sitegen.outputs.feeds.formats import FORMATS

    return FORMATS[name](channel_of(rendering, feed, reads))
