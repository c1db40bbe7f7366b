"""`sitemap.xml` (sitemaps.org, protocol 0.9): every page that is meant to be found.

Where there are too many for one file, it is an index of `sitemap-1.xml`, `sitemap-2.xml` and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import escape
from urllib.parse import quote

from sitegen.model.content import Document, Post
from sitegen.model.pagination import index_pages
from sitegen.model.site import TAXONOMIES, Site
from sitegen.outputs.target import Claim, Rendering, Target
from sitegen.urls import absolute_url

_SAFE = "%/:?#[]@!$&'()*+,;=~-._"  # what may stand in an address (RFC 3986); tags have letters of any script
MOST = 20_000  # of the 50,000 allowed in a file: so many of the longest addresses allowed are below its 50 MiB, too
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def targets(site: Site, most: int = MOST) -> Iterator[Target]:
    """One file, or an index and its parts with `most` addresses in each.

    Without the site's `url` its addresses have no host: better than a sitemap that nobody misses.
    """
    starts = range(0, len(_found(site)), most)
    if len(starts) < 2:
        yield _target("sitemap.xml", "sitemap", partial(_render, start=0, most=most))
        return
    yield _target("sitemap.xml", "sitemap index", partial(_render_index, most=most))
    for number, start in enumerate(starts):
        yield _target(_part(number), f"sitemap from {start}", partial(_render, start=start, most=most))


def _target(path: str, identity: str, render: Callable[[Rendering, set[str]], str]) -> Target:
    return Target(path, path, identity, render, claim=Claim.MADE)


def file_with(site: Site, url: str, most: int = MOST) -> str:
    """The address of the file that an address stands in; "" if it stands in none."""
    found = list(_found(site))
    if url not in found:
        return ""
    return "/sitemap.xml" if len(found) <= most else f"/{_part(found.index(url) // most)}"


def _part(number: int) -> str:
    return f"sitemap-{number + 1}.xml"


def _found(site: Site) -> dict[str, str]:
    """URL → day of the last change, as whoever names it first says."""
    found: dict[str, str] = {}
    for url, changed in addresses(site):
        found.setdefault(url, changed)
    return found


def _read(rendering: Rendering, reads: set[str]) -> list[tuple[str, str]]:
    site = rendering.site
    lists = ("posts", "pages", "calls", "assets", "series:", "data:authors")
    reads.update((*lists, *(f"taxonomy:{kind}" for kind in TAXONOMIES)))
    reads.update(f"meta:{path}" for path in site.documents)
    return list(_found(site).items())


def _render(rendering: Rendering, reads: set[str], *, start: int, most: int) -> str:
    part = _read(rendering, reads)[start : start + most]
    return _document("urlset", "url", rendering.site, part)


def _render_index(rendering: Rendering, reads: set[str], *, most: int) -> str:
    found = _read(rendering, reads)
    parts = [found[start : start + most] for start in range(0, len(found), most)]
    newest = [(f"/{_part(number)}", max(changed for _, changed in part)) for number, part in enumerate(parts)]
    return _document("sitemapindex", "sitemap", rendering.site, newest)


def _document(name: str, row: str, site: Site, found: Iterable[tuple[str, str]]) -> str:
    config = site.config
    rows = "".join(_row(row, absolute_url(url, config.url, config.baseurl), changed) for url, changed in found)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_SPACE}">\n{rows}</{name}>\n'


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
    if "authors" in outputs:
        yield from ("/authors/",) if site.has_overview else ()
        yield from (author.url for author in site.authors.values() if author.url)
    if "archive" in outputs and site.posts:
        yield "/archive/"
    for name, periods in (("years", site.years), ("months", site.months)):
        yield from (period.url for period in periods if name in outputs)
    for kind in TAXONOMIES:
        if kind in outputs and site.taxonomies[kind]:
            yield f"/{kind}/"
            yield from (term.url for term in site.taxonomies[kind])
    if "series" in outputs and site.series:
        yield "/series/"
        yield from (one.url for one in site.series.values())
    if "join" in outputs and site.calls:
        yield "/join/"
        yield from (call.url for call in site.calls)


def _day(post: Post) -> str:
    return f"{post.updated or post.date:%Y-%m-%d}"


def _row(name: str, url: str, changed: str) -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<{name}><loc>{escape(quote(url, safe=_SAFE))}</loc>{lastmod}</{name}>\n"
