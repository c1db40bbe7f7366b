"""Kinds of paths below the site, and of patterns of them."""

from __future__ import annotations

import re
from typing import Any

from sitegen import shapes
from sitegen.errors import RefusedAddress
from sitegen.marked import Origin
from sitegen.settings.kinds import Kind, Wrong, text
from sitegen.settings.names import PERMALINK, PERMALINK_STYLES
from sitegen.urls import url_from


def base_path(value: Any, origin: Origin) -> str:
    """The path below a host, with a slash before it and none behind; "" for none. Raises `Wrong`."""
    path = text(value, origin).strip("/")
    if re.search(r"[\s?#\\\x00-\x1f<>\"]|:|(^|/)\.\.?(/|$)", path):
        raise Wrong(f'is no path: "{path}"', 'write the path below the host: "/blog"; the host belongs to `url`')
    return "/" + path if path else ""


BASE_PATH = Kind(base_path, shapes.text(r"^[^\s?#\\<>\":]*$"))


def inside(path: str, hint: str) -> str:
    """The URL of a path that stays in the site. Raises `Wrong`."""
    try:
        return url_from(path)
    except RefusedAddress as error:
        raise Wrong(f"is wrong: {error}", hint) from error


def _pattern(path: str) -> str:
    """A pattern whose addresses stay in the site, whatever its placeholders stand for."""
    inside(re.sub(":[a-z_]+", "0", path), "write it as /path/below/the/site/")
    return path


def permalink(value: Any, origin: Origin) -> str:
    """A pattern of addresses; Jekyll's styles have names. Raises `Wrong`."""
    pattern = text(value, origin)
    if not pattern.strip("/"):
        raise Wrong("is the same for every post", "write it as /:year/:month/:title/")
    return _pattern(PERMALINK_STYLES.get(pattern, pattern).removeprefix("./"))


PERMALINKS = Kind(permalink, shapes.either(shapes.one_of(PERMALINK_STYLES), shapes.text("[^/]", examples=[PERMALINK])))


def _paginate_path(value: Any, origin: Origin) -> str:
    path = text(value, origin)
    if ":num" not in path:
        raise Wrong("has no :num in it", "write it as /page:num/")
    return _pattern(path if path.startswith("/") else "/" + path)


PAGINATE_PATH = Kind(_paginate_path, shapes.string(":num"))


def _feed_path(value: Any, origin: Origin) -> str:
    """The file of the Atom feed."""
    hint = "write it as /feed.xml"
    url = inside(text(value, origin), hint)
    if not url.endswith((".xml", ".atom", ".rss")):
        raise Wrong(f'is no name of a feed: "{url}"', hint)
    return url


FEED_PATH = Kind(_feed_path, shapes.string(r"\.(xml|atom|rss)$"))


def _script(value: Any, origin: Origin) -> str:
    """A file of the site's own."""
    path = text(value, origin)
    hint = 'write it as "/assets/mermaid.min.js"; the file belongs into static/assets/'
    if path and not path.endswith(".js"):
        raise Wrong(f'is no script: "{path}"', hint)
    return inside(path, hint) if path else ""


SCRIPT = Kind(_script, shapes.string(r"^$|^[^:]*\.js$"))
