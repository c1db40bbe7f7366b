"""RSS 2.0 (the RSS Advisory Board's specification), with the modules that readers know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from sitegen import __version__
from sitegen.model.feeds import TYPES
from sitegen.outputs.feeds.channel import Channel, Entry
from sitegen.outputs.feeds.xml import attributes, element, heading

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def write(channel: Channel) -> str:
    """The text of the feed."""
    return "\n".join(filter(None, _lines(channel))) + "\n"


def _lines(channel: Channel) -> Iterator[str]:
    yield from heading(channel.sheet)
    yield f"<rss{attributes({'version': '2.0', **_NAMESPACES})}>"
    yield "<channel>"
    yield element("title", channel.title)
    yield element("link", channel.home)
    yield element("description", channel.description or channel.title)
    yield element("language", channel.lang)
    yield element("lastBuildDate", _written(channel.updated))
    yield element("generator", f"sitegen {__version__}")
    yield element("atom:link", "", {"href": channel.url, "rel": "self", "type": TYPES["rss"]})
    for entry in channel.entries:
        yield "<item>"
        yield from _item(entry)
        yield "</item>"
    yield "</channel>"
    yield "</rss>"


def _item(entry: Entry) -> Iterator[str]:
    yield element("title", entry.title)
    yield element("link", entry.url)
    yield element("guid", entry.id, {"isPermaLink": "true" if entry.id == entry.url else "false"})
    yield element("pubDate", _written(entry.published))
    if entry.updated != entry.published:
        yield element("atom:updated", entry.updated.isoformat(timespec="seconds"))
    for author in entry.authors:
        yield element("dc:creator", author.name)
    for term in entry.terms:
        yield element("category", term)
    if entry.whole:
        yield element("description", escape(entry.summary, quote=False))  # HTML, by custom
        yield element("content:encoded", entry.content)
    else:
        yield element("description", entry.content)
    if entry.image:
        yield element("media:thumbnail", "", {"url": entry.image})


def _written(moment: datetime) -> str:
    from email.utils import format_datetime  # which brings sockets

    return format_datetime(moment)
