"""A site in English, German and Arabic, judged: every page of every language, in both schemes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest

from sitegen.build import build
from sitegen.config import load_config
from tests.outputs.rules.sitemap import sitemap
from tests.web.conftest import HERE, NOW, Served, serving
from tests.web.test_pages import barriers, invalid

pytestmark = pytest.mark.slow

URL = "https://tea.example"
KINDS = (
    "/", "/page2/", "/2026/05/20/everything/", "/2026/05/18/a-walk/", "/archive/", "/2026/", "/2026/05/", "/tags/",
    "/tags/tea/", "/categories/kitchen/", "/series/", "/about/", "/join/", "/join/a-walk/", "/join/a-walk/thanks/",
    "/join/a-walk/waitlist/", "/404.html",
)  # fmt: skip
EVERY = [prefix + kind for prefix in ("", "/de", "/ar") for kind in KINDS]


@pytest.fixture(scope="module")
def tongues(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    copy = tmp_path_factory.mktemp("tongues") / "site"
    shutil.copytree(HERE / "tongues", copy)
    config = load_config(copy, strict=True)
    build(config, now=NOW)
    with serving(config.output) as served:
        yield served


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(tongues: Served, judges: Path, browser: Any, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 800})
    found = {}
    for url in EVERY:
        assert page.goto(tongues.address + url).status == 200, url
        found[url] = barriers(page, judges)
    page.close()
    assert {url: problems for url, problems in found.items() if problems} == {}


def test_valid_html(tongues: Served, judges: Path, nu: list[str]) -> None:
    assert invalid(sorted(tongues.folder.rglob("*.html")), judges) == []
    command = [*nu, "--errors-only", "--skip-non-html", "--format", "json", str(tongues.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert [(item.get("url"), item["message"]) for item in json.loads(done.stderr)["messages"]] == []


def test_every_pair_is_reciprocal(tongues: Served) -> None:
    pages = {
        f"{URL}/{file.relative_to(tongues.folder)}".removesuffix("index.html"): file
        for file in tongues.folder.rglob("*.html")
    }
    there = {url: _alternates(file.read_text(encoding="utf-8")) for url, file in pages.items()}
    linked = {url: others for url, others in there.items() if others}
    assert len(linked) > 50
    for url, others in linked.items():
        assert url in others.values() and "x-default" in others
        assert {other: linked[other] for other in others.values()} == dict.fromkeys(others.values(), others)


def _alternates(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', html))


def test_sitemap_and_feeds(tongues: Served) -> None:
    assert list(sitemap((tongues.folder / "sitemap.xml").read_text(encoding="utf-8"))) == []
    for folder, lang in (("", "en"), ("de/", "de"), ("ar/", "ar")):
        for name in ("feed.xml", "rss.xml", "tags/tea/feed.xml"):
            feed = feedparser.parse((tongues.folder / folder / name).read_bytes())
            assert not feed.bozo and feed.feed.language == lang and feed.entries
            assert all(entry.link.startswith(f"{URL}/{folder}") for entry in feed.entries)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen_and_arabic_is_mirrored(tongues: Served, browser: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    wide = {}
    for url in EVERY:
        page.goto(tongues.address + url)
        wide[url] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert page.evaluate("getComputedStyle(document.body).direction") == (
            "rtl" if url.startswith("/ar/") else "ltr"
        )
    page.goto(tongues.address + "/ar/2026/05/20/everything/")
    code = page.evaluate("Array.from(document.querySelectorAll('pre, code'), it => getComputedStyle(it).direction)")
    assert set(code) == {"ltr"}
    name, theme = page.locator("header.site .name").bounding_box(), page.locator("button.theme").bounding_box()
    assert name["x"] > theme["x"]
    page.close()
    assert {url: pixels for url, pixels in wide.items() if pixels} == {}


@pytest.mark.parametrize("width", [320, 640, 700, 768, 1280])
def test_name_and_icons_stand_on_one_line(tongues: Served, browser: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for url in ("/", "/de/", "/ar/"):
        page.goto(tongues.address + url)
        line, menu, languages, *icons = (
            page.locator(f"header.site {it}").bounding_box()["y"]
            for it in (".name", "nav:not(.languages)", ".languages", "button.theme")
        )
        assert max(icons) < line + 20 < menu <= languages + 20, url
    page.close()


def test_a_reader_changes_the_language(tongues: Served, browser: Any) -> None:
    page = browser.new_page()
    page.goto(tongues.address + "/2026/05/18/a-walk/")
    page.get_by_role("link", name="العربية").click()
    assert page.url == tongues.address + "/ar/2026/05/18/a-walk/"
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("form").get_attribute("action") == "https://answers.example/f/a-walk"
    page.get_by_role("link", name="Deutsch").click()
    assert page.get_by_role("button", name="Ich komme mit").is_visible()
    page.goto(tongues.address + "/ar/2026/03/01/mixed/")
    page.get_by_role("link", name="English", exact=True).click()
    assert page.url == tongues.address + "/"
    page.close()


@pytest.mark.parametrize(("lang", "apart"), [("zh-TW", True), ("de", False)])
def test_chinese_stands_a_little_apart_from_latin_letters(browser: Any, tmp_path: Path, lang: str, apart: bool) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "sitegen.toml").write_text(f'lang = "{lang}"\n')
    (tmp_path / "_posts/2026-01-01-a.md").write_text("---\ntitle: 写作\n---\n使用Python写作\n\n`使用Python写作`\n")
    build(load_config(tmp_path), now=NOW)
    with serving(tmp_path / "output") as served:
        page = browser.new_page()
        page.goto(f"{served.address}/2026/01/01/a/")
        widen = """it => {
          const all = new Range();
          all.selectNodeContents(it);
          const width = () => all.getBoundingClientRect().width;
          const before = width();
          it.style.textAutospace = "no-autospace";
          return before - width();
        }"""
        assert (page.locator(".e-content p").first.evaluate(widen) > 1) == apart
        assert page.locator(".e-content code").evaluate(widen) == 0
        page.close()
