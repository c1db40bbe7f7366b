"""Protocol 0.9 of sitemaps.org: a schema, and the limits that no schema can hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from sitegen.languages import language_of
from tests.outputs.rules.shared import once

LINK = "{http://www.w3.org/1999/xhtml}link"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOST_ADDRESSES = 50_000
MOST_BYTES = 50 * 1024 * 1024
_SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_suffix(".xsd")))


def sitemap(text: str) -> Iterator[str]:
    """A sitemap, or an index of sitemaps."""
    data = text.encode()
    root = etree.fromstring(data)
    if not _SCHEMA.validate(root):
        yield str(_SCHEMA.error_log)
    if len(root) > MOST_ADDRESSES or len(data) > MOST_BYTES:
        yield f"{len(root)} addresses in {len(data)} bytes are too many"
    found = [str(loc.text) for loc in root.iter(f"{SPACE}loc")]
    yield from once(found, "address")
    if len({urlsplit(address)[:2] for address in found}) > 1:
        yield "addresses of several hosts"
    yield from _languages(root)


def _languages(root: etree._Element) -> Iterator[str]:
    """Google's rules for pages in several languages: each names all of them and itself, and all say the same."""
    told = {str(url.findtext(f"{SPACE}loc")): [_link(link) for link in url.iter(LINK)] for url in root}
    for address, links in told.items():
        if not links:
            continue
        yield from once([lang for _, lang, _ in links], "language")
        if any(rel != "alternate" or not (lang == "x-default" or language_of(lang)) for rel, lang, _ in links):
            yield f"{address}: what is no language"
        if address not in (there for *_, there in links):
            yield f"{address} does not name itself"
        yield from (f"{address} and {there} differ" for *_, there in links if told.get(there) != links)


def _link(link: etree._Element) -> tuple[str, str, str]:
    return str(link.get("rel")), str(link.get("hreflang")), str(link.get("href"))
