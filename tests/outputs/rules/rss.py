"""RSS: the RSS Advisory Board's specification of 2.0, as far as a program can see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.outputs.rules.shared import ATOM, CONTENT, DC, LANGUAGE, MEDIA, addresses, once, rfc822, rfc3339

IN_CHANNEL = ("title", "link", "description", "language", "lastBuildDate", "generator", "item")
IN_ITEM = ("title", "link", "description", "category", "guid", "pubDate")
MODULES = (ATOM, MEDIA, DC, CONTENT)


def rss(text: str) -> Iterator[str]:
    """What is broken in an RSS feed."""
    root = ElementTree.fromstring(text.encode())
    if (root.tag, root.get("version"), [child.tag for child in root]) != ("rss", "2.0", ["channel"]):
        yield f"the root is {root.tag} {root.get('version')}"
        return
    channel = root[0]
    items = channel.findall("item")
    for name in ("title", "link", "description"):
        if len(channel.findall(name)) != 1 or not channel.findtext(name):
            yield f"the channel has no {name}, or several"
    yield from _known(channel, IN_CHANNEL)
    yield from addresses([channel.findtext("link")])
    yield from rfc822(channel.findtext("lastBuildDate"))
    if not LANGUAGE.fullmatch(channel.findtext("language", "en")):
        yield f"no language: {channel.findtext('language')}"
    own = channel.find(f"{ATOM}link[@rel='self']")
    if own is None or own.get("type") != "application/rss+xml":
        yield "the feed does not tell its own address"
    yield from once((item.findtext("guid") or "" for item in items), "guid")
    for item in items:
        yield from _item(item)


def _item(item: Element) -> Iterator[str]:
    yield from _known(item, IN_ITEM)
    for name in ("title", "link", "description", "guid", "pubDate"):
        if len(item.findall(name)) > 1:
            yield f"an item has several {name}"
    if not item.findtext("title") and not item.findtext("description"):
        yield "an item has neither title nor description"
    yield from addresses([item.findtext("link")])
    yield from rfc822(item.findtext("pubDate"))
    if (changed := item.find(f"{ATOM}updated")) is not None:
        yield from rfc3339(changed.text)
    guid = item.find("guid")
    if guid is None or guid.get("isPermaLink", "true") not in ("true", "false"):
        yield "an item has no guid, or does not tell what it is"
    elif guid.get("isPermaLink", "true") == "true" and guid.text != item.findtext("link"):
        yield f"the guid is no permalink: {guid.text}"


def _known(parent: Element, names: Iterable[str]) -> Iterator[str]:
    for child in parent:
        if child.tag not in names and not child.tag.startswith(MODULES):
            yield f"{parent.tag} has {child.tag}"
