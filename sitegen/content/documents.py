"""What posts and pages have in common: front matter with defaults, and the keys that both know."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from functools import cache
from typing import Any

from sitegen.config import Config
from sitegen.content.frontmatter import FrontMatter, read_front_matter
from sitegen.content.sources import Source, read_text
from sitegen.dates import FORMS, parse_moment
from sitegen.digests import digest_of
from sitegen.errors import Problems, RefusedAddress
from sitegen.marked import Origin
from sitegen.slugs import term_slug
from sitegen.urls import kept_inside, url_from

_REMARK = re.compile(r"\s*\([^)]*\)\s*$")
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

_ALSO = ("tag", "category", "last_modified_at", "authors", "dates")  # Jekyll's, and words of their own
TERM_BYTES = 240  # of a tag's or category's folder: the file system wants 255


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
        self._check_keys(front)
        values, origins = _with_defaults(self.config, source.path, kind, front)
        return Written(source, front, values, origins)

    def _check_keys(self, front: FrontMatter) -> None:
        """Any key may stand in front matter; one that is nearly ours is told."""
        for key in front.values:
            if not self.config.lenient and (known := _meant(key)):
                self.problems.note(front.origin.at(key).problem(f"`{key}` means nothing here; is it `{known}`?"))

    def text(self, written: Written, key: str) -> str:
        """A text, a number as it was written, or ""."""
        value = written.values.get(key)
        if value is None:
            return ""
        if isinstance(value, str | int | float):
            return written.origin(key).written(value)
        kind = "a list" if isinstance(value, list) else "a mapping"
        self.wrong(written, key, f"is {kind}, not text", "write it in one line, in quotes")
        return ""

    def truth(self, written: Written, key: str, default: bool) -> bool:
        """A truth value, or the default where it is not given."""
        value = written.values.get(key)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.wrong(written, key, "is neither true nor false", f"write `{key}: true` or `{key}: false`, without quotes")
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
        if isinstance(value, str):
            return self._fit(written, key, [value] if key == singular else value.split())
        items = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(item, str | int | float | None) for item in items):
            self.wrong(written, key, "is not a list of words", f"write `{key}: [one, two]`")
            return ()
        origin = written.origin(key)
        listed = isinstance(value, list)
        return self._fit(
            written, key, [(origin.at(at) if listed else origin).written(item) for at, item in enumerate(items)]
        )

    def _fit(self, written: Written, key: str, names: list[str]) -> tuple[str, ...]:
        """The words, each once; one that no address can be made of is a problem."""
        for name in names:
            if _is_too_long(name):
                self.wrong(written, key, f'"{name[:40]}…" is too long for the address of its page', "shorten it")
        return tuple(dict.fromkeys(name for name in names if name and not _is_too_long(name)))

    def moment(self, written: Written, key: str) -> datetime | None:
        """A date in the site's zone, or None where it is not given or is none."""
        value = written.values.get(key)
        if isinstance(value, list | dict):
            self.wrong(written, key, f"is a {'list' if isinstance(value, list) else 'mapping'}, not a date", FORMS)
            return None
        text = self.text(written, key)
        try:
            return self.read_moment(text, lambda what: self.wrong(written, key, what, FORMS)) if text else None
        except ValueError as error:
            self.wrong(written, key, str(error), FORMS)
            return None

    def read_moment(self, text: str, rolled: Callable[[str], None]) -> datetime:
        """A moment in the site's zone; on a Jekyll site by Jekyll's rules (utils.rb `parse_date`, and YAML's).

        There the 30th of February is a day in March, and `rolled` is told. Raises ValueError for what is no date.
        """
        # YAML makes a moment in UTC only of a time with seconds; the rest reaches Ruby's parser, which takes local.
        zoneless = UTC if self.config.lenient and text.count(":") == 2 else None
        text = _REMARK.sub("", text) if self.config.lenient else text  # Ruby passes over "(optional)"
        try:
            return parse_moment(text, self.config.zone, zoneless=zoneless)
        except ValueError as error:
            if not self.config.lenient:
                raise
            moment = parse_moment(text, self.config.zone, zoneless=zoneless, roll=True)
            rolled(f"{error}; taken for {moment:%Y-%m-%d}")
            return moment

    def url(self, address: str, origin: Origin) -> str | None:
        """The URL that an address means; None, and a problem, for one that is none. Jekyll keeps it inside."""
        try:
            return url_from(address)
        except RefusedAddress as error:
            problem = origin.problem(str(error), "write it as /path/below/the/site/")
        try:
            kept = kept_inside(address) if self.config.lenient else None
        except RefusedAddress:
            kept = None
        (self.problems.tolerate if kept else self.problems.add)(problem)
        return kept

    def wrong(self, written: Written, key: str, what: str, hint: str = "") -> None:
        """Report a value; on a site that is read as Jekyll reads it, a warning."""
        self.problems.tolerate(written.origin(key).problem(f"`{key}`: {what}", hint))


def _is_too_long(term: str) -> bool:
    return len(term) > 25 and len(term_slug(term).encode()) > TERM_BYTES


@cache
def _meant(key: str) -> str:
    """The key that one of another spelling may stand for, or ""."""
    if key in FRONT_MATTER_KEYS or key in _ALSO or len(key) > 40:
        return ""
    near = difflib.get_close_matches(key.lower(), FRONT_MATTER_KEYS, n=1, cutoff=0.8)
    return near[0] if near and abs(len(near[0]) - len(key)) < 2 else ""


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
