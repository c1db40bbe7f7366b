"""Feeds: which there are, at which addresses, and of which posts. An entry's id is for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from sitegen.config import Config
from sitegen.frozen import dataclass
from sitegen.model.content import Post
from sitegen.model.listings import KINDS, Listing
from sitegen.model.site import Site

TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


@dataclass(frozen=True)
class Feed:
    """One feed: `url` is its address, `home` that of the page with the same posts; `posts` are paths, newest first.

    `title` is "" where the site has none. `author` is the key of the one whose posts these are, if it is somebody's.
    """

    url: str
    home: str
    title: str
    posts: tuple[str, ...]
    author: str = ""


def addresses(config: Config) -> Mapping[str, str]:
    """Format → address of the feeds of all posts. A site from Jekyll may have its Atom feed at another one's."""
    own = {"atom": config.feed_path, "rss": "/rss.xml", "json": "/feed.json"}
    taken: dict[str, str] = {}
    for name in TYPES:
        if name in config.outputs:
            taken.setdefault(own[name], name)
    return {name: config.within(url) for url, name in taken.items()}


def address_of(config: Config, listing: Listing) -> str:
    """Where the feed of a listing is: beside its page, or where jekyll-feed is told to put it. "" if it has none."""
    if not listing.url or not KINDS[listing.output].has_feeds or "atom" not in config.outputs:
        return ""
    known = ""
    if listing.output == "categories":
        known = config.feed_categories.get(listing.key, "")
    elif listing.output == "tags" and config.feed_tags is not None:
        known = config.feed_tags.address(listing.name)
    return known or (f"{listing.url}feed.xml" if config.feed_lists else "")


def feed_of_all(site: Site, url: str) -> Feed:
    """The feed of the site at that address."""
    return Feed(url, site.config.within("/"), site.config.title, _newest(site, site.posts))


def feed_of(site: Site, listing: Listing) -> Feed | None:
    """The feed of a listing, if it has one."""
    url = address_of(site.config, listing)
    if not url:
        return None
    title = f"{listing.name} · {site.config.title}" if site.config.title else listing.name
    author = listing.key if listing.output == "authors" else ""
    return Feed(url, listing.url, title, _newest(site, _posts(site, listing.posts)), author)


def feeds_of_listings(site: Site) -> Iterator[Feed]:
    """The feed of each tag, category and author who has a page."""
    every = (feed_of(site, listing) for listings in site.listings.values() for listing in listings)
    return (feed for feed in every if feed is not None)


def _posts(site: Site, paths: Iterable[str]) -> Iterator[Post]:
    return (post for path in paths if isinstance(post := site.documents[path], Post))


def _newest(site: Site, posts: Iterable[Post]) -> tuple[str, ...]:
    """Hidden posts are among them, as in jekyll-feed; drafts never are."""
    return tuple(islice((post.path for post in posts if not post.draft), site.config.feed_posts or None))
