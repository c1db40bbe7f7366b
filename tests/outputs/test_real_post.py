"""The post that the project began with: a title and `layout: posts`, no date, paragraphs indented by four blanks."""

from datetime import UTC, datetime

import pytest

from tests.outputs.sites import build_site

OURS = """---
title: A Circle Of People Who Mend Old Radios
layout: posts
---

First told here - [https://example.org/item?id=1](https://example.org/item?id=1)

    My bench is full & my radios hum, and so I would like to meet others who mend what is older than they are.

    It would be "small".
"""


@pytest.fixture
def text():
    return OURS


def test_it_builds_with_nothing_else_in_the_folder(tmp_path, text):
    site = build_site(tmp_path, {"_posts/the-post.md": text}, now=datetime.now(UTC))
    page = site["the-post/index.html"]
    assert page.count("<pre>") >= 1 and "&amp;" in page
    undated, without_url = site.notices
    assert undated.startswith("_posts/the-post.md: undated") and "add `date: " in undated
    assert without_url.startswith("sitegen.toml: `url` is not set")


def test_one_line_makes_it_a_call(tmp_path, text):
    files = {"_posts/the-post.md": text.replace("layout: posts\n", "layout: posts\nform: true\n")}
    site = build_site(tmp_path, files, now=datetime.now(UTC))
    for page in ("the-post/index.html", "join/index.html", "join/the-post/index.html"):
        assert "<form" in site[page]
