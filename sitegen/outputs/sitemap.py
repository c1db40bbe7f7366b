"""`sitemap.xml` (sitemaps.org, protocol 0.9): every page that is meant to be found.

Where there are too many for one file, it is an index of `sitemap-1.xml`, `sitemap-2.xml` and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from urllib.parse import quote

from sitegen.config import Config
from sitegen.model.content import Post, in_sitemap
from sitegen.model.pagination import index_pages
from sitegen.model.site import Site
from sitegen.model.translations import alternates
from sitegen.outputs.target import Claim, Rendering, Target
from sitegen.urls import absolute_url

_SAFE = "%/:?#[]@!$&'()*+,;=~-._"  # what may stand in an address (RFC 3986); tags have letters of any script
MOST = 20_000  # of the 50,000 allowed in a file: so many of the longest addresses allowed are below its 50 MiB, too
_PATH = "sitemap.xml"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'  # whose `link` tells of other languages, as Google has it
Row = tuple[str, str, Sequence[tuple[str, str]]]  # address, day of the last change or "", and (language, address) of
Rows = Sequence[Row]  # the same page in each language


def targets(site: Site, most: int = MOST) -> Iterator[Target]:
    """One file, or an index and its parts with `most` addresses in each.

    Without the site's `url` its addresses have no host: better than a sitemap that nobody misses.
    """
    files = _files(site, most)
    if _PATH not in files:
        parts = [(f"/{path}", max(changed for _, changed, _ in rows), ()) for path, rows in files.items()]
        yield _target(_PATH, "sitemapindex", "sitemap", parts)
    for path, rows in files.items():
        yield _target(path, "urlset", "url", rows)


def file_with(site: Site, url: str, most: int = MOST) -> str:
    """The address of the file that an address stands in; "" if it stands in none."""
    return next((f"/{path}" for path, rows in _files(site, most).items() if any(url == row[0] for row in rows)), "")


def _files(site: Site, most: int) -> Mapping[str, Rows]:
    """Path → what stands in that file. A day is what whoever names the address first says."""
    found: dict[str, Row] = {}
    for edition in site.editions.values():
        for url, changed in addresses(edition):
            if url not in found:
                found[url] = (url, changed, alternates(edition, url) if site.config.languages else ())
    rows = tuple(found.values())
    if len(rows) <= most:
        return {_PATH: rows}
    parts = (rows[at : at + most] for at in range(0, len(rows), most))
    return {f"sitemap-{number}.xml": part for number, part in enumerate(parts, start=1)}


def _target(path: str, name: str, row: str, rows: Rows) -> Target:
    return Target(path, path, repr((name, rows)), partial(_render, name, row, rows), claim=Claim.MADE)


def _render(name: str, row: str, rows: Rows, rendering: Rendering, reads: set[str]) -> str:
    whole = partial(_whole, rendering.site.config)
    lines = "".join(_row(row, whole, *one) for one in rows)
    more = _XHTML if any(languages for *_, languages in rows) else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_SPACE}"{more}>\n{lines}</{name}>\n'


def _whole(config: Config, url: str) -> str:
    return escape(quote(absolute_url(url, config.url, config.baseurl), safe=_SAFE))


def addresses(site: Site) -> Iterator[tuple[str, str]]:
    """What stands in it of an edition: URL and day of the last change ("" if unknown)."""
    outputs, home = site.config.outputs, site.config.within("/")
    if "home" in outputs and all(page.url != home for page in site.pages):
        yield home, _day(site.posts[0]) if site.posts else ""
    for post in site.posts if "posts" in outputs else ():
        if in_sitemap(post):
            yield post.url, _day(post)
    for page in (*site.pages, *site.collected) if "pages" in outputs else ():
        if in_sitemap(page) and page.url != site.config.within("/404.html"):
            yield page.url, ""
    if "home" in outputs:
        for index in index_pages(site.listed, site.config)[1:]:
            yield index.url, ""
    yield from ((url, "") for url in _lists(site))


def _lists(site: Site) -> Iterator[str]:
    if "static" in site.config.outputs and not site.config.prefix:
        yield from (
            asset.url for asset in site.assets if asset.url.endswith((".html", ".htm")) and asset.url != "/404.html"
        )
    yield from site.lists


def _day(post: Post) -> str:
    return (post.updated or post.date).date().isoformat()


def _row(name: str, whole: Callable[[str], str], url: str, changed: str, languages: Iterable[tuple[str, str]]) -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{whole(there)}"/>' for lang, there in languages
    )
    return f"<{name}><loc>{whole(url)}</loc>{lastmod}{links}</{name}>\n"
