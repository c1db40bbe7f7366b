"""Tags and categories in all the ways that they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outputs.sites import build_site, post

BOTH = {"tags": "x y", "tag": "one two", "categories": "[a]", "category": "b c"}


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("[a b, c]", ("a b", "c")),
        ("a b a", ("a", "b")),
        ("1.10", ("1.10",)),
        ("[yes, 007, ~, '']", ("yes", "007")),
        ("", ()),
    ],
)
def test_a_list_or_words(tmp_path: Path, written: str, tags: tuple[str, ...]) -> None:
    site = build_site(tmp_path, {"_posts/2020-01-01-x.md": post(tags=written)})
    assert site.report.site.posts[0].tags == tags


def test_the_plural_key_goes_first(tmp_path: Path) -> None:
    (found,) = build_site(tmp_path, {"_posts/2020-01-01-x.md": post(**BOTH)}).report.site.posts
    assert (found.tags, found.categories) == (("x", "y"), ("a",))


def test_jekyll_reads_one_tag_and_both_kinds_of_categories(tmp_path: Path) -> None:
    files = {"_config.yml": "title: T\n", "_posts/2020-01-01-x.md": post(**BOTH)}
    (found,) = build_site(tmp_path, files).report.site.posts
    assert (found.tags, found.categories) == (("one two",), ("a", "b c"))
    assert [given.at.line for given in found.given["categories"]] == [4, 5]


def test_a_default_and_the_other_key(tmp_path: Path) -> None:
    config = "defaults:\n  - scope: {path: ''}\n    values: {tag: general, category: news}\n"
    files = {"_config.yml": config, "_posts/2020-01-01-x.md": post(tags="own words", categories="mine")}
    (found,) = build_site(tmp_path, files).report.site.posts
    assert (found.tags, found.categories) == (("general",), ("mine", "news"))
