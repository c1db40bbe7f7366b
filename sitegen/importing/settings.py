"""`sitegen.toml` from `_config.yml`: what both know under sitegen's names, the rest for layouts in `[extra]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.errors import Problem
from sitegen.importing import toml
from sitegen.marked import read_yaml
from sitegen.settings import SETTINGS

HEAD = "# Made of Jekyll's _config.yml by `sitegen import`. The manual has every setting.\n\n"
# What Jekyll alone wants to know, and what the import has seen to.
_JEKYLLS = frozenset((
    "cache_dir", "collections", "collections_dir", "data_dir", "destination", "detach",
    "disable_disk_cache", "encoding", "exclude", "gems", "highlighter", "host", "include", "includes_dir",
    "incremental", "keep_files", "kramdown", "layouts_dir", "limit_posts", "livereload", "livereload_port", "lsi",
    "markdown", "markdown_ext", "open_url", "plugins", "plugins_dir", "port", "profile", "quiet", "remote_theme",
    "safe", "sass", "serving", "show_dir_listing", "show_drafts", "source", "strict_front_matter", "theme",
    "unpublished", "verbose", "watch", "whitelist",
))  # fmt: skip
_HANDS: Mapping[str, str] = {
    "data_dir": "sitegen reads `_data/`: move the files there",
    "includes_dir": "sitegen reads `_includes/`: move the files there",
    "layouts_dir": "sitegen reads `_layouts/`: move the files there",
    "limit_posts": "sitegen builds all posts",
    "remote_theme": "the theme's own layouts are not in the site; sitegen's stand in for them",
    "theme": "the theme's own layouts are not in the site; sitegen's stand in for them",
    "unpublished": "sitegen never builds posts with `published: false`",
}
_KRAMDOWN: Mapping[str, tuple[Any, ...]] = {  # what is sitegen's way, too
    "auto_ids": (True,),
    "entity_output": ("as_char",),
    "footnote_nr": (1,),
    "hard_wrap": (False,),
    "input": ("GFM", "gfm"),
    "smart_quotes": ("lsquo,rsquo,ldquo,rdquo", ["lsquo", "rsquo", "ldquo", "rdquo"]),
    "toc_levels": ("1..6", [1, 2, 3, 4, 5, 6], "1,2,3,4,5,6"),
}
_SILENT = ("guess_lang", "math_engine", "show_warnings", "syntax_highlighter", "syntax_highlighter_opts")


@dataclass(frozen=True)
class Settings:
    """The text of `sitegen.toml`; what needs a hand, by lines of `_config.yml`."""

    text: str
    hands: tuple[Problem, ...]


def settings(config: Config, defaults: Sequence[Mapping[str, Any]], *, liquid: bool, colons: bool) -> Settings:
    """The settings of a Jekyll site; `defaults` are its front matter defaults, with the scopes as they are now.

    `colons` tells that some text of the site could be taken for a shortcode.
    """
    raw: Mapping[str, Any] = read_yaml(config.origin.text, loose=True).value or {}
    given = {**_given(config, raw), "liquid": liquid or None}
    if colons and not config.shortcodes:
        given["shortcodes"] = False
    if "paginate" not in raw:
        given["paginate"] = 0  # Jekyll makes no index pages then
    extra = {name: item for name, item in raw.items() if _is_extra(name, item, given.get(name))}
    text = "".join(f"{line}\n" for line in _lines(given, defaults, extra, zoned="timezone" in raw))
    return Settings(HEAD + text, tuple(_hands(config, raw, extra)))


def _given(config: Config, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Setting → value, where it is not sitegen's default."""
    usual = Config(Path(), Path())
    found: dict[str, Any] = {}
    for setting in SETTINGS:
        value = getattr(config, setting.attribute)
        if setting.name not in ("exclude", "defaults", "extra", "liquid", "shortcodes") and value != getattr(
            usual, setting.attribute
        ):
            found[setting.name] = value if isinstance(value, str | bool | int) else _found(raw, setting.name, value)
    return found


def _found(raw: Mapping[str, Any], name: str, otherwise: Any) -> Any:
    """A list or a table as the file has it."""
    value: Any = raw
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return list(otherwise) if value is None else value


def _is_extra(name: str, item: Any, taken: Any) -> bool:
    """Whether it is nothing that sitegen knows; or of a setting that both have by that name, more than sitegen takes:
    an author's e-mail.
    """
    if item is None or name in _JEKYLLS or name in ("defaults", "extra", "liquid"):
        return False
    if any(setting.name == name for setting in SETTINGS):
        return isinstance(item, Mapping | list) and item != taken
    return all(not setting.name.startswith(f"{name}.") for setting in SETTINGS)


def _lines(
    given: Mapping[str, Any], defaults: Sequence[Mapping[str, Any]], extra: Mapping[str, Any], *, zoned: bool
) -> Iterator[str]:
    tables: dict[str, dict[str, Any]] = {}
    for name, value in given.items():
        group, _, inner = name.partition(".")
        if inner:
            tables.setdefault(group, {})[inner] = value
        elif value is not None:
            yield toml.assignment(name, value)
    if not zoned:
        yield '# timezone = "America/Chicago"  # Jekyll took that of the computer; without a word it is UTC'
    for name, values in tables.items():
        yield from toml.table((name,), values)
    for default in defaults:
        yield from ("", "[[defaults]]", *(toml.assignment(name, item) for name, item in default.items()))
    if extra:
        yield from ("", "# What layouts read as `site.extra.name`.", *list(toml.table(("extra",), extra))[1:])


def _hands(config: Config, raw: Mapping[str, Any], extra: Mapping[str, Any]) -> Iterator[Problem]:
    kept = tuple(f"`{name}` " for name in extra)  # of another kind than sitegen's setting, and for layouts only
    yield from (problem for problem in config.problems if not problem.message.startswith(kept))
    for name, what in _HANDS.items():
        if raw.get(name):
            yield config.origin.at(name).problem(f"`{name}` is not taken over", what)
    kramdown = raw.get("kramdown")
    for name, value in kramdown.items() if isinstance(kramdown, Mapping) else ():
        if name not in _SILENT and value not in _KRAMDOWN.get(name, ()):
            yield config.origin.at("kramdown", name).problem(f"`kramdown.{name}`: sitegen has no such option")
    feed, where = raw.get("feed"), "sitegen's feeds of tags and categories are at /tags/<tag>/feed.xml and the like"
    for name in ("categories", "collections", "tags") if isinstance(feed, Mapping) else ():
        if feed and feed.get(name):
            yield config.origin.at("feed", name).problem(f"`feed.{name}` is not taken over", where)
