"""JSON Feed 1.1 (jsonfeed.org), as far as a program can see it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.outputs.rules.shared import addresses, once, rfc3339


def json_feed(text: str) -> Iterator[str]:
    """What is broken in a JSON feed."""
    feed = json.loads(text, parse_constant=_refuse, object_pairs_hook=_no_key_twice)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"the version is {feed.get('version')}"
    if not isinstance(feed.get("title"), str) or not isinstance(feed.get("items"), list):
        yield "there is no title, or there are no items"
    yield from _typed(feed, {"description": str, "language": str, "authors": list})
    yield from addresses(feed.get(key) for key in ("home_page_url", "feed_url"))
    yield from (problem for author in feed.get("authors", ()) for problem in _json_author(author))
    yield from once((item.get("id") for item in feed["items"]), "id")
    for item in feed["items"]:
        if not isinstance(item.get("id"), str) or not isinstance(item.get("content_html"), str):
            yield "an item has no id, or no content"
        yield from _typed(item, {"title": str, "summary": str, "tags": list, "language": str, "authors": list})
        yield from addresses([item.get("url"), *([item["image"]] if "image" in item else [])])
        yield from rfc3339(item.get("date_published"))
        yield from rfc3339(item.get("date_modified"))
        yield from (problem for author in item.get("authors", ()) for problem in _json_author(author))
        if not all(isinstance(tag, str) for tag in item.get("tags", ())):
            yield "a tag is no text"


def _json_author(author: Any) -> Iterator[str]:
    if not isinstance(author, dict) or not {"name", "url", "avatar"} & set(author):
        yield f"an author is {author}"


def _typed(values: dict[str, Any], kinds: dict[str, type]) -> Iterator[str]:
    for key, kind in kinds.items():
        if key in values and not isinstance(values[key], kind):
            yield f"{key} is {values[key]!r}"


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"a key is there twice: {[key for key, _ in pairs]}")
    return found
