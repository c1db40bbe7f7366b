"""What the optional script adds: the theme switch, copy buttons, notes read in place, the place in the contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.conftest import PAGES, Served

pytestmark = pytest.mark.slow


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(color_scheme="light", viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def ground(page: Any) -> str:
    found: str = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return found


def test_the_theme_is_switched_and_remembered(sink: Served, page: Any) -> None:
    page.goto(sink.address)
    light, switch = ground(page), page.locator(".theme")
    assert switch.get_attribute("aria-pressed") == "false"
    switch.click()
    dark = ground(page)
    assert dark != light
    assert switch.get_attribute("aria-pressed") == "true"
    page.goto(sink.address + PAGES["long post"], wait_until="commit")
    page.wait_for_selector("h1")
    assert ground(page) == dark
    page.locator(".theme").click()
    assert ground(page) == light
    assert page.evaluate("localStorage.theme") is None  # what the reader's system says needs no remembering


def test_no_flash_of_the_other_theme(sink: Served, page: Any) -> None:
    """The choice counts before anything is painted: it is made in the head."""
    page.goto(sink.address)
    page.locator(".theme").click()
    page.route("**/site*.js", lambda route: route.abort())
    page.goto(sink.address)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_without_script_there_is_no_button(sink: Served, browser: Any) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(sink.address + PAGES["long post"])
    assert not page.locator(".theme").is_visible()
    assert page.locator(".taker").count() == 0
    page.close()


def test_code_is_copied(sink: Served, page: Any) -> None:
    page.goto(sink.address + PAGES["long post"])
    block = page.locator(".highlight").nth(1)
    block.hover()
    block.locator(".taker").click()
    block.locator(".taker", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("// borrowed, not taken\nfn longest")


def test_line_numbers_are_neither_copied_nor_selected(sink: Served, page: Any) -> None:
    page.goto(sink.address + PAGES["long post"])
    block = page.locator("figure.highlight")
    assert block.locator("[data-line]").count() == 4
    code = "def greet(name: str) -> str:\n"
    selected = "it => {getSelection().selectAllChildren(it); return getSelection().toString()}"
    assert block.locator("code").evaluate(selected).startswith(code)
    block.hover()
    block.locator(".taker").click()
    block.locator(".taker", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith(code)


def test_lines_that_stand_out_are_marked_as_far_as_the_code_goes(sink: Served, page: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(sink.address + PAGES["long post"])
    block = page.locator("figure.highlight pre")
    wide, marked = block.evaluate("it => [it.scrollWidth, it.querySelector('.hll').offsetWidth]")
    assert wide == marked > 360


def test_the_link_to_a_heading_shows_when_it_is_wanted(sink: Served, page: Any) -> None:
    page.goto(sink.address + PAGES["long post"])
    link = page.locator("#lists > .anchor")
    assert link.evaluate("it => getComputedStyle(it).opacity") == "0"
    link.focus()
    assert link.evaluate("it => getComputedStyle(it).opacity") == "1"
    box = link.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    assert page.locator("#lists").evaluate("it => it.innerText") == "Lists"


def test_a_note_is_read_where_it_is_named(sink: Served, page: Any) -> None:
    page.goto(sink.address + PAGES["long post"])
    reference = page.locator("a.footnote-ref").nth(1)
    reference.click()
    card = page.locator(".aside")
    assert card.is_visible()
    assert card.inner_text().startswith("The second note.")
    assert card.locator(".footnote-backref, [id]").count() == 0
    box, place = card.bounding_box(), reference.bounding_box()
    assert place["y"] < box["y"] < place["y"] + 60
    page.keyboard.press("Escape")
    assert not card.is_visible()
    assert reference.evaluate("it => it === document.activeElement")


def test_the_contents_tell_where_one_is(sink: Served, page: Any) -> None:
    page.goto(sink.address + PAGES["long post"])
    page.evaluate("document.getElementById('tables').scrollIntoView({behavior: 'instant'})")
    page.wait_for_selector('.toc a[href="#tables"][aria-current]')
    assert page.locator(".toc [aria-current]").count() == 1
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")  # past every heading at once
    page.wait_for_function("!document.querySelector('.toc [aria-current]')")
    page.evaluate("scrollTo({top: document.querySelector('#tables').offsetTop + 300, behavior: 'instant'})")
    page.wait_for_selector(".toc [aria-current]")
