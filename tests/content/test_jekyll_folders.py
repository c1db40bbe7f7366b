"""Where Jekyll's posts may be: `_posts` anywhere, the folders above it being categories."""

from __future__ import annotations

from pathlib import Path

from tests.outputs.sites import build_site, post

JEKYLL = {"_config.yml": "title: T\n"}


def test_folders_above_are_categories(tmp_path: Path) -> None:
    text = post(title="T", categories="extra")
    site = build_site(tmp_path, {**JEKYLL, "movies/horror/_posts/2020-01-02-x.md": text})
    assert "movies/horror/extra/2020/01/02/x.html" in site
    assert site.report.site.posts[0].categories == ("movies", "horror", "extra")


def test_folders_below_are_not(tmp_path: Path) -> None:
    site = build_site(tmp_path, {**JEKYLL, "_posts/sub/2020-01-02-x.md": post()})
    assert "2020/01/02/x.html" in site


def test_what_is_hidden_or_built_or_installed_is_no_source(tmp_path: Path) -> None:
    names = ("output", ".git", "_other", "vendor/bundle", "node_modules/a", "excluded")
    files = {f"{name}/_posts/2020-01-02-x.md": post() for name in names}
    site = build_site(tmp_path, {"_config.yml": "exclude: [excluded]\n", **files, "_posts/2020-01-03-y.md": post()})
    assert [found.slug for found in site.report.site.posts] == ["y"]


def test_elsewhere_only_the_top_counts(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"a/_posts/2020-01-02-x.md": post(), "_posts/2020-01-03-y.md": post()})
    assert [found.slug for found in site.report.site.posts] == ["y"]


def test_a_permalink_that_begins_here(tmp_path: Path) -> None:
    files = {"_config.yml": "permalink: ./:title\n", "_posts/2020-01-02-x.md": post()}
    assert "x.html" in build_site(tmp_path, files)


def test_a_date_with_a_remark(tmp_path: Path) -> None:
    files = {**JEKYLL, "_posts/2020-01-02-x.md": post(date="2020-01-01 (optional)")}
    assert "2020/01/01/x.html" in build_site(tmp_path, files)
