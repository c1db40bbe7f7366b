"""Pages that lead from old addresses to new ones, and documents that lead elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sitegen.errors import SiteError
from tests.outputs.sites import build_site, post

CONFIG = {"sitegen.toml": 'url = "https://example.org"\nbaseurl = "/blog"\n'}
NEW = "https://example.org/blog/2020/01/02/new/"


def refresh(page: str) -> str:
    match = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', page)
    assert match is not None
    return match[1]


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/old/", "old/index.html"),
        ("/old", "old.html"),
        ("old", "old.html"),
        ("/old.html", "old.html"),
        ("/a/b/old.php", "a/b/old.php"),
        ("/café/", "café/index.html"),
        ("/caf%C3%A9/", "café/index.html"),
        ("/123", "123.html"),
        ("123", "123.html"),
    ],
)
def test_where_it_is(tmp_path: Path, address: str, file: str) -> None:
    site = build_site(tmp_path, {**CONFIG, "_posts/2020-01-02-new.md": post(redirect_from=address)})
    assert refresh(site[file]) == NEW


def test_what_it_says(tmp_path: Path) -> None:
    files = {"_posts/2020-01-02-new.md": post(title="'A <b>'", lang="fr", redirect_from="/old/")}
    page = build_site(tmp_path, {**CONFIG, **files})["old/index.html"]
    assert '<html lang="fr">' in page
    assert f'<link rel="canonical" href="{NEW}">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert f'<a href="{NEW}">' in page
    assert "<title>Page déplacée : A &lt;b&gt;</title>" in page
    assert "<script" not in page


def test_a_list_of_a_page(tmp_path: Path) -> None:
    files = {"_pages/about.md": post(redirect_from="[/a/, /b.html, ~]")}
    site = build_site(tmp_path, {**CONFIG, **files})
    assert {"a/index.html", "b.html"} <= site.files
    assert json.loads(site["redirects.json"]) == {
        "/a/": "https://example.org/blog/about/",
        "/b.html": "https://example.org/blog/about/",
    }


def test_without_a_host(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"_posts/2020-01-02-new.md": post(redirect_from="/old/")})
    assert refresh(site["old/index.html"]) == "/2020/01/02/new/"


def test_no_list_without_redirects(tmp_path: Path) -> None:
    assert "redirects.json" not in build_site(tmp_path, {"_posts/2020-01-02-new.md": post()})


def test_no_list_where_jekylls_configuration_wants_none(tmp_path: Path) -> None:
    config = {"_config.yml": "redirect_from: {json: false}\n"}
    site = build_site(tmp_path, {**config, "_posts/2020-01-02-new.md": post(redirect_from="/old/")})
    assert "redirects.json" not in site
    assert "old/index.html" in site


def test_a_list_of_the_sites_own_stays(tmp_path: Path) -> None:
    files = {"_posts/2020-01-02-new.md": post(redirect_from="/old/"), "static/redirects.json": "{}"}
    assert build_site(tmp_path, files)["redirects.json"] == "{}"


def test_it_can_be_left_out(tmp_path: Path) -> None:
    config = {"sitegen.toml": 'outputs = ["posts"]\n'}
    site = build_site(tmp_path, {**config, "_posts/2020-01-02-new.md": post(redirect_from="/old/")})
    assert "old/index.html" not in site


@pytest.mark.parametrize("there", ["static/old/index.html", "_pages/old.md", "_posts/2020-01-01-old.md"])
def test_what_is_there_stays(tmp_path: Path, there: str) -> None:
    text = "mine" if there.startswith("static") else post("mine", permalink="/old/")
    files = {there: text, "_posts/2020-01-02-new.md": post(redirect_from="/old/")}
    site = build_site(tmp_path, {**CONFIG, **files})
    assert "mine" in site["old/index.html"]
    assert f"_posts/2020-01-02-new.md:2: `redirect_from`: at that address is {there}, which stays" in site.notices


def test_it_goes_before_what_sitegen_would_make_there(tmp_path: Path) -> None:
    site = build_site(tmp_path, {**CONFIG, "_posts/2020-01-02-new.md": post(redirect_from="/archive/")})
    assert refresh(site["archive/index.html"]) == NEW
    assert not [notice for notice in site.notices if "redirect_from" in notice]


def test_of_two_the_newer_leads(tmp_path: Path) -> None:
    files = {f"_posts/2020-01-0{day}-{name}.md": post(redirect_from="/x/") for day, name in ((1, "old"), (2, "new"))}
    site = build_site(tmp_path, {**CONFIG, **files})
    assert refresh(site["x/index.html"]) == NEW
    assert any("_posts/2020-01-01-old.md:2" in notice and "2020-01-02-new.md" in notice for notice in site.notices)


def test_a_layout_of_the_sites_own(tmp_path: Path) -> None:
    files = {
        "_posts/2020-01-02-new.md": post(redirect_from="/old/"),
        "_layouts/redirect.html": "{{ page.redirect.from }} to {{ page.redirect.to }}",
    }
    assert build_site(tmp_path, {**CONFIG, **files})["old/index.html"] == f"/old/ to {NEW}"


@pytest.mark.parametrize(
    ("to", "found"),
    [
        ("https://example.com/x", "https://example.com/x"),
        ("/about/#there", "https://example.org/blog/about/#there"),
        ("[/first/, /second/]", "https://example.org/blog/first/"),
    ],
)
def test_a_document_that_leads_elsewhere(tmp_path: Path, to: str, found: str) -> None:
    files = {"_posts/2020-01-02-x.md": post("Nobody reads this.", redirect_to=f"'{to}'" if "[" not in to else to)}
    site = build_site(tmp_path, {**CONFIG, **files})
    page = site["2020/01/02/x/index.html"]
    assert refresh(page) == found
    assert "Nobody" not in page
    assert "/2020/01/02/x/" not in site["sitemap.xml"]
    assert json.loads(site["redirects.json"]) == {"/2020/01/02/x/": found}


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ({"redirect_from": "https://example.com/x"}, "is of another site"),
        ({"redirect_from": "'/?p=12'"}, "no file can answer"),
        ({"redirect_from": "../../x"}, "leads out"),
        ({"redirect_from": "{a: b}"}, "neither an address nor a list"),
        ({"redirect_to": "javascript:alert(1)"}, "no browser should be led"),
        ({"redirect_to": "[[a]]"}, "neither an address nor a list"),
    ],
)
def test_what_is_wrong(tmp_path: Path, front: dict[str, str], message: str) -> None:
    files = {"_posts/2020-01-02-x.md": post("Text.", **front)}
    with pytest.raises(SiteError) as error:
        build_site(tmp_path, files)
    assert [(problem.where, message in problem.message) for problem in error.value.problems] == [
        ("_posts/2020-01-02-x.md:2", True)
    ]
    site = build_site(tmp_path, {"_config.yml": "", **files})  # on a Jekyll site it is passed over
    assert "Text." in site["2020/01/02/x.html"]
    assert any(message in notice for notice in site.notices)


def test_after_an_edit(tmp_path: Path) -> None:
    build_site(tmp_path, {**CONFIG, "_posts/2020-01-02-new.md": post(redirect_from="[/a/, /b/]")})
    site = build_site(tmp_path, {"_posts/2020-01-02-new.md": post(redirect_from="[/b/, /c/]")})
    assert {"b/index.html", "c/index.html"} <= site.files
    assert "a/index.html" not in site
    assert list(json.loads(site["redirects.json"])) == ["/b/", "/c/"]
    site = build_site(tmp_path, {"_posts/2020-01-02-new.md": post(redirect_from="/b/", permalink="/new/")})
    assert refresh(site["b/index.html"]) == "https://example.org/blog/new/"
