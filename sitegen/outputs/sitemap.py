"""`sitemap.xml` (sitemaps.org, protocol 0.9): every page that is meant to be found.

Where there are too many for one file, it is an index of `sitemap-1.xml`, `sitemap-2.xml` and so on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from urllib.parse import quote

from sitegen.model.content import Post, in_sitemap
from sitegen.model.pagination import index_pages
from sitegen.model.site import Site
from sitegen.outputs.target import Claim, Rendering, Target
from sitegen.urls import absolute_url

_SAFE = "%/:?#[]@!$&'()*+,;=~-._"  # what may stand in an address (RFC 3986); tags have letters of any script
MOST = 20_000  # of the 50,000 allowed in a file: so many of the longest addresses allowed are below its 50 MiB, too
_PATH = "sitemap.xml"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
Rows = Sequence[tuple[str, str]]  # address, and day of the last change or ""


def targets(site: Site, most: int = MOST) -> Iterator[Target]:
    """One file, or an index and its parts with `most` addresses in each.

    Without the site's `url` its addresses have no host: better than a sitemap that nobody misses.
    """
    files = _files(site, most)
    if _PATH not in files:
        parts = [(f"/{path}", max(changed for _, changed in rows)) for path, rows in files.items()]
        yield _target(_PATH, "sitemapindex", "sitemap", parts)
    for path, rows in files.items():
        yield _target(path, "urlset", "url", rows)


def file_with(site: Site, url: str, most: int = MOST) -> str:
    """The address of the file that an address stands in; "" if it stands in none."""
    return next((f"/{path}" for path, rows in _files(site, most).items() if url in dict(rows)), "")


def _files(site: Site, most: int) -> Mapping[str, Rows]:
    """Path → what stands in that file. A day is what whoever names the address first says."""
    found: dict[str, str] = {}
    for url, changed in addresses(site):
        found.setdefault(url, changed)
    rows = tuple(found.items())
    if len(rows) <= most:
        return {_PATH: rows}
    parts = (rows[at : at + most] for at in range(0, len(rows), most))
    return {f"sitemap-{number}.xml": part for number, part in enumerate(parts, start=1)}


def _target(path: str, name: str, row: str, rows: Rows) -> Target:
    return Target(path, path, repr((name, rows)), partial(_render, name, row, rows), claim=Claim.MADE)


def _render(name: str, row: str, rows: Rows, rendering: Rendering, reads: set[str]) -> str:
    config = rendering.site.config
    lines = "".join(_row(row, absolute_url(url, config.url, config.baseurl), changed) for url, changed in rows)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_SPACE}">\n{lines}</{name}>\n'


def addresses(site: Site) -> Iterator[tuple[str, str]]:
    """What stands in it: URL and day of the last change ("" if unknown)."""
    outputs = site.config.outputs
    if "home" in outputs and all(page.url != "/" for page in site.pages):
        yield "/", _day(site.posts[0]) if site.posts else ""
    for post in site.posts if "posts" in outputs else ():
        if in_sitemap(post):
            yield post.url, _day(post)
    for page in (*site.pages, *site.collected) if "pages" in outputs else ():
        if in_sitemap(page) and page.url != "/404.html":
            yield page.url, ""
    if "home" in outputs:
        for index in index_pages(site.listed, site.config.paginate, site.config.paginate_path)[1:]:
            yield index.url, ""
    yield from ((url, "") for url in _lists(site))


def _lists(site: Site) -> Iterator[str]:
    outputs = site.config.outputs
    if "static" in outputs:
        yield from (
            asset.url for asset in site.assets if asset.url.endswith((".html", ".htm")) and asset.url != "/404.html"
        )
    for output, listings in site.listings.items():
        above = site.overview(output)
        yield from (above.url,) if above is not None else ()
        yield from (listing.url for listing in listings if listing.url)
    if "join" in outputs and site.calls:
        yield "/join/"
        yield from (call.url for call in site.calls)


def _day(post: Post) -> str:
    return f"{post.updated or post.date:%Y-%m-%d}"


def _row(name: str, url: str, changed: str) -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<{name}><loc>{escape(quote(url, safe=_SAFE))}</loc>{lastmod}</{name}>\n"
