"""What Jekyll's `_config.yml` says that no other configuration does, and what it means where it says nothing.

The defaults are those of Jekyll 4 (configuration.rb).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.errors import Problems
from sitegen.jekyll_feed import SETTINGS as FEED_SETTINGS
from sitegen.marked import Origin
from sitegen.settings import Setting
from sitegen.settings.kinds import COUNT, TRUTH, WORDS, Kind, Wrong, words
from sitegen.settings.names import PERMALINK_STYLES
from sitegen.settings.paths import permalink

EXCLUDED = (
    ".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules",
    "vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/",
)  # fmt: skip
INCLUDED = (".htaccess",)
MARKDOWN = (".markdown", ".mkdown", ".mkdn", ".mkd", ".md")
# What these plugins do, sitegen does by itself, or it is for an author's desk and leaves no trace in the site.
COVERED = frozenset((
    "jekyll-admin", "jekyll-commonmark", "jekyll-commonmark-ghpages", "jekyll-compose", "jekyll-default-layout",
    "jekyll-feed", "jekyll-gist", "jekyll-include-cache", "jekyll-livereload", "jekyll-paginate",
    "jekyll-redirect-from", "jekyll-seo-tag", "jekyll-sitemap", "jekyll-watch", "kramdown", "kramdown-parser-gfm",
    "rouge", "webrick",
))  # fmt: skip


@dataclass(frozen=True)
class Collection:
    """One of `collections`: the documents in `_label/`.

    `output` tells whether each has a page, at `permalink`; `order` are the names of files that come first, `sort_by` is
    the key of front matter that the others are sorted by, instead of their dates.
    """

    label: str
    output: bool = False
    permalink: str = ""
    order: tuple[str, ...] = ()
    sort_by: str = ""

    @property
    def folder(self) -> str:
        """Where its documents are."""
        return f"_{self.label}"


def _collections(value: Any, origin: Origin) -> tuple[Collection, ...]:
    """A mapping of names to options, or a list of names."""
    if isinstance(value, list):
        return tuple(Collection(_label(name)) for name in value if isinstance(name, str | int))
    if not isinstance(value, dict):
        raise Wrong("is neither a mapping nor a list", "write it as `recipes: {output: true}`")
    return tuple(_collection(str(name), options, origin.at(name)) for name, options in value.items())


def _collection(name: str, options: Any, origin: Origin) -> Collection:
    options = options if isinstance(options, dict) else {}
    pattern = options.get("permalink")
    address = permalink(pattern, origin.at("permalink")) if pattern else ""
    order = options.get("order")
    first = tuple(str(item) for item in order) if isinstance(order, list) else ()
    return Collection(_label(name), bool(options.get("output")), address, first, str(options.get("sort_by") or ""))


def _label(name: object) -> str:
    """A name with nothing but what Jekyll leaves of it (collection.rb `sanitize_label`)."""
    return re.sub(r"[^A-Za-z0-9_\-.]", "", str(name))


def _endings(value: Any, origin: Origin) -> tuple[str, ...]:
    """`md,markdown`, or the same as a list."""
    names = value.split(",") if isinstance(value, str) else words(value, origin)
    return tuple(f".{name.strip().lstrip('.').lower()}" for name in names if name.strip())


def _folder(value: Any, origin: Origin) -> str:
    """One folder, relative to the site."""
    return "/".join(words(value, origin)).strip("/").removeprefix("./")


SETTINGS: tuple[Setting, ...] = (
    Setting("show_drafts", "drafts", TRUTH, "Whether drafts are built."),
    Setting("unpublished", "unpublished", TRUTH, "Whether `published: false` is overruled."),
    Setting("limit_posts", "limit_posts", COUNT, "Only so many posts, the newest; 0 for all."),
    Setting("include", "include", WORDS, "Names that are taken although they begin with `.` or `_`."),
    Setting("collections", "collections", Kind(_collections), "Folders of documents beside the posts."),
    Setting("collections_dir", "collections_dir", Kind(_folder), "The folder that `_posts` and collections are in."),
    Setting("markdown_ext", "markdown_endings", Kind(_endings), "What Markdown ends in."),
    *FEED_SETTINGS,
)


def completed(values: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    """The checked settings with what Jekyll adds to them; `raw` is the file as it stands."""
    found: dict[str, Any] = {
        "permalink": PERMALINK_STYLES["date"],
        "liquid": True,
        "extended": False,
        "anchors": False,
        "shortcodes": False,
        "image_sizes": False,
        "image_captions": False,
        "include": INCLUDED,
        "markdown_endings": MARKDOWN,
        **values,
        "page_ending": page_ending(raw.get("permalink") or "date"),
        "exclude": (*values.get("exclude", ()), *EXCLUDED, *_built(raw)),
    }
    posts = next((one for one in found.get("collections", ()) if one.label == "posts"), None)
    if posts is not None and posts.permalink:
        found |= {"permalink": posts.permalink, "permalink_keys": ("collections", "posts", "permalink")}
    found["collections"] = tuple(one for one in found.get("collections", ()) if one.label not in ("", "posts", "data"))
    return found


def _built(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """The folders that earlier builds may have left, Jekyll's and ours."""
    destination = str(raw.get("destination") or "").strip("/").removeprefix("./")
    return tuple(f"{folder}/" for folder in ("output", destination) if folder)


def page_ending(style: object) -> str:
    """What the addresses of pages end in, by the style of the posts' permalinks (utils.rb `add_permalink_suffix`).

    >>> [page_ending(style) for style in ("date", "pretty", "/:title/", "/:title:output_ext", "/:title.html")]
    [':output_ext', '/', '/', ':output_ext', '']
    """
    text = str(style)
    if text in ("date", "ordinal", "none"):
        return ":output_ext"
    if text == "pretty" or text.endswith("/"):
        return "/"
    return ":output_ext" if text.endswith(":output_ext") else ""


def note_plugins(raw: Mapping[str, Any], origin: Origin, problems: Problems) -> None:
    """Name the plugins that sitegen has nothing of, once."""
    for key in ("plugins", "gems"):
        named = raw.get(key)
        listed = named if isinstance(named, list) else [named]
        foreign = [name for name in listed if isinstance(name, str) and name.strip() and name not in COVERED]
        if foreign:
            message = f"`{key}`: sitegen has nothing of {', '.join(foreign)}"
            hint = "the site is built without; see https://jekyllrb.com/docs/plugins/ for what they do"
            problems.note(origin.at(key).problem(message, hint))
