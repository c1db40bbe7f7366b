"""Who gave each value of a post or page."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.explain.asking import ask, value, write
from tests.outputs.sites import post

JEKYLL = """title: T
author: Ada
permalink: /:categories/:title/
defaults:
  - scope: {path: ""}
    values: {lang: en-GB}
  - scope: {path: films}
    values:
      layout: page
      image: /reel.png
"""
NIGHT = """---
title: The night
category: Late shows
tags: film night
last_modified_at: 2026-01-05 12:30:15 +0200
excerpt: In short.
---
Long.
"""


@pytest.fixture
def night(tmp_path: Path) -> Path:
    write(tmp_path, {"_config.yml": JEKYLL, "films/horror/_posts/2026-01-02-The-Night.md": NIGHT})
    return tmp_path


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("title", ("The night", "front matter films/horror/_posts/2026-01-02-The-Night.md:2")),
        ("date", ("2026-01-02 00:00+00:00", "file name")),
        ("updated", ("2026-01-05 10:30:15+00:00", "front matter films/horror/_posts/2026-01-02-The-Night.md:5")),
        ("slug", ("The-Night", "file name")),
        ("permalink", ("/:categories/:title/", "configuration _config.yml:3")),
        ("url", ("/films/horror/late%20shows/The-Night/", "made by the permalink")),
        ("layout", ("page", "defaults _config.yml:9")),
        ("tags", ("film, night", "front matter films/horror/_posts/2026-01-02-The-Night.md:4")),
        ("author", ("Ada", "configuration _config.yml:2")),
        ("lang", ("en-GB", "defaults _config.yml:6")),
        ("description", ("Long.", "the beginning of the text")),
        ("excerpt", ("In short.", "front matter films/horror/_posts/2026-01-02-The-Night.md:6")),
        ("image", ("/reel.png", "defaults _config.yml:10")),
    ],
)
def test_a_post_from_jekyll(night: Path, name: str, wanted: tuple[str, ...]) -> None:
    assert value(ask(night, "the-night"), name) == wanted


def test_categories_are_of_folders_and_of_front_matter(night: Path) -> None:
    text, *givers = value(ask(night, "the-night"), "categories")
    assert text == "films, horror, Late shows"
    assert givers == ["folders", "front matter films/horror/_posts/2026-01-02-The-Night.md:3"]


def test_each_value_is_told_once(night: Path) -> None:
    names = [one.name for one in ask(night, "the-night").values]
    assert len(names) == len(set(names)) and not {"category", "last_modified_at"} & set(names)


def test_a_bare_post(tmp_path: Path) -> None:
    found = ask(tmp_path, "hello-you", {"_posts/2026-01-02-hello-you.md": "Words.\n\nMore.\n"})
    assert value(found, "title") == ("Hello You", "file name")
    assert value(found, "permalink") == ("/:year/:month/:day/:title/", "sitegen")
    assert value(found, "layout") == ("post", "sitegen")
    assert value(found, "lang") == ("en", "sitegen")
    assert value(found, "excerpt") == ("Words.", "the first paragraph")
    assert value(found, "tags") == value(found, "author") == ("",)


@pytest.mark.parametrize(
    ("front", "names"),
    [
        ({"authors": "[Ann, {name: Bo}]"}, "Ann, Bo"),
        ({"author": "[jane, Ann]", "authors": "Bo"}, "Jane Doe, Ann"),
    ],
)
def test_those_who_wrote_it_and_where_that_is_said(tmp_path: Path, front: dict[str, str], names: str) -> None:
    files = {"_data/authors.yml": "jane: {name: Jane Doe}\n", "_config.yml": "author: Site\n"}
    found = ask(tmp_path, "x", {**files, "_posts/2026-01-02-x.md": post(**front)})
    assert value(found, "author") == (names, "front matter _posts/2026-01-02-x.md:2")
    assert "authors" not in [one.name for one in found.values]


def test_what_the_front_matter_says_itself(tmp_path: Path) -> None:
    front = {"date": "2026-01-02 18:30", "slug": "sea", "permalink": "/at/:title/", "lang": "de", "tag": "blue sea"}
    found = ask(tmp_path, "_posts/x.md", {"_posts/x.md": post("One.\n\n<!--more-->\n\nTwo.", **front)})
    lines = {name: value(found, name)[-1] for name in ("date", "slug", "permalink", "lang", "tags")}
    assert lines == {
        name: f"front matter _posts/x.md:{line}"
        for line, name in enumerate(("date", "slug", "permalink", "lang", "tags"), 2)
    }
    assert value(found, "title") == ("X", "file name")
    assert value(found, "url")[0] == "/at/sea/" and value(found, "tags")[0] == "blue sea"
    assert value(found, "excerpt") == ("One.", "up to <!--more--> in line 10")


def test_an_undated_post_takes_the_time_of_its_file(tmp_path: Path) -> None:
    write(tmp_path, {"_posts/x.md": "Words."})
    os.utime(tmp_path / "_posts/x.md", (1_600_000_000, 1_600_000_000))
    found = ask(tmp_path, "x")
    assert value(found, "date") == ("2020-09-13 12:26:40+00:00", "file")
    assert value(found, "permalink") == ("/:title/", "sitegen")
    assert [problem.severity for problem in found.problems] == ["note"]


def test_an_undated_post_takes_the_time_of_its_first_commit(tmp_path: Path) -> None:
    write(tmp_path, {"_posts/x.md": "Words."})
    moment = "2024-05-06T07:08:09Z"
    for words in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x"],
    ):
        dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True, env={**os.environ, **dates})
    assert value(ask(tmp_path, "x"), "date") == ("2024-05-06 07:08:09+00:00", "git")


def test_a_form_of_the_configuration_has_two_givers(tmp_path: Path) -> None:
    config = 'url = "https://x.example"\n[forms.circle]\ncapacity = 12\n'
    found = ask(tmp_path, "x", {"sitegen.toml": config, "_posts/2026-01-02-x.md": post(form="circle")})
    text = "circle, open: name, email, message"
    assert value(found, "form") == (text, "front matter _posts/2026-01-02-x.md:2", "configuration sitegen.toml:2")
    assert found.kind == "post that is a call"


def test_a_page(tmp_path: Path) -> None:
    files = {
        "_pages/about-us.md": "Us.",
        "_pages/b.md": post(title="B", permalink="/be/"),
        "sitegen.toml": 'lang = "fr"',
    }
    found = ask(tmp_path, "/about-us/", files)
    assert (found.kind, found.path) == ("page", "_pages/about-us.md")
    assert value(found, "title") == ("About Us", "file name")
    assert value(found, "url") == ("/about-us/", "file name")
    assert value(found, "lang") == ("fr", "configuration sitegen.toml:1")
    assert value(ask(tmp_path, "/be/"), "url") == ("/be/", "front matter _pages/b.md:3")


def test_the_configuration_in_pyproject(tmp_path: Path) -> None:
    files = {"pyproject.toml": "[tool.sitegen]\nauthor = 'Ada'\n", "_posts/2026-01-02-x.md": "Words."}
    assert value(ask(tmp_path, "x", files), "author") == ("Ada", "configuration pyproject.toml:2")


def test_a_layout_that_there_is_not(tmp_path: Path) -> None:
    files = {"_config.yml": "title: T\n", "_posts/2026-01-02-x.md": post(layout="psot")}
    found = ask(tmp_path, "x", files)
    assert value(found, "layout") == ("post", "sitegen")
    assert [problem.message for problem in found.problems] == ['there is no layout "psot"'] and found.published
