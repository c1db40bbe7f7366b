"""What becomes of the files of a Jekyll site. (`test_jekyll_tree.py` has Jekyll's own word for it.)"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.jekyll_sites import PICTURE, doc
from tests.outputs.sites import build_site

JEKYLL = {"_config.yml": "title: T\n"}


@pytest.mark.parametrize(
    ("style", "file", "url"),
    [
        ("date", "about.html", "/about.html"),
        ("pretty", "about/index.html", "/about/"),
        ("/:title/", "about/index.html", "/about/"),
        ("/:title:output_ext", "about.html", "/about.html"),
        ("/:title", "about.html", "/about"),
    ],
)
def test_pages_follow_the_style_of_the_posts(tmp_path: Path, style: str, file: str, url: str) -> None:
    site = build_site(tmp_path, {"_config.yml": f"permalink: {style}\n", "deep/about.md": doc()})
    assert f"deep/{file}" in site
    assert site.report.site.pages[0].url == f"/deep{url}"


def test_the_style_of_the_posts_alone(tmp_path: Path) -> None:
    config = "permalink: pretty\ncollections: {posts: {permalink: '/:title.html'}}\n"
    site = build_site(tmp_path, {"_config.yml": config, "about.md": doc(), "_posts/2020-01-02-x.md": doc()})
    assert {"about/index.html", "x.html"} <= site.files
    assert site.report.site.posts[0].given["permalink"][0].at.line == 2


@pytest.mark.parametrize(
    ("permalink", "file"),
    [
        ("/a/", "a/index.html"),
        ("a/b", "a/b.html"),
        ("./a.html", "a.html"),
        ("/:path/x/:basename:output_ext", "deep/x/page.html"),
        ("/feed.txt", "feed.txt"),
        ("/100%25/", "100%/index.html"),
    ],
)
def test_permalinks_of_pages(tmp_path: Path, permalink: str, file: str) -> None:
    assert file in build_site(tmp_path, {**JEKYLL, "deep/page.md": doc(permalink=f"'{permalink}'")})


@pytest.mark.parametrize(
    ("path", "file"),
    [("feed.xml", "feed.xml"), ("a/search.json", "a/search.json"), ("main.css", "main.css"), ("Rules", "Rules")],
)
def test_what_is_no_page_for_browsers_has_no_layout(tmp_path: Path, path: str, file: str) -> None:
    body = "\n\n  <a>*x* & {{ site.title }}</a>\n\n"
    site = build_site(tmp_path, {**JEKYLL, path: f"---\n---\n{body}"})
    assert site[file] == "  <a>*x* & T</a>\n\n"


def test_it_has_one_if_it_wants(tmp_path: Path) -> None:
    files = {"_layouts/wrap.html": "<{{ content }}>", "feed.xml": "---\nlayout: wrap\n---\nx"}
    assert build_site(tmp_path, {**JEKYLL, **files})["feed.xml"] == "<x>"


def test_a_whole_document_has_none(tmp_path: Path) -> None:
    whole = "<!-- mine -->\n<!DOCTYPE html>\n<html><title>x</title><body><h1 id='a'>Hi</h1></body></html>"
    site = build_site(tmp_path, {**JEKYLL, "index.html": f"---\n---\n{whole}", "part.html": doc("<p>Part</p>")})
    assert site["index.html"] == whole
    assert "<!doctype html>" in site["part.html"]


def test_no_front_matter_no_page(tmp_path: Path) -> None:
    site = build_site(tmp_path, {**JEKYLL, "README.md": "# Read", "a/b.html": "<p>", "a/c.png": PICTURE})
    assert site["README.md"] == "# Read"
    assert (site.output / "a/c.png").read_bytes() == PICTURE
    assert site.report.site.pages == ()


def test_sass_is_left_out_and_said_so(tmp_path: Path) -> None:
    site = build_site(tmp_path, {**JEKYLL, "css/main.scss": doc("a { b { c: d } }"), "css/plain.scss": "a {}"})
    assert {"css/plain.scss"} == {path for path in site.files if path.startswith("css")}
    assert [notice for notice in site.notices if "Sass" in notice] == [
        "css/main.scss: left out: sitegen makes no style sheets of Sass"
    ]


def test_static_is_there_and_at_the_top(tmp_path: Path) -> None:
    files = {"static/a/b.txt": "1", "static/c.txt": "2", "c.txt": "3"}
    site = build_site(tmp_path, {**JEKYLL, **files})
    assert (site["static/a/b.txt"], site["a/b.txt"]) == ("1", "1")
    assert (site["static/c.txt"], site["c.txt"]) == ("2", "3")
    assert [notice for notice in site.notices if "claims" in notice] == []


@pytest.mark.parametrize("path", ["assets/style.css", "robots.txt", "404.html", "feed.xml", "tags/a/index.html"])
@pytest.mark.parametrize("front", ["", "---\nlayout: null\n---\n"])
def test_the_sites_own_goes_before_ours(tmp_path: Path, path: str, front: str) -> None:
    site = build_site(tmp_path, {**JEKYLL, path: f"{front}mine", "_posts/2020-01-02-x.md": doc(tags="a")})
    assert site[path] == "mine"
    assert [notice for notice in site.notices if "claims" in notice] == []


def test_pages_in_their_folder(tmp_path: Path) -> None:
    """Nobody but us reads `_pages/`, unless `include` names it or it is a collection."""
    files = {"_pages/about.md": doc("Here.")}
    assert "about.html" in build_site(tmp_path / "ours", {**JEKYLL, **files})
    assert "_pages/about.html" in build_site(tmp_path / "theirs", {"_config.yml": "include: [_pages]\n", **files})
    config = {"_config.yml": "collections: {pages: {output: true}}\n"}
    assert "pages/about.html" in build_site(tmp_path / "collected", {**config, **files})


@pytest.mark.parametrize("setting", ["", "destination: ./public\n"])
def test_what_was_built_is_no_source(tmp_path: Path, setting: str) -> None:
    files = {"output/a.txt": "1", "public/b.txt": "2", "_site/c.txt": "3", ".sitegen/d.txt": "4"}
    site = build_site(tmp_path, {"_config.yml": setting, **files}, output=tmp_path / "elsewhere")
    found = {path.name for path in (tmp_path / "elsewhere").rglob("*.txt")}
    assert found == ({"robots.txt"} if setting else {"robots.txt", "b.txt"})
    assert site.report.site.documents == {}


def test_only_so_many_posts(tmp_path: Path) -> None:
    files = {f"_posts/2020-01-0{day}-x.md": doc() for day in (1, 2, 3)}
    site = build_site(tmp_path, {"_config.yml": "limit_posts: 2\n", **files})
    assert [post.date.day for post in site.report.site.posts] == [3, 2]
    assert [(one.path, one.reason) for one in site.report.site.left_out] == [("_posts/2020-01-01-x.md", "too many")]


def test_settings_of_jekylls(tmp_path: Path) -> None:
    config = "show_drafts: true\nfuture: true\nunpublished: true\nkeep_files: [.git]\nexclude: x.md\ninclude: .y\n"
    files = {"_drafts/a.md": doc(date="2020-01-01"), "_posts/2099-01-01-b.md": doc(), "x.md": doc(), ".y": "y"}
    hidden = {"_posts/2020-01-03-c.md": doc(published="false")}
    site = build_site(tmp_path, {"_config.yml": config, **files, **hidden})
    assert {"2020/01/01/a.html", "2099/01/01/b.html", "2020/01/03/c.html", ".y"} <= site.files
    assert "x.html" not in site


@pytest.mark.parametrize(
    "setting", ["limit_posts: many\n", "show_drafts: 3\n", "collections: 3\n", "include: {a: b}\n"]
)
def test_a_wrong_setting_costs_nothing(tmp_path: Path, setting: str) -> None:
    site = build_site(tmp_path, {"_config.yml": setting, "about.md": doc()})
    assert "about.html" in site
    assert any(notice.startswith(f"_config.yml:1: `{setting.split(':')[0]}`") for notice in site.notices)


def test_plugins_that_are_not_ours_are_named_once(tmp_path: Path) -> None:
    config = "title: T\nplugins: [jekyll-feed, jekyll-archives, jekyll-sitemap, jekyll-toc]\n"
    site = build_site(tmp_path, {"_config.yml": config})
    assert [notice for notice in site.notices if "plugins" in notice] == [
        "_config.yml:2: `plugins`: sitegen has nothing of jekyll-archives, jekyll-toc"
    ]


@pytest.mark.parametrize("plugins", ["plugins: [jekyll-feed]\n", "gems: jekyll-feed\n", "plugins: 3\n", "plugins:\n"])
def test_others_are_not(tmp_path: Path, plugins: str) -> None:
    site = build_site(tmp_path, {"_config.yml": plugins})
    assert [notice for notice in site.notices if "nothing of" in notice] == []


def test_odd_files_cost_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/nowhere").symlink_to("gone")
    (tmp_path / "a/out").symlink_to("/etc")
    (tmp_path / "a/latin.md").write_bytes("---\n---\ncaf\xe9".encode("latin-1"))
    (tmp_path / "a/new\nline.txt").write_text("x")
    site = build_site(tmp_path, {**JEKYLL, "a/good.md": doc()})
    assert "a/good.html" in site
    told = {notice.path for notice in site.report.notices if notice.severity == "warning"}
    assert told >= {"a/nowhere", "a/out", "a/latin.md", "a/new\nline.txt"}


def test_the_header_links_to_the_pages_at_the_top(tmp_path: Path) -> None:
    files = {
        "about.md": doc(title="About"),
        "a/deep.md": doc(title="Deep"),
        "a/wanted.md": doc(title="Wanted", menu="true"),
        "x.xml": doc(title="Feed"),
    }
    site = build_site(
        tmp_path, {**JEKYLL, **files, "_layouts/page.html": "{% for l in site.menu %}{{ l.title }} {% endfor %}"}
    )
    assert site["about.html"] == "Wanted About "


def test_of_several_at_one_address_jekylls_last_stays(tmp_path: Path) -> None:
    files = {
        "_posts/2020-01-01-old.md": doc("old", permalink="/x.html"),
        "_posts/2020-01-02-new.md": doc("new", permalink="/x.html"),
        "x.md": doc("page"),
        "x.html": "file",
    }
    site = build_site(tmp_path, {**JEKYLL, **files})
    assert "<p>new</p>" in site["x.html"]
    assert sum("claims the address /x.html" in notice for notice in site.notices) == 4


def test_collections(tmp_path: Path) -> None:
    config = "collections:\n  recipes: {output: true}\n  people: {sort_by: rank}\ndefaults:\n"
    config += "  - {scope: {path: '', type: recipes}, values: {layout: recipe}}\n"
    layout = "{{ page.title }}: {% for p in site.people %}{{ p.title }} {% endfor %}{{ content }}"
    files: dict[str, str | bytes] = {
        "_layouts/recipe.html": layout,
        "_recipes/red-soup.md": doc("Cook."),
        "_recipes/pie.png": PICTURE,
        "_people/al.md": doc(rank="2"),
        "_people/bo.md": doc(rank="1"),
        "_posts/2020-01-02-x.md": doc(
            "{% for r in site.recipes %}{{ r.title }}{% endfor %}{% link _recipes/red-soup.md %}"
        ),
    }
    site = build_site(tmp_path, {"_config.yml": config, **files})
    assert site["recipes/red-soup.html"] == "Red Soup: Bo Al <p>Cook.</p>"
    assert "recipes/pie.png" in site
    assert not [path for path in site.files if "people" in path]
    assert "Red Soup/recipes/red-soup.html" in site["2020/01/02/x.html"]
    assert "/recipes/red-soup.html" in site["sitemap.xml"]


def test_no_link_to_what_has_no_page(tmp_path: Path) -> None:
    files = {"_people/al.md": doc(), "x.md": doc("{% link _people/al.md %}")}
    site = build_site(tmp_path, {"_config.yml": "collections: [people]\n", **files})
    assert any('no file "_people/al.md"' in notice for notice in site.notices)


def test_a_page_without_a_layout_keeps_without_one(tmp_path: Path) -> None:
    """For Jekyll an empty key of a page overrules a default, an empty key of a post does not."""
    files = {
        "_config.yml": "defaults:\n  - scope: {path: ''}\n    values: {layout: page}\n",
        "_layouts/page.html": "WRAP {{ content }}",
        "words.json": '---\nlayout: null\n---\n{"a": 1}\n',
        "other.json": '---\n---\n{"b": 1}\n',
        "_posts/2024-01-01-p.md": "---\nlayout: null\n---\nText.\n",
    }
    site = build_site(tmp_path, files)
    assert site["words.json"].strip() == '{"a": 1}'
    assert site["other.json"].startswith("WRAP")
    assert site["2024/01/01/p.html"].startswith("WRAP")
