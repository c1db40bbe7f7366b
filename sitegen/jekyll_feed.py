"""What jekyll-feed's own settings mean here (its README, and generator.rb). They count under a `_config.yml` only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.marked import Origin
from sitegen.settings import Setting
from sitegen.settings.kinds import COUNT, Kind, truth, words
from sitegen.settings.paths import inside
from sitegen.slugs import term_slug

_PLAIN = re.compile(r"[A-Za-z0-9_]+")  # tags of other signs have no feed there


@dataclass(frozen=True)
class TagFeeds:
    """Which tags have their feeds where jekyll-feed has them: all (`only` is None), or some. Both hold slugs."""

    folder: str = "/feed/by_tag/"
    only: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()

    def address(self, name: str) -> str:
        """Where the feed of that tag is, or ""."""
        slug = term_slug(name)
        wanted = (self.only is None or slug in self.only) and slug not in self.without
        return f"{self.folder}{name}.xml" if wanted and _PLAIN.fullmatch(name) else ""


def _excerpt_only(value: Any, origin: Origin) -> str:
    return "excerpt" if truth(value, origin) else "full"


def _categories(value: Any, origin: Origin) -> Mapping[str, str]:
    """Slug of a category → address of its feed."""
    return {term_slug(name): _address(f"/feed/{name}.xml") for name in words(value, origin)}


def _tags(value: Any, origin: Origin) -> TagFeeds | None:
    """`true`, or a mapping with `path`, `only` and `except`."""
    if not isinstance(value, dict):
        return TagFeeds() if truth(value, origin) else None
    only, without = (value.get(key) for key in ("only", "except"))
    return TagFeeds(
        _address(str(value.get("path") or TagFeeds.folder)),
        None if only is None else tuple(map(term_slug, words(only, origin.at("only")))),
        () if without is None else tuple(map(term_slug, words(without, origin.at("except")))),
    )


def _address(text: str) -> str:
    return inside(text, "write names, and paths below the site")


SETTINGS: tuple[Setting, ...] = (
    Setting("feed.posts_limit", "feed_posts", COUNT, "`feed.posts` by another name."),
    Setting("feed.excerpt_only", "feed_content", Kind(_excerpt_only), "Whether feeds hold excerpts only."),
    Setting("feed.categories", "feed_categories", Kind(_categories), "Categories whose feeds are in `/feed/`."),
    Setting("feed.tags", "feed_tags", Kind(_tags), "Whether the feeds of tags are in `/feed/by_tag/`."),
)
