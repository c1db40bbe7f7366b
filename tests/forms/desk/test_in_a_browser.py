"""The inbox in a real browser: without a script, by keys, and judged for accessibility."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen.forms.inbox.store import Store
from tests.forms.desk.room import ROOT, furnished
from tests.forms.world import open_store, serving
from tests.web.conftest import judges  # noqa: F401
from tests.web.test_pages import barriers, invalid


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "inbox.db")
    yield store
    store.close()


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    with serving(furnished(store).app) as address:
        yield address + ROOT


def paths(store: Store) -> dict[str, str]:
    """Kind of page → its path."""
    every = list(store.each())
    ids = {one.state: one.id for one in every} | {"hostile": next(o.id for o in every if "script" in o.answers[0][1])}
    answers = {f"answer that is {state}": f"/a/{id_}" for state, id_ in ids.items()}
    return {
        "list": "/",
        "everything": "/?state=all",
        "spam": "/?state=spam&done=spam&n=2&moved=1",
        "second page": "/?until=2026-04-20&form=chicago",
        "nothing": "/?q=giraffe&failed=none",
        "calls": "/calls",
        "call": "/calls?form=workshop",
        "deliveries": "/deliveries",
        "not found": "/a/none",
        **answers,
    }


def visited(page: Any, store: Store, address: str) -> Iterator[str]:
    """Every kind of page, one after another, and the question before something is deleted."""
    for kind, path in paths(store).items():
        page.goto(address + path)
        yield kind
    page.goto(address + "/")
    page.locator(".row input").first.check()
    page.get_by_role("button", name="Delete").click()
    yield "question"


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_accessible(address, store, judges, browser, scheme, width):  # noqa: F811
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
    found = {}
    for kind in visited(page, store, address):
        for summary in page.locator("summary").all():
            summary.click()
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[kind] = [*barriers(page, judges), *(["wider than the screen"] if wide else [])]
    page.goto(address + "/")
    page.keyboard.press("?")
    found["keys"] = barriers(page, judges)
    page.close()
    assert {kind: problems for kind, problems in found.items() if problems} == {}


@pytest.mark.slow
def test_valid_html(address, store, judges, browser, tmp_path):  # noqa: F811
    page = browser.new_page(java_script_enabled=False)
    for at, path in enumerate(paths(store).values()):
        (tmp_path / f"{at}.html").write_text(page.request.get(address + path).text(), encoding="utf-8")
    page.close()
    assert invalid(sorted(tmp_path.glob("*.html")), judges) == []


def test_no_word_of_a_visitor_runs_and_the_policy_stops_nothing_of_ours(address, store, browser):
    page, told = browser.new_page(), []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: told.append(f"a dialog: {dialog.message}"))
    for kind in visited(page, store, address):
        if kind != "not found":
            assert page.evaluate("document.querySelectorAll('script, img, iframe').length") == 1
    page.close()
    assert [words for words in told if "404" not in words] == []


def test_without_script_everything_can_be_done(address, store, browser):
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + "/?form=chicago")
    page.get_by_label("Select Ada Lovelace", exact=True).check()
    page.get_by_label("Select Zoë Smith", exact=True).check()
    page.get_by_label("Mark as").select_option("joined")
    page.get_by_role("button", name="Mark", exact=True).click()
    assert page.get_by_role("status").first.inner_text() == "2 answers are joined now."
    page.get_by_role("link", name="Zoë Smith", exact=True).click()
    page.get_by_label("A note").fill("Brings bread.")
    page.get_by_role("button", name="Keep the note").click()
    assert page.locator(".notes").inner_text().startswith("Brings bread.")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete this answer").click()
    assert page.get_by_role("status").first.inner_text() == "1 answer is deleted."
    assert page.url.startswith(address + "/?form=chicago") and page.get_by_text("Zoë Smith", exact=True).count() == 0
    page.close()


def test_keys(address, store, browser):
    page = browser.new_page()
    page.goto(address + "/?form=chicago&done=joined&n=2")
    assert page.url == address + "/?form=chicago"
    focused = "document.activeElement.textContent.trim()"
    assert page.evaluate(focused) == "2 answers are joined now."
    page.keyboard.press("j")
    first = page.evaluate(focused)
    page.keyboard.press("j")
    second = page.evaluate(focused)
    page.keyboard.press("x")
    assert page.locator(".row input:checked").count() == 1 and page.locator(".chosen").inner_text() == "1 selected"
    assert page.evaluate(focused) == second != first
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/a/**")
    page.keyboard.press("u")
    page.wait_for_url("**/?form=chicago")
    page.keyboard.press("/")
    page.keyboard.type("jx?")
    assert page.locator("#q").input_value() == "jx?"
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.id") == "as"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.evaluate("document.querySelector('#keys').contains(document.activeElement)")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q" and page.locator("#keys").is_visible()
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()
    page.close()


def test_the_actions_are_a_step_away(address, store, browser):
    page = browser.new_page()
    page.goto(address + "/")
    page.get_by_role("link", name="To the actions").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.bar') !== null")
    page.close()


def test_select_all(address, store, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + "/?state=spam")
    page.get_by_role("button", name="Select all").click()
    page.get_by_label("Mark as").select_option("new")
    page.get_by_role("button", name="Mark", exact=True).click()
    assert page.get_by_text("There is nothing here").is_visible()
    assert "spam" not in [one.state for one in store.each()]
    page.close()
