"""What posts and pages have in common: front matter with defaults, and the keys that both know."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sitegen.config import Config
from sitegen.content.defaults import with_defaults
from sitegen.content.frontmatter import FrontMatter, read_front_matter
from sitegen.content.readings import Reading
from sitegen.content.sources import Source, read_text
from sitegen.dates import FORMS, parse_moment
from sitegen.digests import digest_of
from sitegen.errors import Problems, RefusedAddress, nearest
from sitegen.forms.reading.keys import FORM
from sitegen.frozen import dataclass
from sitegen.languages import is_known, language_hint, language_of
from sitegen.marked import Origin, text_of
from sitegen.model.content import Doc, LeftOut
from sitegen.model.given import Given, Givens, given_by_setting
from sitegen.model.tongues import placed
from sitegen.settings.kinds import LANGUAGE, Wrong
from sitegen.settings.particular import ENGINE, IMAGE
from sitegen.shapes import DATE, TEXT, TRUTH, Key, either, one_or_more, optional, string, table, text, usually
from sitegen.urls import kept_inside, url_from

_WORDS = optional(one_or_more(optional(TEXT)))
_PEOPLE = usually(one_or_more(TEXT))
_ADDRESS = optional(text("^[^?#]*$"))

SERIES_KEYS: Mapping[str, Key] = {
    "name": Key("the name of the series", TEXT),
    "part": Key(
        "which part the post is, from 1; without it the dates tell", optional({"type": "integer", "minimum": 1})
    ),
}
FRONT_MATTER_KEYS: Mapping[str, Key] = {
    "title": Key("the title; without it the file name tells", optional(TEXT)),
    "date": Key("the date, with or without a time and an offset", optional(DATE)),
    "updated": Key("when the post was last changed (also `last_modified_at`)", optional(DATE)),
    "expires": Key("from when on the post is left out: a day or a moment, as for `date`", optional(DATE)),
    "pinned": Key("`true` keeps the post at the top of the index", optional(TRUTH)),
    "layout": Key("the layout; `none` or `null` for the bare content", optional(TEXT)),
    "permalink": Key("the address, with the placeholders of the setting `permalink`", optional(TEXT)),
    "slug": Key("the word for the address, instead of the file name's", optional(TEXT)),
    "tags": Key("a list, or words split by blanks (also `tag`)", _WORDS),
    "categories": Key("the same for categories (also `category`)", _WORDS),
    "series": Key(
        "the name of the series that it is a part of, or a mapping with `name` and `part`",
        optional(either(TEXT, table(SERIES_KEYS, required=["name"]))),
    ),
    "related": Key("the posts to name below it, or `false` for none", optional(one_or_more(TEXT))),
    "author": Key("who wrote it, or a list of several; a guest as a mapping with `name`", _PEOPLE),
    "authors": Key("the same", _PEOPLE),
    "description": Key("one sentence for search engines, feeds and lists", optional(TEXT)),
    "excerpt": Key("what lists show, instead of the beginning", usually(TEXT)),
    "excerpt_separator": Key("what ends the excerpt in this post", optional(TEXT)),
    "engine": Key("which engine makes HTML of its Markdown, as the setting `markdown.engine`", optional(ENGINE.shape)),
    "image": Key("the picture that a shared page shows", usually(IMAGE.shape)),
    "card": Key("`false` for no social card", usually({"type": "boolean"})),
    "lang": Key("the language, if it is not the site's", optional(either(LANGUAGE.shape, string("^$")))),
    "translation_of": Key(
        "the post or page that says the same in another language, where names do not tell", optional(TEXT)
    ),
    "published": Key("`false` keeps it out of the site", optional(TRUTH)),
    "draft": Key("`true` keeps it out unless drafts are built", optional(TRUTH)),
    "form": Key("makes the post a call: `true`, the name of a form, or a mapping", optional(FORM)),
    "redirect_from": Key("other addresses, one or a list, that lead to it", optional(one_or_more(_ADDRESS))),
    "redirect_to": Key(
        "where its own address leads, if it is no more than that", optional(one_or_more(optional(TEXT)))
    ),
    "menu": Key("on a page: `false` keeps it out of the header", usually(TRUTH)),
    "sitemap": Key("`false` keeps it out of the sitemap", usually(TRUTH)),
    "search": Key("`false` keeps it out of the search", usually(TRUTH)),
    "hidden": Key("`true` keeps it off the index pages", usually(TRUTH)),
}

_ALSO = ("tag", "category", "last_modified_at", "dates")  # Jekyll's, and words of their own


_AS_JSON = json.JSONEncoder(default=str)


@dataclass(frozen=True)
class Written:
    """One file with its front matter: `values` has the defaults merged in, `origins` tells where theirs stand."""

    source: Source
    front: FrontMatter
    values: Mapping[str, Any]
    origins: Mapping[str, Origin]

    def origin(self, key: str) -> Origin:
        """Where a value stands: in the file, or in the configuration's defaults."""
        return self.origins.get(key, self.front.origin).at(key)

    def given(self, key: str) -> Givens:
        """Who gave a value: the file's front matter, or a default."""
        default = self.origins.get(key)
        found = (
            Given("front matter", self.front.origin, (key,)) if default is None else Given("defaults", default, (key,))
        )
        return (found,)

    @property
    def defaulted(self) -> dict[str, Givens]:
        """Who gave the values that the file does not give itself."""
        return {key: self.given(key) for key in self.origins}

    @property
    def digest(self) -> str:
        """Of all front matter, the defaults included."""
        return digest_of(_AS_JSON.encode(self.values))


