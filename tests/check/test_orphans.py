"""Pages that nothing links to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.world import POST, post, told, written

MENU = 'menu = [{title = "Home", url = "/"}]\n'  # no page is in it by itself
ALONE = "_pages/alone.md"


def alone(folder: Path, page: str = "Hi", **files: str) -> list[str]:
    site = written(folder, {"sitegen.toml": MENU, POST: post("x"), ALONE: page, **files})
    return told(site, "orphans")


def test_a_page_that_nothing_links_to(tmp_path: Path) -> None:
    assert alone(tmp_path) == [f"note orphans {ALONE}: no other page links to /alone/"]


def test_the_own_menu_links_to_pages(tmp_path: Path) -> None:
    assert alone(tmp_path, **{"sitegen.toml": ""}) == []


@pytest.mark.parametrize("address", ["/alone/", "/alone", "../../../../alone/#part", "/alone/index.html?x"])
def test_a_link_in_a_post(tmp_path: Path, address: str) -> None:
    assert alone(tmp_path, **{POST: post(f"[x]({address})")}) == []


def test_a_link_of_a_layout_and_of_a_file(tmp_path: Path) -> None:
    assert alone(tmp_path, **{"_includes/footer.html": '<a href="{{ "/alone/" | relative_url }}">x</a>'}) == []
    (tmp_path / "_includes/footer.html").unlink()
    assert alone(tmp_path, **{"static/x.html": '<a href="/alone/">x</a>'}) == []


def test_a_photo_that_no_post_links_to(tmp_path: Path) -> None:
    site = written(tmp_path, {POST: post("[x](a.txt)"), "_posts/a.txt": "x", "_posts/b.txt": "x"})
    assert told(site, "orphans")[0] == "note orphans _posts/b.txt: left out: no post links to it"
    assert told(site, "dates") == []


def test_its_own_links_and_pictures_are_none(tmp_path: Path) -> None:
    body = "[me](/alone/) [part](#part) ![x](/alone/)"
    assert len(alone(tmp_path, body)) == 1


@pytest.mark.parametrize("front", ["sitemap: false", "redirect_to: /", "permalink: /404.html", "permalink: /"])
def test_what_is_left_alone(tmp_path: Path, front: str) -> None:
    assert alone(tmp_path, f"---\n{front}\n---\n") == []


def test_a_redirect_counts_if_somebody_is_led_to_it(tmp_path: Path) -> None:
    page = "---\nredirect_from: /old/\n---\n"
    assert len(alone(tmp_path, page)) == 1
    assert alone(tmp_path, page, **{POST: post("[x](/old/)")}) == []
    away = {"_pages/away.md": "---\nredirect_to: /alone/\n---\n"}
    assert len(alone(tmp_path, **away)) == 1
    assert alone(tmp_path, **away, **{POST: post("[x](/away/)")}) == []


def test_posts_that_no_list_shows(tmp_path: Path) -> None:
    files = {"sitegen.toml": 'outputs = ["posts"]\n', POST: post("x", hidden="true")}
    assert told(written(tmp_path, files), "orphans") == [f"note orphans {POST}: no other page links to /2026/05/06/a/"]
