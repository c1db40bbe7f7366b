"""Feeds: which there are, at which addresses, and of which posts. An entry's id is for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from sitegen.config import Config
from sitegen.model.authors import Author
from sitegen.model.content import Post, Term
from sitegen.model.site import Site

TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}
KINDS = ("tags", "categories")  # of the terms that have a feed each


@dataclass(frozen=True)
class Feed:
    """One feed: `url` is its address, `home` that of the page with the same posts; `posts` are paths, newest first.

    `author` is the key of the one whose posts these are, if it is somebody's.
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


def author_address(config: Config, author: Author) -> str:
    """Where the feed of an author is; "" if there is none, as where they have no page."""
    return f"{author.url}feed.xml" if author.url and {"atom", "authors"} <= set(config.outputs) else ""


def feed_of_all(site: Site, url: str) -> Feed:
    """The feed of the site at that address."""
    return Feed(url, "/", site.config.title or "Untitled", _newest(site, site.posts))


def feeds_of_terms(site: Site) -> Iterator[Feed]:
    """The feed of each tag and category."""
    for term in (term for kind in KINDS for term in site.taxonomies[kind]):
        if url := term_address(site.config, term):
            yield Feed(url, term.url, _titled(site, term.name), _newest(site, _posts(site, term.posts)))


def feeds_of_authors(site: Site) -> Iterator[Feed]:
    """The feed of each author who has a page."""
    for author in site.authors.values():
        if url := author_address(site.config, author):
            posts = _newest(site, _posts(site, site.authored[author.key]))
            yield Feed(url, author.url, _titled(site, author.name), posts, author.key)


def _titled(site: Site, name: str) -> str:
    return f"{name} · {site.config.title}" if site.config.title else name


def _posts(site: Site, paths: Iterable[str]) -> Iterator[Post]:
    return (post for path in paths if isinstance(post := site.documents[path], Post))


def _newest(site: Site, posts: Iterable[Post]) -> tuple[str, ...]:
    """Hidden posts are among them, as in jekyll-feed; drafts never are."""
    return tuple(islice((post.path for post in posts if not post.draft), site.config.feed_posts or None))