class Reader:
    """Takes values out of the front matter of one file; those of the wrong kind are problems. `left_out` tells why
    there is no document of it.
    """

    def __init__(self, config: Config, problems: Problems) -> None:
        self.config = config
        self.problems = Problems(lenient=problems.lenient, strict=problems.strict)
        self.left_out: list[LeftOut] = []

    def reading(self, document: Doc | None) -> Reading[Doc]:
        """What it came to."""
        return Reading(document, tuple(self.left_out), tuple(self.problems))

    def written(self, source: Source, kind: str) -> Written | None:
        """The file with its front matter, or None and a problem. `kind` is the scope: posts, pages, drafts."""
        text = read_text(source, self.problems)
        if text is None:
            return None
        front = read_front_matter(text, source.path, self.problems)
        if front is None:
            return None
        self._check_keys(front)
        values, origins = with_defaults(self.config, source.path, kind, front)
        return Written(source, front, values, origins)

    def is_published(self, written: Written) -> bool:
        """Whether the front matter lets it be published; what it keeps back is left out."""
        path, jekyll = written.source.path, self.config.lenient
        empty = jekyll and "published" in written.values and written.values["published"] is None  # is `false` there
        if (empty or not self.truth(written, "published", True)) and not self.config.unpublished:
            self.left_out.append(LeftOut(path, "unpublished", written.origin("published")))
            return False
        if self.truth(written, "draft", False) and not (self.config.drafts or jekyll):  # which knows drafts by folder
            self.left_out.append(LeftOut(path, "draft", written.origin("draft")))
            return False
        return True

    def _check_keys(self, front: FrontMatter) -> None:
        """Any key may stand in front matter; one that is nearly ours is told."""
        for key in front.values:
            if not self.config.lenient and (known := _meant(key)):
                self.problems.note(front.origin.at(key).problem(f"`{key}` means nothing here", f"is it `{known}`?"))

    def text(self, written: Written, key: str) -> str:
        """A text, a number as it was written, or ""."""
        value = written.values.get(key)
        if value is None:
            return ""
        if isinstance(value, str) and key not in written.origins:
            return value.strip()
        try:
            return text_of(value, written.origin(key))
        except ValueError as error:
            self.wrong(written, key, str(error), "write it in one line, in quotes")
            return ""

    def settled(self, written: Written, key: str, otherwise: str, giver: Givens) -> tuple[str, Givens]:
        """A text and who gave it; where it is not given, what stands for it and who gives that."""
        own = self.text(written, key)
        return (own, written.given(key)) if own else (otherwise, giver)

    def or_setting(self, written: Written, key: str) -> tuple[str, Givens]:
        """A text and who gave it: the front matter, or the setting of the same name."""
        return self.settled(written, key, getattr(self.config, key), given_by_setting(self.config, key))

    def truth(self, written: Written, key: str, default: bool) -> bool:
        """A truth value, or the default where it is not given."""
        value = written.values.get(key)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self.wrong(written, key, "is neither true nor false", f"write `{key}: true` or `{key}: false`, without quotes")
        return default

    def layout(self, written: Written, default: str | None) -> str | None:
        """The layout's name; None for the bare content."""
        if "layout" not in written.values:
            return default
        value = written.values["layout"]
        if value is None or value is False or value == "none":
            return None
        return self.text(written, "layout") or default

    def engine(self, written: Written) -> str:
        """The engine of Markdown, or "" for the site's."""
        value = written.values.get("engine")
        try:
            return "" if value is None else str(ENGINE.check(value, written.origin("engine")))
        except Wrong as error:
            self.wrong(written, "engine", str(error), error.hint)
            return ""

    def language(self, written: Written) -> str:
        """The language, or "" for the site's. Where only the hyphen is wrong, it is a warning.

        On a site in several languages the folder or the name of the file tells it, where the front matter does not.
        """
        text = self.text(written, "lang")
        if not text and self.config.languages:
            return placed(self.config, written.source.path)[0]
        tag = language_of(text)
        if self.config.languages and not is_known(tag):
            tag = ""
        if text != tag:
            problem = written.origin("lang").problem(f'`lang`: "{text}" is no language', language_hint(text))
            (self.problems.warn if tag else self.problems.tolerate)(problem)
        return tag

    def prefix(self, written: Written) -> str:
        """What the address of a document begins with because of its language."""
        if not self.config.languages:
            return ""
        found = self.tongue(written)
        return next(self.config.edition(one).prefix for one in self.config.tongues if one.lang == found)

    def tongue(self, written: Written) -> str:
        """Which of the site's languages a document is among."""
        tag = language_of(self.text(written, "lang")) or placed(self.config, written.source.path)[0]
        return self.config.tongue_of(tag)

    def language_given(self, written: Written) -> dict[str, Givens]:
        """Who gave the language, where that is the place of the file."""
        told = "" if self.text(written, "lang") else placed(self.config, written.source.path)[0]
        return {"lang": (Given("file name", Origin(written.source.path)),)} if told else {}

    def moment(self, written: Written, key: str) -> datetime | None:
        """A date in the site's zone, or None where it is not given or is none."""
        value = written.values.get(key)
        if value is None:
            return None
        if isinstance(value, list | dict):
            self.wrong(written, key, f"is a {'list' if isinstance(value, list) else 'mapping'}, not a date", FORMS)
            return None
        text, plain = self.text(written, key), written.origin(key).is_plain
        if not text:
            return None
        try:
            return self.read_moment(text, lambda what: self.wrong(written, key, what, FORMS), yaml=plain)
        except ValueError as error:
            self.wrong(written, key, str(error), FORMS)
            return None

    def read_moment(self, text: str, rolled: Callable[[str], None], *, yaml: bool = False) -> datetime:
        """A moment in the site's zone; on a Jekyll site by Jekyll's rules, where `yaml` has it for a moment already.

        There the 30th of February is a day in March, and `rolled` is told. Raises ValueError for what is no date.
        """
        if not self.config.lenient:
            return parse_moment(text, self.config.zone)
        from sitegen.ruby_dates import find_moment

        found = find_moment(text, self.config.zone, yaml=yaml)
        if found.rolled:
            rolled(f'"{text}" is no day of its month; taken for {found.moment:%Y-%m-%d}')
        return found.moment

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


@cache
def _meant(key: str) -> str:
    """The key that one of another spelling may stand for, or ""."""
    if key in FRONT_MATTER_KEYS or key in _ALSO or len(key) > 40:
        return ""
    near = nearest(key.lower(), FRONT_MATTER_KEYS, 0.8)
    return near if abs(len(near) - len(key)) < 2 else ""
