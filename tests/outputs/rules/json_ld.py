"""Structured data: what schema.org and Google ask for by type, as far as a program can see it.

That each property exists, and takes such a value, is left to schema.org's own vocabulary (tests/web/test_machines.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from tests.outputs.rules.shared import once

LONGEST_HEADLINE = 110  # signs, as Google asks
_PAGE = ("@id", "url", "name", "description", "inLanguage")
NEEDED: Mapping[str, tuple[str, ...]] = {  # type → what is required or recommended; a|b is one of both
    "Blog": (*_PAGE, "author", "publisher"),
    "BlogPosting": (
        *(*_PAGE, "author", "publisher", "isPartOf", "mainEntityOfPage"),
        *("headline", "datePublished", "dateModified", "wordCount"),
    ),
    "WebPage": (*_PAGE, "isPartOf"),
    "CollectionPage": (*_PAGE, "isPartOf"),
    "ProfilePage": (*_PAGE, "isPartOf", "mainEntity"),
    "CreativeWorkSeries": ("name",),
    "BreadcrumbList": ("itemListElement",),
    "ListItem": ("position", "name", "item"),
    "Person": ("name",),
    "Organization": ("name", "url"),
    "ImageObject": ("url|contentUrl",),
}
_ADDRESSES = ("@id", "url", "contentUrl", "item", "sameAs")
_MOMENTS = ("datePublished", "dateModified", "dateCreated")


def json_ld(text: str) -> Iterator[str]:
    """What is broken in the JSON-LD of one page."""
    data = json.loads(text)
    if data.get("@context") != "https://schema.org":
        yield f"the context is {data.get('@context')}"
    things = list(_things(data["@graph"]))
    yield from once((thing["@id"] for thing in data["@graph"] if "@id" in thing), "@id")
    for thing in things:
        if "@id" not in thing or not set(thing) <= {"@type", "@id", "name"}:  # not merely a word for another thing
            yield from _thing(thing)


def _things(value: Any) -> Iterator[dict[str, Any]]:
    """Every thing, those within others included."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _things(part)


def _thing(thing: dict[str, Any]) -> Iterator[str]:
    kind = str(thing.get("@type"))
    if kind not in NEEDED:
        yield f"there is no rule for {kind}"
        return
    for names in NEEDED[kind]:
        if not set(names.split("|")) & set(thing):
            yield f"{kind} has no {names}"
    yield from (f"{kind}: {key} is empty" for key, value in thing.items() if value in (None, "", [], {}))
    yield from (f"{kind}: {told}" for told in _addresses(_texts(thing, _ADDRESSES)))
    yield from (f"{kind}: {moment} has no offset" for moment in _texts(thing, _MOMENTS) if not _has_offset(moment))
    if len(thing.get("headline", "")) > LONGEST_HEADLINE:
        yield f"{kind}: a headline of {len(thing['headline'])} signs"
    if kind == "BreadcrumbList":
        places = [item.get("position") for item in thing.get("itemListElement", ())]
        if len(places) < 2 or places != list(range(1, len(places) + 1)):
            yield f"the way goes by {places}"


def _texts(thing: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        value = thing.get(key, [])
        yield from value if isinstance(value, list) else [value]


def _addresses(found: Iterator[str]) -> Iterator[str]:
    whole = re.compile(r"https?://[^\s<>\"]+")
    yield from (f"no whole address: {address}" for address in found if not whole.fullmatch(address))


def _has_offset(moment: str) -> bool:
    try:
        return datetime.fromisoformat(moment).tzinfo is not None
    except ValueError:
        return False
