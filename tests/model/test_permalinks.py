"""Permalinks: every placeholder, as Jekyll expands it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sitegen.model.permalinks import Named, expand, is_dated
from sitegen.settings.names import PERMALINK_STYLES

POST = Named(
    "Hello World", "Hello-World", datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC), ("Extra Cat", "b"), "sub/Hello-World"
)


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("/:year/:month/:day/:title/", "/2026/05/06/Hello-World/"),
        ("/:short_year/:i_month/:i_day/:slug", "/26/5/6/hello-world"),
        ("/:short_month/:long_month/:short_day/:long_day", "/May/May/Wed/Wednesday"),
        ("/:w_year/:week/:w_day/:y_day", "/2026/19/3/126"),
        ("/:hour:minute:second/", "/070809/"),
        ("/:categories/:title:output_ext", "/extra-cat/b/Hello-World.html"),
        ("/:collection/:path/", "/posts/sub/Hello-World/"),
        (":month_:day", "/05_06"),
        ("no/slash//twice/", "/no/slash/twice/"),
    ],
)
def test_placeholders(pattern: str, address: str) -> None:
    assert expand(pattern, POST) == address


def test_an_unknown_one_is_named() -> None:
    with pytest.raises(ValueError, match=r"^yaer$"):
        expand("/:yaer/", POST)


def test_jekylls_styles() -> None:
    post = Named("T", "t", POST.date, ("Extra Cat",), "t", jekyll=True)
    assert [expand(pattern, post) for pattern in PERMALINK_STYLES.values()] == [
        "/extra cat/2026/05/06/t.html",
        "/extra cat/2026/05/06/t/",
        "/extra cat/2026/126/t.html",
        "/extra cat/2026/W19/Wed/t.html",
        "/extra cat/t.html",
    ]


def test_which_move_with_the_date() -> None:
    assert is_dated("/:year/:title/")
    assert not is_dated("/blog/:categories/:title/")


@pytest.mark.parametrize(
    ("slug", "address"),
    [("hash-#1", "/hash-1"), ("a--b-", "/a-b"), ("Escape-+ %20[]", "/Escape-+-20"), ("v1.0_x", "/v1.0_x")],
)
def test_jekylls_titles_keep_what_is_pretty(slug: str, address: str) -> None:
    assert expand("/:title", Named("T", slug, POST.date, (), slug, jekyll=True)) == address
