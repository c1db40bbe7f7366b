"""The formats of feeds. A build in which no feed is new needs none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sitegen.outputs.feeds import atom_feed, json_feed, rss_feed
from sitegen.outputs.feeds.channel import Channel

FORMATS: Mapping[str, Callable[[Channel], str]] = {
    "atom": atom_feed.write,
    "rss": rss_feed.write,
    "json": json_feed.write,
}
