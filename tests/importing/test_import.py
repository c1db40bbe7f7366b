"""A Jekyll blog becomes a site of sitegen's: everything is there, at its address, and the blog is as it was."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.build.memory import BuildMemory
from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problems, SiteError
from sitegen.importing.jekyll import import_site, jekyll_site
from sitegen.importing.rehearsal import Rehearsal, rehearse
from sitegen.importing.report import Import
from sitegen.liquid import expanded
from sitegen.markup.bodies import Bodies
from sitegen.model.site import Site
from tests.importing.blogs import MINIMA, ODD, OWN, Files, write
from tests.outputs.sites import NOW

BLOGS = {"own": OWN, "minima": MINIMA, "odd": ODD}


def imported(folder: Path, files: Files) -> tuple[Import, Rehearsal]:
    """The blog in `folder/old`, the site in `folder/new`."""
    return import_site(jekyll_site(write(folder / "old", files)), folder / "new", now=NOW)


def said(report: Import) -> list[str]:
    """All that needs a hand."""
    return [f"{problem.where}: {problem.message}" for group in report.hands for problem in group.problems]


def read(folder: Path) -> Site:
    """Everything in a site, as it is read."""
    return assemble(load_config(folder, patient=True).everything, Problems(lenient=True), now=NOW)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("name", BLOGS)
def test_the_new_site_can_be_built_and_the_old_one_is_as_it_was(tmp_path: Path, name: str) -> None:
    before = tree(write(tmp_path / "old", BLOGS[name]))
    _, rehearsal = imported(tmp_path, BLOGS[name])
    assert rehearsal.errors == ()
    assert tree(tmp_path / "old") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]
    with BuildMemory.blank() as memory:
        assert rehearse(load_config(tmp_path / "new"), memory, now=NOW).errors == ()


@pytest.mark.parametrize("name", BLOGS)
def test_every_file_has_the_address_that_it_had(tmp_path: Path, name: str) -> None:
    imported(tmp_path, BLOGS[name])
    with BuildMemory.blank() as memory:
        old = rehearse(load_config(tmp_path / "old", patient=True), memory, now=NOW)
    with BuildMemory.blank() as memory:
        new = rehearse(load_config(tmp_path / "new"), memory, now=NOW)
    documents = {path for path, target in old.targets.items() if target.owner in old.site.documents}
    assert documents | {asset.place for asset in old.site.assets} <= new.targets.keys()
    known = [
        {post.url: site.entry_ids[post.path] for post in site.posts if not post.verbatim}
        for site in (old.site, new.site)
    ]
    assert known[1] == known[0]


@pytest.mark.parametrize("name", BLOGS)
def test_every_post_is_what_it_was(tmp_path: Path, name: str) -> None:
    imported(tmp_path, BLOGS[name])
    found = []
    for folder in ("old", "new"):
        site = read(tmp_path / folder)
        bodies = Bodies(replace(site.config, baseurl=""))
        site = expanded(site, bodies, Forgetful(), Problems(lenient=True))
        shown = (post for post in site.posts if not post.verbatim)
        found.append(
            {
                (post.url, post.title): (
                    post.date if post.dated else None,
                    post.slug,
                    post.tags,
                    post.categories,
                    post.draft,
                    post.redirect_from,
                    bodies.of(post).html,
                )
                for post in shown
                if post.title != "Undated"
            }
        )
    assert found[1] == found[0]


class Forgetful:
    def get(self, key: str) -> None:
        return None

    def put(self, key: str, text: str) -> None:
        pass


def test_files_are_the_same_bytes_but_for_what_had_to_be_said(tmp_path: Path) -> None:
    imported(tmp_path, OWN)
    new = tree(tmp_path / "new")
    for path in ("_posts/2019-05-06-first-walk.md", "_posts/2019-06-05-bare.md", "index.html", "_data/birds.yml"):
        assert new[path] == tree(tmp_path / "old")[path]
    assert new["static/images/heron.svg"] == str(OWN["images/heron.svg"]).encode()
    assert new["static/static/old.txt"] == b"In a folder of that name.\n"
    windows = b'---\r\npermalink: "/night walks/2019/06/windows.html"\r\n'
    assert new["_posts/2019-06-06-windows.md"] == windows + tree(tmp_path / "old")["_posts/2019-06-06-windows.md"][5:]
    assert b"date: 2011-03-01 00:00:00 -0500\n" in new["_posts/2011-02-29-leap.md"]
    assert b"title: Late evening\ndate: 2019-05-07 19:30:00 -0400\ncat" in new["_posts/2019-05-07-late-evening.md"]
    assert b"---\ntitle: Hill\ncategories: [walks, steep]\n---\n" in new["_posts/walks/2019-07-01-hill.md"]
    assert new["_posts/2019-06-03-twice.md"] == b"---\ntitle: Twice\nlayout: post\n---\nTwo titles.\n"
    assert b"{% link _pages/walks/map.md %}" in new["_posts/2019-06-09-code.md"]
    assert new["static/css/print.css"] == b"body { color: black }\n"


def test_the_settings(tmp_path: Path) -> None:
    imported(tmp_path, OWN)
    settings = tomllib.loads((tmp_path / "new/sitegen.toml").read_text(encoding="utf-8"))
    assert settings == {
        "title": "Field Notes",
        "description": "What a walk brings home: plants, mostly",
        "url": "https://notes.example",
        "timezone": "America/New_York",
        "author": "Ann Onymous",
        "permalink": "/:categories/:year/:month/:title:output_ext",
        "markdown": {"extended": False, "anchors": False},
        "images": {"sizes": False, "captions": False},
        "liquid": True,
        "paginate": 0,
        "defaults": [
            {"scope": {"type": "posts"}, "values": {"layout": "post", "mood": "calm"}},
            {"scope": {"path": "_pages/walks"}, "values": {"season": "spring"}},
            {"scope": {"path": "_posts/walks"}, "values": {"season": "spring"}},
            {"scope": {"path": "_drafts/walks"}, "values": {"season": "spring"}},
        ],
        "extra": {
            "author": {"name": "Ann Onymous", "email": "ann@notes.example"},
            "forge": "fieldnotes",
            "links": [{"name": "Home", "url": "/"}, {"name": "All", "url": "/all/"}],
        },
    }


@pytest.mark.parametrize(("body", "settings"), [("::x y", {"shortcodes": False}), (" ::x", {}), ("Text.", {})])
def test_what_could_be_a_shortcode_stays_text(tmp_path: Path, body: str, settings: dict[str, bool]) -> None:
    imported(tmp_path, {"_config.yml": "", "_posts/2019-01-02-x.md": f"---\ntitle: X\n---\n{body}\n"})
    found = tomllib.loads((tmp_path / "new/sitegen.toml").read_text(encoding="utf-8"))
    assert {key: value for key, value in found.items() if key == "shortcodes"} == settings


def test_what_needs_a_hand_is_told_by_its_place(tmp_path: Path) -> None:
    report, _ = imported(tmp_path, OWN)
    assert said(report) == [
        '_layouts/nothing-such.html: there was no layout "nothing-such" (_posts/2019-06-08-no-layout.md names it): '
        "it is sitegen's `post` now",
        "_posts/2019-06-10-foreign.md:4: there is no Liquid tag `picture`; its text stays",
        "css/main.scss: sitegen makes no style sheets of Sass",
    ]
    assert report.left == (".gitignore", "Gemfile", "Makefile", "_plugins/", "_sass/", "_sketches/")
    text = (tmp_path / "new/IMPORT.md").read_text(encoding="utf-8")
    assert all(f"- `{line.split(': ')[0]}`: " in text for line in said(report))


def test_front_matter_that_nobody_can_read_is_kept_as_a_remark(tmp_path: Path) -> None:
    broken = "---\ntitle: a: b\n---\nText.\n"
    report, rehearsal = imported(tmp_path, {"_config.yml": "{}", "_posts/2020-01-01-a.md": broken})
    assert rehearsal.errors == ()
    text = (tmp_path / "new/_posts/2020-01-01-a.md").read_text()
    assert "\n# title: a: b\n---\nText.\n" in text
    assert said(report) == ["_posts/2020-01-01-a.md: a colon inside unquoted text"]
    assert report.changed == () or [group.name for group in report.changed] == [
        "Front matter, so that all stays what it was"
    ]


def test_layouts_are_converted_and_includes_go_to_who_asks_for_them(tmp_path: Path) -> None:
    imported(tmp_path, {**OWN, **ODD, "_config.yml": "title: x\n"})
    new = tree(tmp_path / "new")
    assert new["_includes/both.html"] == str(ODD["_includes/both.html"]).encode()
    assert b"layouts/both.html" in new["_layouts/dish.html"]
    assert b"{%" in new["_includes/layouts/both.html"] or b"{{" in new["_includes/layouts/both.html"]
    assert "_includes/unused.html" not in new


def test_a_layout_that_does_not_work_waits_and_the_packaged_one_stands_in(tmp_path: Path) -> None:
    files = {
        "_config.yml": "{}",
        "_posts/2020-01-01-a.md": "---\nlayout: post\n---\nText.\n",
        "_layouts/post.html": "<h1>{{ page.title }}</h1>{% include endless.html %}{{ content }}",
        "_includes/endless.html": "{% include endless.html %}",
    }
    report, rehearsal = imported(tmp_path, files)
    assert rehearsal.errors == ()
    assert any(line.startswith("_unfinished/") and "without end" in line for line in said(report))
    assert not (tmp_path / "new/_includes/endless.html").exists()


def test_what_could_not_be_converted_is_told_and_the_rest_works(tmp_path: Path) -> None:
    files = {
        "_config.yml": "{}",
        "_posts/2020-01-01-a.md": "---\nlayout: post\n---\nText.\n",
        "_layouts/post.html": "<h1>{{ page.title }}</h1>\n{% nothing_such %}{{ content }}",
    }
    report, rehearsal = imported(tmp_path, files)
    assert rehearsal.errors == ()
    assert [line.split(": ")[0] for line in said(report)] == ["_layouts/post.html:2"]
    assert "<h1>{{ page.title }}</h1>" in (tmp_path / "new/_layouts/post.html").read_text()


def test_own_layouts_show_the_posts(tmp_path: Path) -> None:
    from sitegen.build import build

    imported(tmp_path, OWN)
    build(load_config(tmp_path / "new"), now=NOW)
    page = (tmp_path / "new/output/2019/05/first-walk.html").read_text(encoding="utf-8")
    assert "<p>6 May 2019 on river, early morning</p>" in page
    assert '<a href="/all/">All</a>' in page
    assert "At fieldnotes" in page


def test_with_a_paginated_page(tmp_path: Path) -> None:
    index = "---\n---\n{% for post in paginator.posts %}{{ post.title }}{% endfor %}\n"
    report, _ = imported(tmp_path, {"_config.yml": "paginate: 2\n", "index.html": index})
    assert said(report) == [
        "index.html:3: this makes the first index page; those that follow are made by the layout `home`"
    ]


def test_links_out_of_the_old_site_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"secret.md": "---\ntitle: Secret\n---\nMine.\n", "folder/secret.txt": "Mine.\n"})
    old = write(tmp_path / "old", {"_config.yml": "{}", "_posts/2020-01-01-a.md": "A.\n", "in.txt": "in\n"})
    (old / "_posts/2020-01-02-b.md").symlink_to(tmp_path / "secret.md")
    (old / "folder").symlink_to(tmp_path / "folder")
    (old / "loop").symlink_to(old)
    (old / "inside.txt").symlink_to(old / "in.txt")
    report, _ = imported(tmp_path, {})
    assert not any(b"Mine" in content for content in tree(tmp_path / "new").values())
    assert (tmp_path / "new/static/inside.txt").read_text() == "in\n"
    assert not (tmp_path / "new/static/inside.txt").is_symlink()
    assert [line for line in said(report) if "_posts" in line or "folder" in line] == [
        "_posts/2020-01-02-b.md: a link that leads out of the site; it is not followed",
        "folder: a link that leads out of the site; it is not followed",
    ]


@pytest.mark.parametrize(
    ("dest", "message"),
    [
        ("full", "this folder is not empty"),
        ("file", "there is something already"),
        ("old/new", "the new site would be part of the old one"),
        (".", "the old site would be part of the new one"),
        ("link", "there is something already"),
    ],
)
def test_where_a_new_site_cannot_be(tmp_path: Path, dest: str, message: str) -> None:
    write(tmp_path, {"full/a.txt": "a", "file": "b", "old/_config.yml": "{}"})
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SiteError, match=message):
        import_site(jekyll_site(tmp_path / "old"), tmp_path / dest, now=NOW)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    imported(tmp_path, MINIMA)
    assert (tmp_path / "new/sitegen.toml").is_file()


def test_what_is_no_jekyll_site(tmp_path: Path) -> None:
    write(tmp_path, {"ours/sitegen.toml": "", "none/a.md": ""})
    with pytest.raises(SiteError, match="already"):
        jekyll_site(tmp_path / "ours")
    with pytest.raises(SiteError, match="there is no _config"):
        jekyll_site(tmp_path / "none")


def test_two_folders_that_become_one(tmp_path: Path) -> None:
    files = {
        "_config.yml": "{}",
        "_posts/a/2020-01-01-x.md": "---\ntitle: Below\n---\nBelow.\n",
        "a/_posts/2020-01-01-x.md": "---\ntitle: Above\n---\nAbove.\n",
    }
    imported(tmp_path, files)
    assert {(post.title, post.url, post.categories) for post in read(tmp_path / "new").posts} == {
        ("Below", "/2020/01/01/x.html", ()),
        ("Above", "/a/2020/01/01/x.html", ("a",)),
    }


def test_two_files_that_become_one_are_both_kept(tmp_path: Path) -> None:
    files = {
        "_config.yml": "url: https://example.org\nmarkdown_ext: md,text\n",
        "about.md": "---\ntitle: One\npermalink: /one/\n---\nOne.\n",
        "about.text": "---\ntitle: Two\npermalink: /two/\n---\nTwo.\n",
        "_posts/2020-01-01-x.md": "---\npermalink: /x-one/\n---\nOne.\n",
        "_posts/2020-01-01-x.text": "---\npermalink: /x-two/\n---\nTwo.\n",
    }
    imported(tmp_path, files)
    site = read(tmp_path / "new")
    assert {one.url for one in site.documents.values()} == {"/one/", "/two/", "/x-one/", "/x-two/"}
