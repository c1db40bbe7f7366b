"""Protocol 0.9 of sitemaps.org: a schema, and the limits that no schema can hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from tests.outputs.rules.shared import once

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
