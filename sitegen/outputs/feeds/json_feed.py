"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import Any

from sitegen.outputs.feeds.channel import Author, Channel, Entry
from sitegen.outputs.feeds.xml import clean


def write(channel: Channel) -> str:
    """The text of the feed."""
    feed = _given({
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.url,
        "description": channel.description,
        "authors": [_author(channel.author)],
        "language": channel.lang,
    })  # fmt: skip
    items = [_item(entry) for entry in channel.entries]
    return clean(json.dumps({**feed, "items": items}, ensure_ascii=False, indent=2)) + "\n"


def _item(entry: Entry) -> dict[str, Any]:
    return _given({
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "image": entry.image,
        "date_published": entry.published.isoformat(timespec="seconds"),
        "date_modified": entry.updated.isoformat(timespec="seconds"),
        "authors": [_author(author) for author in entry.authors],
        "tags": list(entry.terms),
        "language": entry.lang,
    }) | {"content_html": entry.content}  # fmt: skip


def _author(author: Author) -> dict[str, Any]:
    return _given({"name": author.name, "url": author.url, "avatar": author.picture})


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
