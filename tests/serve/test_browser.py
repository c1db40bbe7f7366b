"""The preview in a real browser."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from sitegen.serve.news import Answered, Broken, Rebuilt, Serving
from tests.serve.conftest import LONG, LONG_POST, write

BROKEN_LAYOUT = "<p>one</p>\n<p>two</p>\n{{ nothing.at.all }}\n<p>four</p>\n"


@pytest.fixture
def running(site, start):
    write(site, {"_layouts/own.html": "<!doctype html>\n<title>Own</title>\n{{ content }}\n"})
    write(site, {"_posts/own.md": "---\ntitle: Own\ndate: 2026-01-04\nlayout: own\n---\nMine.\n"})
    running = start(site)
    running.until(Serving)
    return running


@pytest.fixture
def page(browser, running) -> Iterator[Any]:
    with closing(browser.new_context(base_url=f"http://{running.address}")) as context:
        context.set_default_timeout(LONG * 1000)
        yield context.new_page()


@pytest.fixture
def plain(browser, running) -> Iterator[Any]:
    """A page without JavaScript."""
    with closing(browser.new_context(base_url=f"http://{running.address}", java_script_enabled=False)) as context:
        yield context.new_page()


def inbox(site):
    with closing(sqlite3.connect(site / ".sitegen/inbox.db")) as connection:
        return [dict(json.loads(row[0])) for row in connection.execute("select answers from submissions")]


def test_a_save_reloads_the_page_and_keeps_the_scroll_position(page, running):
    page.goto("/long/")
    page.evaluate("scrollTo(0, 1500)")
    running.write("_posts/long.md", LONG_POST.replace("A paragraph.", "Another paragraph."))
    page.get_by_text("Another paragraph.").first.wait_for()
    page.wait_for_function("document.readyState === 'complete'")
    assert page.evaluate("scrollY") == 1500
    assert page.evaluate("sessionStorage.length") == 0


def test_a_style_sheet_is_exchanged_without_a_reload(page, running):
    running.write("static/mine.css", "body { color: rgb(1, 2, 3) }")
    write(
        running.source, {"_layouts/own.html": '<title>Own</title><link rel="stylesheet" href="/mine.css">{{ content }}'}
    )
    running.until(Rebuilt)
    page.goto("/own/")
    page.wait_for_function("getComputedStyle(document.body).color === 'rgb(1, 2, 3)'")
    page.evaluate("window.before = true")
    running.write("static/mine.css", "body { color: rgb(4, 5, 6) }")
    page.wait_for_function("getComputedStyle(document.body).color === 'rgb(4, 5, 6)'")
    assert page.evaluate("window.before")


def test_a_broken_layout_is_shown_over_the_last_good_page_until_it_is_mended(page, running):
    page.goto("/own/")
    running.write("_layouts/own.html", BROKEN_LAYOUT)
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert dialog.get_by_text("_layouts/own.html:3").is_visible()
    assert dialog.locator("mark").inner_text().strip() == "{{ nothing.at.all }}"
    assert "<p>two</p>" in dialog.locator("pre").inner_text()
    assert page.get_by_text("Mine.").count() == 1
    assert "_layouts/own.html:3" in page.evaluate("document.body.innerText")
    running.write("_layouts/own.html", "<title>Own</title>Mended: {{ content }}")
    page.get_by_text("Mended:").wait_for()
    assert page.get_by_role("dialog").count() == 0


def test_problems_without_a_change_go_away_without_a_reload(page, running):
    page.goto("/own/")
    page.evaluate("window.before = true")
    good = (running.source / "_layouts/own.html").read_text()
    running.write("_layouts/own.html", BROKEN_LAYOUT)
    page.get_by_role("dialog").wait_for()
    running.write("_layouts/own.html", good)
    page.get_by_role("dialog").wait_for(state="detached")
    assert page.evaluate("window.before")


def test_the_overlay_can_be_dismissed_and_opened_again(page, running):
    page.goto("/own/")
    running.write("_layouts/own.html", BROKEN_LAYOUT)
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="One problem").click()
    page.get_by_role("button", name="Dismiss").click()
    assert not page.get_by_role("dialog").is_visible()
    running.write("_posts/call.md", "---\ntitle: a: b\n---\n")
    page.get_by_text("_posts/call.md:2").last.wait_for()
    assert page.get_by_role("heading", name="2 problems in the site").is_visible()
    assert page.locator("sitegen-problems").get_attribute("dir") == "ltr"


def test_a_page_opened_later_shows_the_problems_too(page, running):
    running.write("_layouts/own.html", BROKEN_LAYOUT)
    running.until(Broken)
    page.goto("/long/")
    page.get_by_role("dialog").wait_for()


def test_a_site_that_never_built_shows_its_problems_and_then_itself(browser, site, start):
    write(site, {"_posts/bad.md": "---\ntitle: a: b\n---\n"})
    running = start(site)
    running.until(Broken)
    with closing(browser.new_context(base_url=f"http://{running.address}")) as context:
        page = context.new_page()
        page.goto("/long/")
        assert page.get_by_role("heading", name="One problem in the site").is_visible()
        assert page.get_by_role("dialog").count() == 0
        write(site, {"_posts/bad.md": "---\ntitle: a\nform: 3\n---\n"})
        page.get_by_text("_posts/bad.md:3").wait_for()
        (site / "_posts/bad.md").unlink()
        page.get_by_role("heading", name="Long").wait_for()


def test_hidden_tabs_hang_up_so_that_many_can_be_open(page, running):
    hidden = "Object.defineProperty(document, 'hidden', {get: () => !window.seen})"
    page.context.add_init_script(hidden)
    tabs = [page.context.new_page() for _ in range(10)]
    for tab in tabs:
        tab.goto("/own/")
    running.write("_layouts/own.html", "<title>Own</title>Seen: {{ content }}")
    running.until(Rebuilt)
    assert tabs[-1].get_by_text("Seen:").count() == 0
    tabs[-1].evaluate("window.seen = true; document.dispatchEvent(new Event('visibilitychange'))")
    tabs[-1].get_by_text("Seen:").wait_for()


def test_a_strict_content_policy_is_no_obstacle(page, running):
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'
    write(running.source, {"_layouts/own.html": f"<title>Own</title>{policy}{{{{ content }}}}"})
    running.until(Rebuilt)
    page.goto("/own/")
    running.write("_layouts/own.html", BROKEN_LAYOUT)
    page.get_by_role("dialog").wait_for()
    assert page.get_by_role("dialog").evaluate("it => getComputedStyle(it).borderTopWidth") == "4px"


@pytest.mark.parametrize("script", [True, False])
def test_an_answer_lands_in_the_inbox(page, plain, script, running):
    visitor = page if script else plain
    visitor.goto("/join/call/")
    visitor.get_by_label("Name").fill("Ada")
    visitor.get_by_label("E-mail").fill("ada@example.org")
    visitor.get_by_label("Message").fill("Count me in")
    visitor.get_by_role("button", name="Send").click()
    running.until(Answered)
    visitor.wait_for_url(re.compile("/join/call/thanks/$"))
    assert inbox(running.source) == [{"name": "Ada", "email": "ada@example.org", "message": "Count me in"}]
    reference = visitor.get_by_text(re.compile("The reference of your answer is [0-9a-f]{8}[.]$"))
    assert reference.is_visible() == script  # a page that is the same for everybody needs a script to name one


def test_wrong_answers_come_back_with_the_answers_kept(plain, running):
    plain.goto("/join/call/")
    plain.get_by_label("Name").fill("Ada")
    plain.get_by_label("E-mail").fill("ada@localhost")
    plain.get_by_label("Message").fill("A long thought")
    plain.get_by_role("button", name="Send").click()
    plain.get_by_role("heading", name="There is a problem").wait_for()
    assert plain.title().startswith("Error: ")
    assert plain.get_by_label("Name").input_value() == "Ada"
    assert plain.get_by_label("Message").input_value() == "A long thought"
    plain.get_by_label("E-mail").fill("ada@example.org")
    plain.get_by_role("button", name="Send").click()
    plain.wait_for_url(re.compile("/join/call/thanks/$"))
    assert [answers["message"] for answers in inbox(running.source)] == ["A long thought"]
