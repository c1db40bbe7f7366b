"""What Jekyll makes of front matter, of defaults and of names: addresses, dates, categories."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import Problems
from sitegen.model.content import Post
from tests.liquid.sites import run


def read(root: Path, config: str, text: str, path: str = "_posts/2020-01-02-x.md") -> tuple[Post, Problems]:
    """The one post of a site, and what is told."""
    site, problems = run(root, {"_config.yml": config, path: text})
    (post,) = site.posts
    return post, problems


DEFAULTS = """permalink: /:categories/:title
defaults:
- {scope: {path: _posts/deep}, values: {kind: deep, layout: a}}
- {scope: {path: ""}, values: {kind: all, categories: one two, layout: b, more: {x: 1, y: 2}}}
- {scope: {path: _posts/de, type: posts}, values: {kind: begins, more: {y: 3}}}
- {scope: {path: _posts/de}, values: {kind: untyped}}
"""


@pytest.mark.parametrize(
    ("path", "front", "kind", "url"),
    [
        ("_posts/2020-01-02-x.md", "", "all", "/one/two/x"),
        ("_posts/deep/2020-01-02-x.md", "", "deep", "/one/two/x"),
        ("_posts/dead/2020-01-02-x.md", "", "begins", "/one/two/x"),
        ("_posts/dead/2020-01-02-x.md", "kind: own", "own", "/one/two/x"),
        ("_posts/dead/2020-01-02-x.md", "kind:", "begins", "/one/two/x"),
        ("_posts/2020-01-02-x.md", "categories: [two, 3]", "all", "/one/two/3/x"),
        ("a/_posts/2020-01-02-x.md", "category: c", "all", "/a/one/two/c/x"),
        ("_posts/2020-01-02-x.md", "categories:", "all", "/one/two/x"),
    ],
)
def test_defaults(tmp_path: Path, path: str, front: str, kind: str, url: str) -> None:
    post, _ = read(tmp_path, DEFAULTS, f"---\n{front}\n---\n", path)
    assert (post.front["kind"], post.url) == (kind, url)
    assert post.front["more"] == {"x": 1, "y": 3 if kind in ("begins", "own") else 2}


def test_a_scope_is_compared_with_the_strongest_so_far(tmp_path: Path) -> None:
    """One that is weaker goes below all others."""
    scopes = (("_posts", "k"), ("_posts/a/b", "other"), ("_posts/a", "k"))
    rows = "".join(f"- {{scope: {{path: {path}}}, values: {{{key}: {path}}}}}\n" for path, key in scopes)
    post, _ = read(tmp_path, f"defaults:\n{rows}", "", "_posts/a/b/2020-01-02-x.md")
    assert post.front == {"k": "_posts", "other": "_posts/a/b"}


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("/:title/", "/It's-v1.0-Zoë/"),
        ("/:slug/", "/it-s-v1-0-zoë/"),
        ("/:name/", "/2020-01-02-it-s-v1-0-zoë/"),
        ("/:path", "/a/b/2020-01-02-It's--v1.0%-Zoë"),
        ("/:collection/:title", "/posts/It's-v1.0-Zoë"),
        (":month_:day/x", "/01_02/x"),
        ("./:title:output_ext", "/It's-v1.0-Zoë.html"),
    ],
)
def test_placeholders(tmp_path: Path, pattern: str, address: str) -> None:
    path = "a/_posts/b/2020-01-02-It's--v1.0%-Zoë.md"
    post, problems = read(tmp_path, f"permalink: '{pattern}'\n", "", path)
    assert post.url == address.replace("%", "%25").replace("ë", "%C3%AB")
    assert not [problem for problem in problems if problem.severity != "note"]


def test_dots_in_a_name_lead_nowhere(tmp_path: Path) -> None:
    post, problems = read(tmp_path, "", "", "_posts/2020-01-02-wait...what.md")
    assert post.url == "/2020/01/02/wait/.what.html"
    assert not [problem for problem in problems if problem.severity != "note"]


@pytest.mark.parametrize(
    ("front", "date"),
    [
        ("2020-03-03 23:30:00", "2020-03-03T18:30:00-05:00"),
        ("'2020-03-03 23:30:00'", "2020-03-03T23:30:00-05:00"),
        ("2020-03-03 23:30", "2020-03-03T23:30:00-05:00"),
        ("2020-03-03 23:30:00 +100", "2020-03-03T08:30:00-05:00"),
        ("2020-03-03 23:30 (perhaps)", "2020-03-03T23:30:00-05:00"),
        ("Tue Mar  3 10:00:00 PST 2020", "2020-03-03T13:00:00-05:00"),
        ("2020-02-30", "2020-03-01T00:00:00-05:00"),
        ("soon", "2020-01-02T00:00:00-05:00"),
    ],
)
def test_dates(tmp_path: Path, front: str, date: str) -> None:
    post, problems = read(tmp_path, "timezone: America/New_York\n", f"---\ndate: {front}\n---\n")
    assert post.date.isoformat() == date
    told = [problem.message for problem in problems if problem.severity == "warning"]
    assert bool(told) == (front in ("2020-02-30", "soon"))


@pytest.mark.parametrize(("name", "year"), [("99-1-6", 1999), ("20-1-6", 2020), ("0999-1-6", 999)])
def test_short_years(tmp_path: Path, name: str, year: int) -> None:
    assert read(tmp_path, "", "", f"_posts/{name}-x.md")[0].date.year == year


@pytest.mark.parametrize(
    ("front", "title"),
    [("title: a: b", "X y"), ("- a", "X y"), ("title: [a", "X y"), ("title: &a b", "b"), ("title: !a b", "b")],
)
def test_front_matter_that_is_no_yaml_counts_as_none(tmp_path: Path, front: str, title: str) -> None:
    post, problems = read(tmp_path, "", f"---\n{front}\n---\nbody\n", "_posts/2020-01-02-x-y.md")
    assert (post.title, post.url, post.body) == (
        title.title() if title == "X y" else title,
        "/2020/01/02/x-y.html",
        "body\n",
    )
    assert [problem.line for problem in problems if problem.severity == "warning"] == ([] if title == "b" else [2])


def test_what_is_published(tmp_path: Path) -> None:
    posts = {
        f"_posts/2020-01-0{at}-x.md": f"---\n{front}\n---\n"
        for at, front in enumerate(("published:", "published: false", "published: true", "draft: true"), 1)
    }
    site, _ = run(tmp_path, {"_config.yml": "", **posts})
    assert [(post.date.day, post.draft) for post in site.posts] == [(4, False), (3, False)]


def test_the_title_is_the_files_and_not_the_slugs(tmp_path: Path) -> None:
    assert read(tmp_path, "", "---\nslug: other\n---\n")[0].title == "X"
