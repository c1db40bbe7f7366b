"""The schemas let through what the readers take, and refuse what they refuse, as far as one value can tell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sitegen.config import Config
from sitegen.content.assemble import assemble
from sitegen.content.documents import FRONT_MATTER_KEYS
from sitegen.errors import Problems
from sitegen.forms.reading.keys import FIELD_KEYS, FORM_KEYS
from sitegen.marked import Origin
from sitegen.schemas import schema
from sitegen.settings import SETTINGS, Setting
from sitegen.settings.kinds import Wrong

FRONT_MATTER = Draft202012Validator(schema("front-matter"))
CONFIG = Draft202012Validator(schema("config"))
ROWS = {setting.name: setting for setting in SETTINGS}

BYTES = ("page", "html", "css", "js", "images", "fonts")

TAKEN: Mapping[str, tuple[Any, ...]] = {
    "title": ("A site", "", 2026, True),
    "description": ("x",),
    "url": ("https://example.org", "HTTP://example.org/", "", "/"),
    "baseurl": ("/blog", "blog/", "", "/", 3),
    "lang": ("en", "pt-BR", "zh-Hant-TW", "de-CH-1996", "es-419", "sr-Latn", "en-x-mine", "x-klingon", "zh-cmn"),
    "timezone": ("UTC", "Europe/Berlin"),
    "author": ("Ada", {"name": "Ada", "email": "x"}, {}, {"name": None}),
    "logo": ("/logo.png",),
    "image": ("/x.png", {"path": "/x.png", "width": 3}),
    "social": ([], "https://example.org/@me", ["mailto:a@b.c"], {"links": ["https://example.org"]}, {}),
    "twitter": ("@ada", "ada", "", {"username": "ada"}, {"username": None}),
    "permalink": ("pretty", "/:title/", 3, ":title"),
    "paginate": (0, 100_000),
    "paginate_path": ("/page:num/", "p:num"),
    "related": (0, 100),
    "outputs": ("posts", ["posts", "404"], []),
    "menu": ([], [{"title": "About", "url": "/about/"}]),
    "languages": ({}, {"de": {}}, {"pt-BR": {"title": "Chá", "menu": [{"title": "x", "url": "/"}], "name": 3}}),
    "exclude": ("x", ["a*", 3], []),
    "drafts": (True, False),
    "future": (True,),
    "expired": (True,),
    "updated": ("git", "front matter"),
    "markdown.engine": ("markdown", "commonmark", "kramdown", "GFM", "CommonMarkGhPages"),
    "markdown.extended": (True, False),
    "shortcodes": (True, False),
    "markdown.anchors": (True, False),
    "markdown.maths": (True, False),
    "search": (True, False),
    "markdown.mermaid": ("/assets/mermaid.min.js", "lib/m.js", ""),
    "liquid": (True, {"error_mode": "warn"}),
    "excerpt_separator": ("<!--more-->", ""),
    "images.sizes": (True, False),
    "images.captions": (True, False),
    "images.variants": (True, False),
    "images.widths": ([720], [16, 8000]),
    "images.kinds": ("avif", ["avif", "webp"], []),
    "images.display": ("100vw",),
    "feed.path": ("/feed.xml", "atom.atom"),
    "feed.posts": (0, 20),
    "feed.content": ("full", "excerpt"),
    "feed.lists": (True, False),
    "defaults": ([], [{"values": {"layout": "x"}}], [{"scope": {"path": "a", "type": "posts"}, "values": {}}]),
    "forms.endpoint": ("https://formspree.io/f/x",),
    "forms.keep": ("6 months", "90 days", "1 year", "2weeks", "forever"),
    "receive.url": ("https://answers.example.org",),
    "receive.rate_limit": ("20/minute", "off"),
    "receive.form_rate_limit": ("300/hour", "off"),
    "receive.keep_spam": ("30 days", "forever"),
    "receive.origins": ([], "https://example.org", ["http://localhost:4000/", "https://[::1]:8443", "null"]),
    "receive.altcha": (True, False),
    "receive.uploads": (True, False),
    "receive.notify": ("me@example.org", ["me@example.org", "you@example.org"], []),
    "receive.notify_each": (True, False),
    "receive.digest": ("08:00", "8:00", "23:59", ""),
    "receive.sender": ("blog@example.org", ""),
    "receive.letters": (True, False),
    "receive.webhook": ("https://example.org/hook",),
    "receive.webhook_internal": (True, False),
    "receive.trusted_proxies": ("10.0.0.0/8", ["::1", "192.168.0.1/16"]),
    "cards.for": ("posts", ["posts", "pages"], []),
    "cards.fonts": (["_fonts/x.ttf"],),
    "cards.colours": ({}, {"ground": "#fff", "accent": "#0b57a4"}),
    "cards.background": ("/x.jpg", ""),
    "assets.fingerprint": (True, False),
    "assets.minify": (True, False),
    "assets.integrity": (True, False),
    "assets.compress": ("gz", ["gz", "br", "zst"], []),
    **{f"budget.{kind}": (0, 150_000, "150 kB", "1.5 MiB") for kind in BYTES},
    "budget.requests": (0, 20),
    "budget.fail": (True, False),
    "check.skip": ("links", ["links", "external"]),
    "extra": ({}, {"a": {"b": 1}}),
}
REFUSED: Mapping[str, tuple[Any, ...]] = {
    "title": ([], {}),
    "description": (["a"],),
    "url": ("example.org", "ftp://example.org", "https://a b", 3, []),
    "baseurl": ("http://x/y", "/a b", "/x?y", []),
    "lang": (["en"], "english", "", 3, True, "e", "en-", "de-DE-DE-DE-DE"),
    "timezone": (3, "", []),
    "author": (["x"], {"name": ["x"]}),
    "logo": ({},),
    "image": ({}, {"path": 3}, []),
    "social": ("nope", ["x"], [["https://example.org"]], {"links": 3}),
    "twitter": ("a b", "@a-b", [], {"username": "a b"}),
    "permalink": ("", "/", [], {}),
    "paginate": (-1, 100_001, "10", True, 1.5),
    "paginate_path": ("/page/", 3),
    "related": (-1, 101, "3", False, 1.5),
    "outputs": ("psots", ["posts", "x"], 3, {}),
    "languages": (3, ["de"], {"german": {}}, {"de": "Tee"}, {"de": {"titel": "x"}}, {"de": {"menu": 3}}),
    "menu": (3, {}, [{"title": "x"}], [{"title": "x", "url": "/", "more": 1}], [{"title": "x", "url": 3}], ["x"]),
    "exclude": (3, [[1]], {}),
    "drafts": ("yes", 1),
    "future": ("true",),
    "expired": ("true",),
    "updated": ("gti", True, 3, []),
    "markdown.engine": ("redcarpet", 3, []),
    "markdown.extended": ("yes", 1),
    "shortcodes": ("yes", 1),
    "markdown.anchors": ("true",),
    "markdown.maths": ("mathml", 1),
    "search": ("mathml", 1),
    "markdown.mermaid": ("https://cdn.example/mermaid.min.js", "/assets/mermaid", 3, True),
    "liquid": ("yes", 3),
    "excerpt_separator": ([],),
    "images.sizes": ("yes", 1),
    "images.captions": ("yes", 1),
    "images.variants": ("yes", 1),
    "images.widths": ([], [15], [8001], 720, ["720"], [True], [1.5]),
    "images.kinds": ("jpeg", ["png"], 3),
    "images.display": ([],),
    "feed.path": ("/feed", 3, ""),
    "feed.posts": ("all", -1),
    "feed.content": ("ful", True),
    "feed.lists": ("no", 1),
    "defaults": (3, [3], [{}], [{"scope": {"path": "x"}}], [{"values": 3}], [{"scope": 3, "values": {}}]),
    "forms.endpoint": ("x",),
    "forms.keep": ("soon", "0 days", "6", "1.5 years", ["1 year"]),
    "receive.url": ("x", ["https://example.org"]),
    "receive.rate_limit": ("many", "0/minute", "1/week", 20),
    "receive.form_rate_limit": ("many", "0/minute", 20),
    "receive.keep_spam": ("off", 30),
    "receive.origins": ("example.org", ["https://example.org/blog"], "https://bücher.example", "*", 3, ["x y"]),
    "receive.altcha": ("yes", 1),
    "receive.uploads": ("yes", 1),
    "receive.notify": ("me", ["me@example.org", "x"], 3, [[]]),
    "receive.notify_each": ("yes", 1),
    "receive.digest": ("8", "24:00", "8 Uhr", ["08:00"]),
    "receive.sender": ("me", 3, ["me@example.org"]),
    "receive.letters": ("yes", 1),
    "receive.webhook": ("example.org", 3),
    "receive.webhook_internal": ("no",),
    "receive.trusted_proxies": ("x", [3]),
    "cards.for": ("tags", [3]),
    "cards.fonts": ([{}],),
    "cards.colours": ({"ground": "red"}, {"sky": "#fff"}, "#fff"),
    "cards.background": (["/x.jpg"],),
    "assets.fingerprint": ("yes", 1),
    "assets.minify": ("yes", 1),
    "assets.integrity": ("sha384", 1),
    "assets.compress": ("zip", ["gz", 3], True),
    **{f"budget.{kind}": ("much", "10 pages", -1, True, ["1 kB"]) for kind in BYTES},
    "budget.requests": (-1, "20", True),
    "budget.fail": ("yes", 1),
    "check.skip": ("nope", ["links", 3]),
    "extra": (3, []),
}

WELL: Mapping[str, tuple[Any, ...]] = {
    "title": ("x", 1984, True, None, ""),
    "card": (False, True),
    "date": ("2026-05-06", "6 May 2026", "May 6, 2026 18:30", None),
    "updated": ("2026-05-06T10:00:00Z",),
    "expires": ("2999-05-06", "6 May 2999 18:30", None),
    "pinned": (True, False, None),
    "layout": ("post", "none", None, False),
    "permalink": ("/x/", 3),
    "slug": ("x", 3),
    "tags": (["a", 1, None], "a b", 3, None, []),
    "categories": (["a"],),
    "series": (
        "A year",
        1984,
        True,
        False,
        "",
        None,
        {"name": "x", "part": 2},
        {"name": 3},
        {"name": "x", "part": None},
    ),
    "related": (True, False, None, []),
    "author": ("Ada", ["Ada", "Bob"], {"name": "Ada"}, 3),
    "authors": (["Ada", {"name": "Bob"}], "Ada", None),
    "description": ("x", 3),
    "excerpt": ("x", ["y"]),
    "excerpt_separator": ("--",),
    "engine": ("markdown", "CommonMark", "GFM", None),
    "image": ("/x.png", {"path": "/x.png"}, []),
    "lang": ("de", "pt-BR", None, ""),
    "published": (True, None),
    "draft": (False,),
    "form": (True, False, None, {}, {"capacity": 12}, "named"),
    "redirect_from": ("/old/", ["/a/", "/b/", None], None),
    "redirect_to": ("/new/", "https://example.org/x", ["/a/"]),
    "menu": (True, "main"),
    "translation_of": ("hello", 3, None),
    "sitemap": (False, "no"),
    "search": (False, "no"),
    "hidden": (True, 3),
    "mine": ({"a": [1]}, None),
}
WRONG: Mapping[str, tuple[Any, ...]] = {
    "title": ([], {}),
    "date": ("soon", [], {}, 20, True),
    "updated": ("soon",),
    "expires": ("soon", [], True),
    "pinned": ("yes", 1),
    "layout": (["post"], {}),
    "permalink": (["/x/"],),
    "slug": ({},),
    "tags": ({}, [["a"]], [{"a": 1}]),
    "categories": ({"a": 1},),
    "series": (
        ["a"],
        {},
        {"part": 2},
        {"name": []},
        {"name": None},
        {"name": "x", "part": 0},
        {"name": "x", "parts": 1},
    ),
    "related": ({}, [{}], [None]),
    "description": ([],),
    "excerpt_separator": ([],),
    "engine": ("redcarpet", 3, [], ""),
    "lang": (["de"], {}, "english", 3, True, "d"),
    "published": ("no", 0),
    "draft": ("yes",),
    "form": (3, []),
    "redirect_from": ({}, [["/a/"]], "/a/?b=c", ["/a/#b"]),
    "redirect_to": ({}, [{}]),
}
FORMS: tuple[Mapping[str, Any], ...] = (
    {"fields": ["name", "email"]},
    {"fields": {"name": None, "email": True, "phone": "tel"}},
    {"fields": {"role": {"type": "select", "options": ["CTO", 2]}, "about": {"type": "checkbox", "options": ["a"]}}},
    {"fields": {"age": {"type": "number", "min": 3, "max": 9.5}, "day": {"type": "date", "min": "2026-01-01"}}},
    {"fields": {"note": {"max_length": 5, "min_length": 0, "label": 3, "hint": None, "value": "x", "required": True}}},
    {
        "fields": {
            "cv": {"type": "file", "accept": [".pdf", "image/*"], "max_size": "2 MB", "max_files": 3},
            "x": "file",
        }
    },
    {"fields": {"cv": {"type": "file", "accept": ".pdf, .png", "max_size": 500_000, "max_files": None}}},
    {"fields": None, "intro": None, "consent": "I agree", "submit": 3, "thanks": "x", "closes": "2026-12-31"},
    {"show_places": False, "members": True},
    {"members": {"name": "name", "about": "message", "label": "Name me"}},
    {"members": None},
    {"endpoint": "https://formspree.io/f/x", "capacity": None, "waitlist": False, "closes": None},
    {"keep": "6 months"},
    {"keep": None},
    {"confirm": True},
)
NO_FORMS: tuple[Mapping[str, Any], ...] = (
    {"feilds": ["name"]},
    {"keep": "soon"},
    {"keep": 90},
    {"confirm": "yes"},
    {"fields": []},
    {"fields": {}},
    {"fields": "name"},
    {"fields": [1]},
    {"fields": {"1name": None}},
    {"fields": {"a b": None}},
    {"fields": {"name": 3}},
    {"fields": {"name": "words"}},
    {"fields": {"name": {"tpye": "text"}}},
    {"fields": {"name": {"type": "words"}}},
    {"fields": {"name": {"type": "select"}}},
    {"fields": {"name": {"type": "radio", "options": []}}},
    {"fields": {"name": {"type": "radio", "options": ["a", "a"]}}},
    {"fields": {"name": {"type": "radio", "options": ["a", ""]}}},
    {"fields": {"name": {"type": "radio", "options": "a"}}},
    {"fields": {"name": {"required": "yes"}}},
    {"fields": {"name": {"required": None}}},
    {"fields": {"name": {"max_length": 0}}},
    {"fields": {"name": {"min_length": -1}}},
    {"fields": {"name": {"min_length": "3"}}},
    {"fields": {"age": {"type": "number", "min": True}}},
    {"fields": {"day": {"type": "date", "min": "soon"}}},
    {"fields": {"name": {"label": []}}},
    {"fields": {"name": {"label": True}}},
    {"fields": {"cv": {"type": "file", "max_size": "big"}}},
    {"fields": {"cv": {"type": "file", "max_size": 0}}},
    {"fields": {"cv": {"type": "file", "max_size": True}}},
    {"fields": {"cv": {"type": "file", "max_files": 21}}},
    {"fields": {"cv": {"type": "file", "accept": ["pdf"]}}},
    {"fields": {"cv": {"type": "file", "accept": 3}}},
    {"intro": ["x"]},
    {"submit": True},
    {"capacity": 0},
    {"waitlist": "no"},
    {"capacity": 1.5},
    {"show_places": "no"},
    {"members": "name"},
    {"members": {"names": "name"}},
    {"capacity": "12"},
    {"closes": "soon"},
    {"closes": 20},
    {"endpoint": "formspree.io/f/x"},
    {"endpoint": 3},
)


def nested(name: str, value: Any) -> dict[str, Any]:
    """`{"feed": {"path": value}}` for `feed.path`."""
    group, _, key = name.rpartition(".")
    return {group: {key: value}} if group else {key: value}


def reads(setting: Setting, value: Any) -> bool:
    try:
        setting.kind.check(value, Origin("sitegen.toml"))
    except Wrong:
        return False
    return True


def problems_of(folder: Path, front: Mapping[str, Any]) -> list[str]:
    """What the reader has against a post of that front matter; JSON is YAML."""
    file = folder / "_posts/2026-01-01-x.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text("---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in front.items()) + "---\n")
    problems = Problems()
    config = Config(folder, folder / "output", forms={"named": (True, Origin(""))})
    assemble(config, problems, now=datetime(2027, 1, 1, tzinfo=UTC))
    return [problem.message for problem in problems.errors]


def cases(table: Mapping[str, tuple[Any, ...]]) -> list[Any]:
    return [pytest.param(name, value, id=f"{name}-{value!r}") for name, values in table.items() for value in values]


@pytest.mark.parametrize("name", ["front-matter", "config"])
def test_they_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def test_every_setting_has_a_shape_and_cases() -> None:
    assert [setting.name for setting in SETTINGS if not setting.kind.shape] == []
    assert set(TAKEN) == set(REFUSED) == set(ROWS)
    assert set(WELL) >= set(FRONT_MATTER_KEYS)


@pytest.mark.parametrize(("name", "value"), cases(TAKEN))
def test_a_setting_that_is_taken(name: str, value: Any) -> None:
    assert reads(ROWS[name], value)
    assert CONFIG.is_valid(nested(name, value))


@pytest.mark.parametrize(("name", "value"), cases(REFUSED))
def test_a_setting_that_is_refused(name: str, value: Any) -> None:
    assert not reads(ROWS[name], value)
    assert not CONFIG.is_valid(nested(name, value))


@pytest.mark.parametrize(("key", "value"), cases(WELL))
def test_front_matter_that_is_taken(tmp_path: Path, key: str, value: Any) -> None:
    assert problems_of(tmp_path, {key: value}) == []
    assert FRONT_MATTER.is_valid({key: value})


@pytest.mark.parametrize(("key", "value"), cases(WRONG))
def test_front_matter_that_is_refused(tmp_path: Path, key: str, value: Any) -> None:
    assert problems_of(tmp_path, {key: value}) != []
    assert not FRONT_MATTER.is_valid({key: value})


@pytest.mark.parametrize("form", FORMS, ids=repr)
def test_a_form_that_is_taken(tmp_path: Path, form: Mapping[str, Any]) -> None:
    assert problems_of(tmp_path, {"form": form}) == []
    assert FRONT_MATTER.is_valid({"form": form})
    assert CONFIG.is_valid({"forms": {"meet": form}})


@pytest.mark.parametrize("form", NO_FORMS, ids=repr)
def test_a_form_that_is_refused(tmp_path: Path, form: Mapping[str, Any]) -> None:
    assert problems_of(tmp_path, {"form": form}) != []
    assert not FRONT_MATTER.is_valid({"form": form})
    assert not CONFIG.is_valid({"forms": {"meet": form}})


def test_every_key_of_a_form_is_in_a_case() -> None:
    asked = [form["fields"] for form in FORMS if isinstance(form.get("fields"), dict)]
    described = [spec for questions in asked for spec in questions.values() if isinstance(spec, dict)]
    assert {key for form in FORMS for key in form} == set(FORM_KEYS)
    assert {key for spec in described for key in spec} == set(FIELD_KEYS)


PLAIN = st.none() | st.booleans() | st.integers(-5, 200_000) | st.text(max_size=8).map(str.strip)
WORDS = st.sampled_from(
    [word for values in (*TAKEN.values(), *REFUSED.values()) for word in values if isinstance(word, str)]
)
VALUES = st.recursive(
    PLAIN | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["path", "name", "links", "username", "title", "url", "scope", "values"]), inner, max_size=3
        )
    ),
    max_leaves=5,
)


@settings(max_examples=400, deadline=None)
@given(value=VALUES.filter(lambda value: value is not None))  # TOML has no such thing
def test_whatever_a_setting_takes_its_schema_lets_through(value: Any) -> None:
    for name, setting in ROWS.items():
        if reads(setting, value):
            assert CONFIG.is_valid(nested(name, value)), name
