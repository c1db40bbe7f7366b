"""Places and members on the pages of calls, as `_data/calls.json` has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.outputs.sites import Built, build_site, post

PAGE = "join/a/index.html"
FORM = "{capacity: 12, members: {about: message}}"


def site(tmp_path: Path, calls: Any, form: str = FORM, receive: str = "https://answers.example") -> Built:
    files = {
        "_posts/2026-05-06-a.md": post(title="A", form=form),
        "_posts/2026-05-06-b.md": post(title="B", form="true"),
        "_data/calls.json": json.dumps(calls),
        "sitegen.toml": f'url = "https://example.org"\nreceive.url = "{receive}"\n',
    }
    return build_site(tmp_path, files)


def test_places_are_said_where_they_are_known(tmp_path: Path) -> None:
    built = site(tmp_path, {"a": {"taken": 9, "waitlist": 0}})
    words = "9 of 12 places taken"
    found = {path: built[path].count(f">{words}") for path in (PAGE, "2026/05/06/a/index.html", "join/index.html")}
    assert found == {PAGE: 2, "2026/05/06/a/index.html": 2, "join/index.html": 1}
    assert built[PAGE].count('data-places="https://answers.example/f/a/places"') == 2
    assert built[PAGE].count("aria-live") == 1


def test_what_is_published_anew_is_built_anew(tmp_path: Path) -> None:
    site(tmp_path, {"a": {"taken": 9, "members": [{"name": "Ada"}]}})
    built = site(tmp_path, {"a": {"taken": 8}})
    assert all("8 of 12" in built[path] and "Ada" not in built[path] for path in (PAGE, "2026/05/06/a/index.html"))


def test_all_places(tmp_path: Path) -> None:
    assert ">All 12 places taken." in site(tmp_path, {"a": {"taken": 13}})[PAGE]


@pytest.mark.parametrize(("taken", "words"), [(0, "The place is free."), (1, "The place is taken.")])
def test_the_only_place(tmp_path: Path, taken: int, words: str) -> None:
    assert f">{words}<" in site(tmp_path, {"a": {"taken": taken}}, "{capacity: 1}")[PAGE]


@pytest.mark.parametrize(
    ("taken", "waitlist", "full"), [(12, "false", True), (11, "false", False), (12, "true", False)]
)
def test_a_call_that_takes_nobody_any_more_says_so(tmp_path: Path, taken: int, waitlist: str, full: bool) -> None:
    built = site(tmp_path, {"a": {"taken": taken}}, f"{{capacity: 12, waitlist: {waitlist}}}")
    assert all((">Full</span>" in built[path]) == full for path in (PAGE, "join/index.html"))
    note = built[PAGE].partition('<p class="note"')[2].partition(">")[0]
    assert ("hidden" not in note and "data-full" in note) == full


@pytest.mark.parametrize(("lang", "marked"), [("it", True), ("en-GB", False)])
def test_english_words_on_a_page_in_another_language_are_marked(tmp_path: Path, lang: str, marked: bool) -> None:
    files = {"_posts/2026-05-06-a.md": post(title="A", form=FORM, lang=lang)}
    page = build_site(tmp_path, {**files, "sitegen.toml": 'receive.url = "https://a.example"\n'})[PAGE]
    for words in ('class="privacy"', 'class="flag open" data-open', "<span data-open", '<button type="submit"'):
        assert (f'{words} lang="en" dir="ltr">' in page) == marked


NOTHING: list[Any] = [{}, [], None, {"a": None}, {"a": []}, {"a": {}}]


@pytest.mark.parametrize("calls", [*NOTHING, *({"a": {"taken": taken}} for taken in ("9", True, -1, None, 1.5))])
def test_what_is_not_known_is_not_said(tmp_path: Path, calls: Any) -> None:
    page = site(tmp_path, calls)[PAGE]
    assert ">12 places<" in page and ">There are 12 places.<" in page
    assert "Who is in" not in page


@pytest.mark.parametrize(
    "form", ["{capacity: 12, show_places: false}", "{capacity: 12, endpoint: 'https://formspree.io/f/abcdwxyz'}"]
)
def test_what_is_not_shown_is_not_said(tmp_path: Path, form: str) -> None:
    page = site(tmp_path, {"a": {"taken": 9, "members": [{"name": "Ada"}]}}, form)[PAGE]
    assert "places taken" not in page and "data-places" not in page and "Ada" not in page


def test_without_a_receiver_nobody_is_asked(tmp_path: Path) -> None:
    page = site(tmp_path, {"a": {"taken": 9}}, receive="")[PAGE]
    assert "9 of 12 places taken" in page and "data-places" not in page


def test_the_page_says_that_something_is_shown(tmp_path: Path) -> None:
    assert "What you let this page show, everybody can see." in site(tmp_path, {})[PAGE]


def test_members_are_text(tmp_path: Path) -> None:
    members = [{"name": "<script>", "about": '"><img onerror=y>'}, {"name": "{{ 7 * 7 }}"}, {"about": "nobody"}, "x"]
    page = site(tmp_path, {"a": {"members": members}})[PAGE]
    assert "<strong><bdi>&lt;script&gt;</bdi></strong> <span><bdi>&#34;&gt;&lt;img onerror=y&gt;</bdi></span>" in page
    assert "<bdi>{{ 7 * 7 }}</bdi>" in page
    assert "nobody" not in page
    assert "Who is in" not in site(tmp_path, {"a": {"members": []}})[PAGE]
