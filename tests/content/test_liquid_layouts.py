"""A Jekyll site with its own layouts, which are Liquid: the packaged theme stands in for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import SiteError
from sitegen.templates.theme import FOLDER
from tests.outputs.sites import build_site, post

LIQUID = {
    "_layouts/default.html": "<html>{% include head.html %}{{ content }}</html>",
    "_layouts/post.html": "---\nlayout: default\n---\n{% assign day = page.date %}{{ day | date: '%Y' }}{{ content }}",
    "_layouts/essay.html": "---\nlayout: post\n---\n{{ content }}",
    "_includes/head.html": "<title>{{ page.title }}</title>",
    "_includes/note.html": "<b>{{ include.text }}</b>",
}
SITE = {"_config.yml": "url: https://example.org\n", "_posts/2026-05-06-x.md": post(layout="essay", title="A title")}


def test_the_packaged_theme_stands_in(tmp_path: Path) -> None:
    files = {**SITE, **LIQUID, "about.md": post(layout="default", title="About")}
    site = build_site(tmp_path, files)
    for path in ("2026/05/06/x.html", "about.html"):
        assert '<div class="e-content">' in site[path]
        assert "{%" not in site[path]
        assert "assets/style." in site[path]  # the packaged head, not the site's own in Liquid
    assert site.notices == [
        "_layouts: 5 layouts and includes are Liquid, not Jinja: the packaged theme stands in for them"
    ]


def test_posts_include_what_layouts_cannot(tmp_path: Path) -> None:
    body = 'Before {% include note.html text="this" %} after.'
    site = build_site(tmp_path, {**SITE, **LIQUID, "_posts/2026-05-06-x.md": post(body, layout="post")})
    assert "Before <b>this</b> after." in site["2026/05/06/x.html"]


def test_a_layout_in_jinja_counts_beside_them(tmp_path: Path) -> None:
    own = {"_layouts/essay.html": '{% extends "theme/post.html" %}{% block after %}The end.{% endblock %}'}
    assert "The end." in build_site(tmp_path, {**SITE, **LIQUID, **own})["2026/05/06/x.html"]


def test_what_could_be_either_is_jinja(tmp_path: Path) -> None:
    own = {"_layouts/essay.html": "<main>{{ page.title }}: {{ content }}</main>"}
    site = build_site(tmp_path, {**SITE, **own})
    assert site["2026/05/06/x.html"].startswith("<main>A title: ")
    assert site.notices == []


def test_the_layout_default_shows_the_post(tmp_path: Path) -> None:
    site = build_site(tmp_path, {**SITE, "_posts/2026-05-06-x.md": post(layout="default")})
    assert '<div class="e-content">' in site["2026/05/06/x.html"]
    assert site.notices == []


@pytest.mark.parametrize("name", [path.stem for path in sorted((FOLDER / "layouts").glob("*.html"))])
def test_any_name_of_a_packaged_layout_is_one_of_jekylls(tmp_path: Path, name: str) -> None:
    """A theme may have `archive` for a page and `term` for a post: it is built, and shows its text."""
    files = {"about.md": post("Of the page.", layout=name), "_posts/2026-05-06-x.md": post("Of the post.", layout=name)}
    site = build_site(tmp_path, {**SITE, **files, f"_layouts/{name}.html": "{% assign a = 1 %}{{ content }}"})
    assert "Of the page." in site["about.html"]
    assert "Of the post." in site["2026/05/06/x.html"]


def test_strict_is_strict(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="are Liquid"):
        build_site(tmp_path, {**SITE, **LIQUID}, strict=True)


def test_elsewhere_they_are_wrong(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="assign"):
        build_site(tmp_path, {"_layouts/post.html": LIQUID["_layouts/post.html"], "_posts/2026-05-06-x.md": post()})
