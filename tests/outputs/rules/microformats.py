"""Microformats 2 (microformats.org): what readers of an h-feed, an h-entry and an h-card look for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml import etree

NEEDED: Mapping[str, tuple[str, ...]] = {  # a|b is one of both
    "h-feed": ("p-name|p-author",),
    "h-entry": ("p-name", "u-url", "dt-published", "e-content|p-summary"),
    "h-card": (),  # its text is its name
}


def microformats(html: str) -> Iterator[str]:
    """What is broken in the microformats of one page."""
    root = etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8"))
    for item in root.iter(etree.Element):
        for kind in set(_classes(item)) & set(NEEDED):
            yield from (f"line {item.sourceline}: {kind} {told}" for told in _item(item, NEEDED[kind]))


def _item(item: etree._Element, needed: tuple[str, ...]) -> Iterator[str]:
    found: dict[str, list[etree._Element]] = {}
    for part in _parts(item):
        for name in _classes(part):
            found.setdefault(name, []).append(part)
    yield from (f"has no {names}" for names in needed if not set(names.split("|")) & set(found))
    if not _text(item):
        yield "has no text"
    yield from ("has an empty p-name" for name in found.get("p-name", ()) if not _text(name))
    for name in ("u-url", "dt-published", "dt-updated"):
        if len(found.get(name, ())) > 1 and "h-entry" in _classes(item):  # people may have several addresses
            yield f"has several {name}"
    for url in found.get("u-url", ()):
        if not (url.get("href") or url.get("value")):
            yield "has an u-url without an address"
    for name in ("dt-published", "dt-updated"):
        yield from (f"has {name} at {told}" for time in found.get(name, ()) for told in _moment(time.get("datetime")))


def _parts(item: etree._Element) -> Iterator[etree._Element]:
    """What belongs to this item, and not to another one within it."""
    for child in item.iterchildren(etree.Element):
        yield child
        if not any(name.startswith("h-") for name in _classes(child)):
            yield from _parts(child)


def _classes(item: etree._Element) -> list[str]:
    return item.get("class", "").split()


def _text(item: etree._Element) -> str:
    return " ".join("".join(str(part) for part in item.itertext()).split())


def _moment(text: str | None) -> Iterator[str]:
    try:
        if datetime.fromisoformat(text or "").tzinfo is None:
            yield f"{text}, without an offset"
    except ValueError:
        yield f"{text}, which is no moment"
