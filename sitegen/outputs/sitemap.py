"""`sitemap.xml` (sitemaps.org, protocol 0.9): every page that is meant to be found."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from sitegen.model.content import Document, Post
from sitegen.model.pagination import index_pages
from sitegen.model.site import TAXONOMIES, Site
from sitegen.outputs.target import Rendering, Target
from sitegen.urls import absolute_url

_SAFE = "%/:?#[]@!$&'()*+,;=~-._"  # what may stand in an address (RFC 3986); tags have letters of any script
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def targets(site: Site) -> Iterator[Target]:
    """One file. Without the site's `url` its addresses have no host: better than a sitemap that nobody misses."""
    yield Target("sitemap.xml", "sitemap.xml", "sitemap", _render, yields=True)


def _render(rendering: Rendering, reads: set[str]) -> str:
    site = rendering.site
    reads.update(("posts", "pages", "calls", "assets", *(f"taxonomy:{kind}" for kind in TAXONOMIES)))
    reads.update(f"meta:{path}" for path in site.documents)
    config = site.config
    found: dict[str, str] = {}
    for url, changed in addresses(site):
        found.setdefault(url, changed)
    rows = (_row(absolute_url(url, config.url, config.baseurl), changed) for url, changed in found.items())
    return HEAD + "".join(rows) + "</urlset>\n"


def addresses(site: Site) -> Iterator[tuple[str, str]]:
    """What stands in it: URL and day of the last change ("" if unknown)."""
    outputs = site.config.outputs
    if "home" in outputs and all(page.url != "/" for page in site.pages):
        yield "/", _day(site.posts[0]) if site.posts else ""
    for post in site.posts if "posts" in outputs else ():
        if _is_found(post):
            yield post.url, _day(post)
    for page in (*site.pages, *site.collected) if "pages" in outputs else ():
        if _is_found(page) and page.url != "/404.html":
            yield page.url, ""
    if "home" in outputs:
        for index in index_pages(site.listed, site.config.paginate, site.config.paginate_path)[1:]:
            yield index.url, ""
    yield from ((url, "") for url in _lists(site))


def _is_found(document: Document) -> bool:
    return document.is_shown and not document.redirect_to and document.front.get("sitemap") is not False


def _lists(site: Site) -> Iterator[str]:
    outputs = site.config.outputs
    if "static" in outputs:
        yield from (
            asset.url for asset in site.assets if asset.url.endswith((".html", ".htm")) and asset.url != "/404.html"
        )
    if "archive" in outputs and site.posts:
        yield "/archive/"
    for kind in TAXONOMIES:
        if kind in outputs and site.taxonomies[kind]:
            yield f"/{kind}/"
            yield from (term.url for term in site.taxonomies[kind])
    if "join" in outputs and site.calls:
        yield "/join/"
        yield from (call.url for call in site.calls)


def _day(post: Post) -> str:
    return f"{post.updated or post.date:%Y-%m-%d}"


def _row(url: str, changed: str) -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{escape(quote(url, safe=_SAFE))}</loc>{lastmod}</url>\n"
