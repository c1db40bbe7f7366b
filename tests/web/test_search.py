"""The search, in a real browser: typed, read, walked through with keys, and left alone where scripts do not run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build
from sitegen.config import load_config
from sitegen.search import Indexer
from sitegen.search.thinning import MOST
from tests.build.test_thinning import full_pages
from tests.web.conftest import NOW, Served, serving
from tests.web.test_pages import barriers

pytestmark = pytest.mark.slow

POSTS = {
    "sailing": "---\ntitle: On sailing\n---\nA boat & <b>a</b> harbour.\n\n## A storm\n\nWest wind, `<mark>`.\n",
    "house": "---\ntitle: Das Haus\nlang: de\n---\nViele Häuser am Hafen.\n",
    "bayt": "---\ntitle: بيت على البحر\nlang: ar\n---\nبيت صغير وسفينة.\n",
    "night": f"---\ntitle: A night\n---\nIt was dark {'and still ' * 30}but a lantern {'and more ' * 30}burned.\n",
    "crew": "---\ntitle: A crew for the summer\nform: true\n---\nWho comes sailing?\n",
    **{f"tea-{number}": f"---\ntitle: Tea {number}\n---\nA cup of tea.\n" for number in range(12)},
}
BAR = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'"


def site(folder: Path, settings: str = "") -> Path:
    (folder / "_posts").mkdir(parents=True)
    text = f'search = true\nurl = "https://a.example"\nreceive.url = "https://r.example"\n{settings}'
    (folder / "sitegen.toml").write_text(text, encoding="utf-8")
    for at, (name, post) in enumerate(POSTS.items()):
        (folder / "_posts" / f"2024-01-{at + 1:02}-{name}.md").write_text(post, encoding="utf-8")
    config = load_config(folder)
    build(config, now=NOW)
    return config.output


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(site(tmp_path_factory.mktemp("blog") / "site")) as served:
        yield served


@pytest.fixture
def page(browser: Any, blog: Served) -> Iterator[Any]:
    """The search page; a request to another host, or a complaint of the browser, fails the test."""
    context = browser.new_context()
    page, wrong = context.new_page(), []
    page.on("request", lambda it: None if it.url.startswith(blog.address) else wrong.append(it.url))
    page.on("console", lambda it: wrong.append(it.text) if it.type == "error" else None)
    page.on("pageerror", lambda it: wrong.append(str(it)))
    page.goto(f"{blog.address}/search/")
    yield page
    context.close()
    assert wrong == []


def told(page: Any, words: str) -> None:
    """Wait until that many are found."""
    page.locator(".told", has_text=words).wait_for()


def titles(page: Any) -> list[str]:
    return page.locator(".found h2").all_inner_texts()  # type: ignore[no-any-return]


def test_it_finds_as_one_types(page: Any) -> None:
    page.keyboard.type("harbour")
    told(page, "Pages found: 1")
    assert titles(page) == ["On sailing"]
    assert page.locator(".found .excerpt").first.inner_text().startswith("A boat & a harbour.")
    assert page.locator(".found mark").first.inner_text() == "harbour"
    assert page.url.endswith("/search/?q=harbour")
    assert not page.locator(".all").is_visible()
    page.locator("#q").fill("west")
    page.locator(".parts a", has_text="A storm").wait_for()
    assert page.locator(".excerpt").count() == 1
    assert "<mark>" in page.locator(".parts .excerpt").inner_text()
    page.locator(".parts a").click()
    page.wait_for_url(lambda url: "/sailing/#a-storm" in url)
    page.go_back()
    told(page, "Pages found: 1")
    assert page.locator("#q").input_value() == "west"
    page.go_back()
    page.locator(".all").wait_for()
    assert page.locator("#q").input_value() == ""


def test_an_excerpt_tells_where_it_is_cut(page: Any) -> None:
    page.keyboard.type("lantern")
    told(page, "Pages found: 1")
    words = page.locator(".found .excerpt").inner_text()
    assert words.startswith("…\u00a0") and words.endswith("\u00a0…") and "lantern" in words


def test_keys(page: Any, blog: Served) -> None:
    page.keyboard.type("tea")
    told(page, "Pages found: 12")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = titles(page)[1]
    assert page.evaluate("document.activeElement.textContent") == second
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    page.locator(".all").wait_for()
    assert page.url.endswith("/search/")
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.locator("#q").input_value() == ""
    page.keyboard.type("boat")
    told(page, "Pages found: 1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sailing/" in url)
    page.keyboard.press("/")
    page.wait_for_url("**/search/")


def test_more_of_many(page: Any) -> None:
    page.keyboard.type("tea")
    told(page, "Pages found: 12")
    assert len(titles(page)) == 5
    page.get_by_role("button", name="Show more").click()
    page.locator(".found > li").nth(9).wait_for()
    assert page.evaluate("document.activeElement.textContent") == titles(page)[5]
    page.get_by_role("button", name="Show more").click()
    page.locator(".found > li").nth(11).wait_for()
    assert not page.get_by_role("button", name="Show more").is_visible()


def test_nothing_found_and_nothing_to_find_with(page: Any, blog: Served, browser: Any) -> None:
    page.keyboard.type("zeppelin")
    told(page, "Nothing found for “zeppelin”")
    assert page.locator(".hints li").count() == 3
    assert page.get_by_role("link", name="On sailing").is_visible()
    other = browser.new_page()
    other.route("**/pagefind/*", lambda route: route.abort())
    other.goto(f"{blog.address}/search/?q=tea")
    told(other, "The search cannot be loaded.")
    other.unroute("**/pagefind/*")
    other.get_by_role("button", name="Try again").click()
    told(other, "The search cannot be loaded.")  # browsers remember a module that failed
    other.reload()
    told(other, "Pages found: 12")
    other.close()


def test_every_language_is_found_on_the_one_page(page: Any) -> None:
    for words, title in (("Häuser", "Das Haus"), ("وسفينة", "بيت على البحر")):
        page.locator("#q").fill(words)
        page.locator(".found h2", has_text=title).wait_for()
        assert titles(page) == [title]


def test_a_call_is_marked(page: Any) -> None:
    page.keyboard.type("summer")
    told(page, "Pages found: 1")
    assert page.locator(".found .flag").inner_text() == "Call"


def test_without_script_there_is_the_archive(browser: Any, blog: Served) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{blog.address}/search/")
    assert page.get_by_text("Searching needs a script.").is_visible()
    assert not page.locator("#q").is_visible()
    assert page.locator(".rows a").count() == len(POSTS)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_with_results(page: Any, judges: Path, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 800})
    assert barriers(page, judges) == []
    page.keyboard.type("a")
    page.locator(".found h2").first.wait_for()
    assert barriers(page, judges) == []
    page.locator("#q").fill("zeppelin")
    told(page, "Nothing found")
    assert barriers(page, judges) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_below_a_base_right_to_left_and_under_a_strict_policy(browser: Any, tmp_path: Path) -> None:
    folder = site(tmp_path / "site", 'baseurl = "/blog"\nlang = "ar"\n')
    folder.rename(tmp_path / "blog")
    with serving(tmp_path) as served:
        page = browser.new_page()
        page.route("**/search/*", lambda route: _with_policy(route, BAR))
        page.goto(f"{served.address}/blog/search/?q=harbour")
        link = page.locator(".found h2 a")
        link.wait_for()
        assert link.get_attribute("href").startswith("/blog/2024/01/01/sailing/")
        assert link.evaluate("it => getComputedStyle(it.closest('body')).direction") == "rtl"
        page.close()


def test_a_word_that_stands_everywhere_is_found_and_takes_little(browser: Any, tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    for path, data in Indexer(load_config(tmp_path / "site")).files(full_pages()).items():
        (folder / path).write_bytes(data)
    with serving(folder) as served:
        page, fetched = browser.new_page(), []
        page.on("response", lambda it: fetched.append(len(it.body())) if "/index/" in it.url else None)
        for query in ("moon", "là"):
            page.goto(f"{served.address}/search/?q={query}")
            told(page, "Pages found: 400")
            assert page.locator(".found mark").first.inner_text() == query
        assert len(fetched) == 2 and max(fetched) <= MOST
        page.close()


def _with_policy(route: Any, policy: str) -> None:
    response = route.fetch()
    route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})
