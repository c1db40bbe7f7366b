"""The series that a post is a part of: `series: Name`, or a mapping with the number of the part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.content.documents import SERIES_KEYS, Reader, Written
from sitegen.content.terms import is_fit
from sitegen.errors import Problems, did_you_mean
from sitegen.model.content import Post, given_of
from sitegen.model.site import Site
from sitegen.slugs import term_slug

_HINT = "write `series: A name`, or `series: {name: A name, part: 2}`"


def series_of(reader: Reader, written: Written) -> tuple[str, int | None]:
    """The name of the series and the number of the part: "" and None where they are not given."""
    value = written.values.get("series")
    if value is None or value is False:
        return "", None
    if isinstance(value, str | int | float):
        return _name(reader, written, written.origin("series").written(value)), None
    if not isinstance(value, dict):
        reader.wrong(written, "series", "is a list, not the name of one", _HINT)
        return "", None
    return _mapped(reader, written, value)


def _mapped(reader: Reader, written: Written, value: Mapping[str, Any]) -> tuple[str, int | None]:
    origin = written.origin("series")
    for key in value:
        if key not in SERIES_KEYS:
            hint = did_you_mean(str(key), SERIES_KEYS)
            reader.problems.tolerate(origin.at(key).problem(f"`series`: there is no `{key}` in it", hint))
    name, part = value.get("name"), value.get("part")
    if name is None or not isinstance(name, str | int | float):
        reader.wrong(written, "series", "has no `name`", _HINT)
        return "", None
    if part is not None and (not isinstance(part, int) or isinstance(part, bool) or part < 1):
        message = "`series.part`: is not a whole number from 1"
        reader.problems.tolerate(origin.at("part").problem(message, "without it the dates tell the order"))
        part = None
    return _name(reader, written, origin.at("name").written(name)), part


def _name(reader: Reader, written: Written, text: str) -> str:
    name = " ".join(text.split())
    return name if is_fit(reader, written, "series", name) else ""


def check_parts(site: Site, problems: Problems) -> None:
    """Two posts cannot be the same part of a series: the older one is."""
    seen: dict[tuple[str, str, int], Post] = {}
    for post in reversed(site.posts):
        if not post.series or post.part is None:
            continue
        lang = site.edition_of(post).config.lang
        first = seen.setdefault((lang, term_slug(post.series), post.part), post)
        if first is not post:
            origin = given_of(post, "series")[0].at.at("part")
            message = f'part {post.part} of "{post.series}" is {first.path}, too'
            problems.tolerate(origin.problem(message, "give one of them another number, or none"))
