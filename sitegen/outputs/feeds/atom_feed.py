"""Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import __version__
from sitegen.model.feeds import TYPES
from sitegen.outputs.feeds.channel import Author, Channel, Entry
from sitegen.outputs.feeds.xml import attributes, element, heading

_NAMESPACES = {"xmlns": "http://www.w3.org/2005/Atom", "xmlns:media": "http://search.yahoo.com/mrss/"}


def write(channel: Channel) -> str:
    """The text of the feed."""
    return "\n".join(filter(None, _lines(channel))) + "\n"


def _lines(channel: Channel) -> Iterator[str]:
    yield from heading(channel.sheet)
    yield f"<feed{attributes({**_NAMESPACES, 'xml:lang': channel.lang})}>"
    yield element("generator", "sitegen", {"version": __version__})
    yield element("link", "", {"href": channel.url, "rel": "self", "type": TYPES["atom"]})
    yield element("link", "", {"href": channel.home, "rel": "alternate", "type": "text/html", "hreflang": channel.lang})
    yield element("updated", channel.updated.isoformat(timespec="seconds"))
    yield element("id", channel.id)
    yield element("title", channel.title, {"type": "text"})
    yield element("subtitle", channel.description)
    yield from _author(channel.author)
    for entry in channel.entries:
        yield f"<entry{attributes({'xml:lang': entry.lang if entry.lang != channel.lang else ''})}>"
        yield from _entry(entry)
        yield "</entry>"
    yield "</feed>"


def _entry(entry: Entry) -> Iterator[str]:
    yield element("title", entry.title, {"type": "text"})
    yield element("link", "", {"href": entry.url, "rel": "alternate", "type": "text/html"})
    yield element("published", entry.published.isoformat(timespec="seconds"))
    yield element("updated", entry.updated.isoformat(timespec="seconds"))
    yield element("id", entry.id)
    base = {"type": "html", "xml:base": entry.url}
    if entry.whole:
        yield element("content", entry.content, base)
        yield element("summary", entry.summary)
    else:
        yield element("summary", entry.content, base)
    for author in entry.authors:
        yield from _author(author)
    for term in entry.terms:
        yield element("category", "", {"term": term})
    if entry.image:
        yield element("media:thumbnail", "", {"url": entry.image})
        yield element("media:content", "", {"url": entry.image, "medium": "image"})


def _author(author: Author) -> Iterator[str]:
    yield "<author>"
    yield element("name", author.name)
    yield element("uri", author.url)
    yield "</author>"
