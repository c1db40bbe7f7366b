"""Feeds: which there are, at which addresses, and of which posts. An entry's id is for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from sitegen.config import Config
from sitegen.model.content import Post, Term
from sitegen.model.site import Site

TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}
KINDS = ("tags", "categories")  # of the terms that have a feed each


@dataclass(frozen=True)
class Feed:
    """One feed: `url` is its address, `home` that of the page with the same posts; `posts` are paths, newest first."""

    url: str
    home: str
    title: str
    posts: tuple[str, ...]


def addresses(config: Config) -> Mapping[str, str]:
    """Format → address of the feeds of all posts. A site from Jekyll may have its Atom feed at another one's."""
    own = {"atom": config.feed_path, "rss": "/rss.xml", "json": "/feed.json"}
    taken: dict[str, str] = {}
    for name in TYPES:
        if name in config.outputs:
            taken.setdefault(own[name], name)
    return {name: url for url, name in taken.items()}


def term_address(config: Config, term: Term) -> str:
    """Where the feed of a term is: beside its page, or where jekyll-feed is told to put it. "" if it has none."""
    if term.kind not in KINDS or not {"atom", term.kind} <= set(config.outputs):
        return ""
    known = ""
    if term.kind == "categories":
        known = config.feed_categories.get(term.slug, "")
    elif term.kind == "tags" and config.feed_tags is not None:
        known = config.feed_tags.address(term.name)
    return known or f"{term.url}feed.xml"


def feed_of_all(site: Site, url: str) -> Feed:
    """The feed of the site at that address."""
    return Feed(url, "/", site.config.title or "Untitled", _newest(site, site.posts))


def feeds_of_terms(site: Site) -> Iterator[Feed]:
    """The feed of each tag and category."""
    for term in (term for kind in KINDS for term in site.taxonomies[kind]):
        if url := term_address(site.config, term):
            title = f"{term.name} · {site.config.title}" if site.config.title else term.name
            posts = (post for path in term.posts if isinstance(post := site.documents[path], Post))
            yield Feed(url, term.url, title, _newest(site, posts))


def _newest(site: Site, posts: Iterable[Post]) -> tuple[str, ...]:
    """Hidden posts are among them, as in jekyll-feed; drafts never are."""
    return tuple(islice((post.path for post in posts if not post.draft), site.config.feed_posts or None))
