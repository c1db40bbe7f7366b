"""Embeds in a real browser: nothing is requested from elsewhere before a click, and the link works without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.conftest import PAGES, Served

pytestmark = pytest.mark.slow

FILM = "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"


@pytest.fixture
def page(browser: Any, sink: Served) -> Iterator[Any]:
    """A page whose requests to other hosts are answered here, and kept in `page.elsewhere`."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.elsewhere = []

    def answer(route: Any) -> None:
        if route.request.url.startswith(sink.address):
            route.continue_()
        else:
            page.elsewhere.append(route.request.url)
            route.fulfill(body="<!doctype html><title>There</title><p>There", content_type="text/html")

    context.route("**/*", answer)
    page.goto(sink.address + PAGES["shortcodes"], wait_until="networkidle")
    yield page
    context.close()


def test_nothing_is_requested_before_the_click(page: Any) -> None:
    page.mouse.wheel(0, 9000)
    card = page.locator(".embed > a").first
    card.hover()
    card.focus()
    page.wait_for_load_state("networkidle")
    assert page.elsewhere == []
    assert page.locator("iframe").count() == 0
    assert page.locator("link[rel*=pre], link[rel*=dns]").count() == 0
    card.click()
    page.frame_locator(".embed iframe").get_by_text("There").wait_for()
    assert page.elsewhere == [FILM]


def test_a_click_puts_the_film_in_the_links_place(page: Any) -> None:
    page.locator(".embed > a").first.click()
    frame = page.locator(".embed iframe")
    assert frame.get_attribute("src") == FILM
    assert frame.get_attribute("title").startswith("A film about circles")
    assert "allow-top-navigation" not in frame.get_attribute("sandbox")
    assert frame.evaluate("it => it === document.activeElement")
    assert frame.bounding_box()["width"] == page.locator(".embed:has(> a)").first.bounding_box()["width"]
    link = page.locator(".embed > a").first
    assert link.get_attribute("data-player") is None  # for a frame that stays empty there is still the way
    assert link.evaluate("it => it.onclick") is None


def test_by_the_keyboard(page: Any) -> None:
    page.locator(".embed > a").nth(1).focus()
    page.keyboard.press("Enter")
    page.frame_locator(".embed iframe").get_by_text("There").wait_for()
    assert page.elsewhere == ["https://maps.example.org/?here"]


def test_a_new_tab_is_the_page_itself(page: Any) -> None:
    with page.context.expect_page():
        page.locator(".embed > a").first.click(modifiers=["Control"])
    assert page.locator("iframe").count() == 0


def test_without_script_it_is_a_link(browser: Any, sink: Served) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.route("https://www.youtube.com/**", lambda route: route.fulfill(body="There", content_type="text/html"))
    page.goto(sink.address + PAGES["shortcodes"])
    page.locator(".embed > a").first.click()
    assert page.url == "https://www.youtube.com/watch?v=abcdefghijk"
    page.close()


def test_only_pages_with_an_embed_ask_for_the_script(page: Any, sink: Served) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for kind in ("index", "long post"):
        page.goto(sink.address + PAGES[kind], wait_until="networkidle")
    assert [url for url in asked if "embed" in url] == []
    page.goto(sink.address + PAGES["shortcodes"], wait_until="networkidle")
    assert len([url for url in asked if "/assets/embed." in url]) == 1


@pytest.mark.parametrize(("width", "columns"), [(320, 2), (360, 2), (1280, 3)])
def test_a_gallery_has_columns(page: Any, width: int, columns: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    boxes = [picture.bounding_box() for picture in page.locator(".gallery img").all()]
    assert len({round(box["x"]) for box in boxes}) == columns
    assert len({(round(box["width"]), round(box["height"])) for box in boxes}) == 1
