"""What posts and pages have in common: front matter with defaults, and the keys that both know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from fnmatch import fnmatch
from typing import Any

from sitegen.config import Config
from sitegen.content.frontmatter import FrontMatter, read_front_matter
from sitegen.content.sources import Source, read_text
from sitegen.dates import FORMS, parse_moment
from sitegen.digests import digest_of
from sitegen.errors import Problems
from sitegen.marked import Origin

FRONT_MATTER_KEYS: Mapping[str, str] = {
    "title": "the title; without it the file name tells",
    "date": "the date, with or without a time and an offset",
    "updated": "when the post was last changed (also `last_modified_at`)",
    "layout": "the layout; `none` or `null` for the bare content",
    "permalink": "the address, with the placeholders of the setting `permalink`",
    "slug": "the word for the address, instead of the file name's",
    "tags": "a list, or words split by blanks (also `tag`)",
    "categories": "the same for categories (also `category`)",
    "author": "who wrote it",
    "description": "one sentence for search engines, feeds and lists",
    "excerpt": "what lists show, instead of the beginning",
    "excerpt_separator": "what ends the excerpt in this post",
    "lang": "the language, if it is not the site's",
    "published": "`false` keeps it out of the site",
    "draft": "`true` keeps it out unless drafts are built",
    "form": "makes the post a call: `true`, the name of a form, or a mapping",
}


@dataclass(frozen=True)
class Written:
    """One file with its front matter: `values` has the defaults merged in; `own` only what the file says."""

    source: Source
    front: FrontMatter
    values: Mapping[str, Any]
    origins: Mapping[str, Origin]

    def origin(self, key: str) -> Origin:
        """Where a value stands: in the file, or in the configuration's defaults."""
        return self.origins.get(key, self.front.origin).at(key)

    @property
    def digest(self) -> str:
        """Of all front matter, the defaults included."""
        return digest_of(json.dumps(self.values, default=str))


class Reader:
    """Takes values out of front matter; those of the wrong kind are problems."""

    def __init__(self, config: Config, problems: Problems) -> None:
        self.config, self.problems = config, problems

    def written(self, source: Source, kind: str) -> Written | None:
        """The file with its front matter, or None and a problem. `kind` is the scope: posts, pages, drafts."""
        text = read_text(source, self.problems)
        if text is None:
            return None
        front = read_front_matter(text, source.path, self.problems)
        if front is None:
            return None
        values, origins = _with_defaults(self.config, source.path, kind, front)
        return Written(source, front, values, origins)

    def text(self, written: Written, key: str) -> str:
        """A text, a number as it was written, or ""."""
        value = written.values.get(key)
        if value is None:
            return ""
        if isinstance(value, str | int | float):
            return written.origin(key).written(value)
        self.wrong(written, key, "is not text", "put it in quotes")
        return ""

    def truth(self, written: Written, key: str, default: bool) -> bool:
        """A truth value, or the default where it is not given."""
        value = written.values.get(key)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.wrong(written, key, "is neither true nor false")
        return default

    def layout(self, written: Written, default: str) -> str | None:
        """The layout's name; None for the bare content."""
        if "layout" not in written.values:
            return default
        value = written.values["layout"]
        if value is None or value is False or value == "none":
            return None
        return self.text(written, "layout") or default

    def words(self, written: Written, plural: str, singular: str) -> tuple[str, ...]:
        """A list of words: a list, or a text split at blanks; the singular key holds one, unsplit."""
        if written.values.get(singular) is not None and plural not in written.values:
            value, key = written.values[singular], singular
        else:
            value, key = written.values.get(plural), plural
        origin = written.origin(key)
        if isinstance(value, str):
            return (value,) if key == singular else tuple(value.split())
        items = value if isinstance(value, list) else [] if value is None else [value]
        flat = all(isinstance(item, str | int | float | None) for item in items)
        if not flat or isinstance(value, dict):
            self.wrong(written, key, "is not a list of words", f"write `{key}: [one, two]`")
            return ()
        listed = isinstance(value, list)
        names = ((origin.at(at) if listed else origin).written(item) for at, item in enumerate(items))
        return tuple(dict.fromkeys(name for name in names if name))

    def moment(self, written: Written, key: str) -> datetime | None:
        """A date in the site's zone, or None where it is not given or is none."""
        text = self.text(written, key)
        if not text:
            return None
        try:
            return read_moment(text, self.config)
        except ValueError as error:
            self.wrong(written, key, str(error), FORMS)
            return None

    def wrong(self, written: Written, key: str, what: str, hint: str = "") -> None:
        """Report a value; on a site that is read as Jekyll reads it, a warning."""
        self.problems.tolerate(written.origin(key).problem(f"`{key}`: {what}", hint))


def read_moment(text: str, config: Config) -> datetime:
    """A moment in the site's zone; on a Jekyll site by Jekyll's rules (utils.rb `parse_date`, and YAML's)."""
    if not config.lenient:
        return parse_moment(text, config.zone)
    utc: tzinfo = _utc()
    # YAML makes a moment in UTC only of a time with seconds; the rest reaches Ruby's parser, which takes local.
    seconds = text.count(":") == 2
    return parse_moment(text, config.zone, zoneless=utc if seconds else None, roll=True)


def _utc() -> tzinfo:
    from datetime import UTC

    return UTC


def _with_defaults(
    config: Config, path: str, kind: str, front: FrontMatter
) -> tuple[dict[str, Any], dict[str, Origin]]:
    """Front matter over the configuration's defaults: the more specific scope wins, then the later one."""
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    fitting = [item for item in config.defaults if _fits(item.path, path) and item.type in ("", kind)]
    for default in sorted(fitting, key=lambda item: (len(item.path), bool(item.type))):
        values = merged(values, default.values)
        origins |= dict.fromkeys(default.values, default.origin)
    values = merged(values, front.values)
    return values, {key: origin for key, origin in origins.items() if key not in front.values}


def _fits(scope: str, path: str) -> bool:
    if "*" in scope:
        return fnmatch(path, scope) or fnmatch(path, scope + "/*")
    return not scope or path == scope or path.startswith(scope + "/") or path.rsplit(".", 1)[0] == scope


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Two mappings, the second one winning, mappings within merged likewise."""
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        result[key] = merged(below, value) if both and below is not None else value
    return result
