"""The Atom feed (RFC 4287) at `/feed.xml`, where Jekyll's readers have it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from html import escape as escape_html

from sitegen import __version__
from sitegen.markup.links import absolute_links
from sitegen.model.content import Post
from sitegen.model.site import Site
from sitegen.outputs.target import Rendering, Target
from sitegen.urls import absolute_url

ENTRIES = 10  # as jekyll-feed
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2


def targets(site: Site) -> Iterator[Target]:
    """One file."""
    yield Target("feed.xml", "feed.xml", "atom", _render, yields=True)


def _render(rendering: Rendering, reads: set[str]) -> str:
    site, config = rendering.site, rendering.site.config
    shown = [post for post in site.posts if not post.draft][:ENTRIES]
    ids = Counter(post.id for post in site.posts)
    reads.update(("posts", "time", *(f"meta:{post.path}" for post in site.posts)))
    reads.update(f"content:{post.path}" for post in shown)
    home, feed = _whole(site, "/"), _whole(site, "/feed.xml")
    changed = max((post.updated or post.date for post in shown), default=site.time)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(config.lang)}">',
        f'<generator version="{__version__}">sitegen</generator>',
        f'<link href="{escape(feed)}" rel="self" type="application/atom+xml"/>',
        f'<link href="{escape(home)}" rel="alternate" type="text/html" hreflang="{escape(config.lang)}"/>',
        f"<updated>{_moment(changed)}</updated>",
        f"<id>{escape(feed)}</id>",
        f'<title type="text">{escape(config.title or "Untitled")}</title>',
        *([f"<subtitle>{escape(config.description)}</subtitle>"] if config.description else []),
        f"<author><name>{escape(config.author or config.title or 'Unknown')}</name></author>",
        *(_entry(rendering, post, post.id if ids[post.id] == 1 else post.url) for post in shown),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(rendering: Rendering, post: Post, entry_id: str) -> str:
    """One entry. Its id is jekyll-feed's, so that no reader sees a post twice (where two share one, the address)."""
    site = rendering.site
    body = rendering.bodies.of(post)
    url = _whole(site, post.url)
    content = absolute_links(body.html, site.config.url) + _invitation(site, post)
    lines = [
        "<entry>",
        f'<title type="text">{escape(post.title)}</title>',
        f'<link href="{escape(url)}" rel="alternate" type="text/html"/>',
        f"<published>{_moment(post.date)}</published>",
        f"<updated>{_moment(post.updated or post.date)}</updated>",
        f"<id>{escape(_whole(site, entry_id))}</id>",
        f'<content type="html" xml:base="{escape(url)}">{escape(content)}</content>',
        *([f"<author><name>{escape(post.author)}</name></author>"] if post.author else []),
        *(f'<category term="{escape(term)}"/>' for term in dict.fromkeys((*post.categories, *post.tags))),
        f"<summary>{escape(post.description or body.summary)}</summary>",
        "</entry>",
    ]
    return "\n".join(lines)


def _invitation(site: Site, post: Post) -> str:
    """The way from a feed reader to the form of an open call; the form itself stands on the site."""
    call = site.call_of(post)
    if call is None or not call.open or "join" not in site.config.outputs:
        return ""
    return f'<p><a href="{escape(_whole(site, call.url))}">Join: {escape(post.title)}</a></p>'


def _whole(site: Site, url: str) -> str:
    return absolute_url(url, site.config.url, site.config.baseurl)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def escape(text: str) -> str:
    """Text for XML, without the signs that XML cannot hold."""
    return escape_html(_NOT_XML.sub("\ufffd", text))
