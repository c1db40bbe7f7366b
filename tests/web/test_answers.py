"""What visitors get who send a form without script: judged as every other page is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest

from sitegen.forms.inbox.store import Entry
from sitegen.forms.receiver.app import Receiver
from sitegen.forms.receiver.loading import load_site
from sitegen.forms.receiver.pages import SitePages, book_of
from sitegen.serve.news import Rebuilt
from tests.forms.world import open_store
from tests.forms.world import serving as listening
from tests.serve.conftest import Running
from tests.web.conftest import NOW, Served
from tests.web.test_pages import barriers, invalid

pytestmark = pytest.mark.slow

WRONG = {"email": "ada", "years": "many", "flour": "oats", "phone": "1" * 60, "days": "Sunday", "note": "x" * 501}
ADA, BOB = ({"name": name, "email": f"{name}@example.org", "message": "Yes.\n\nPlease."} for name in ("ada", "bob"))
VISITS: dict[str, tuple[str, dict[str, str] | None]] = {  # kind of page → its address, and what is sent there
    "error": ("/f/a-call", WRONG),
    "nothing": ("/f/a-call", {"name": ""}),
    "closed": ("/f/a-closed-call", ADA),
    "a place": ("/f/a-full-call", ADA),
    "full": ("/f/a-full-call", BOB),
    "unknown": ("/f/none", ADA),
    "typed": ("/f/a-call", None),
    "thanks": ("/f/a-call/thanks", None),
    "waitlist": ("/f/a-call/waitlist", None),
    "asked": ("/f/a-call/asked", None),
    "confirm": ("/f/a-call/confirm?token=x", None),
    "not to confirm": ("/f/a-call/confirm", {"token": "y"}),
}


@pytest.fixture(scope="module", params=["receive", "serve"])
def receiver(request: pytest.FixtureRequest, sink: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running receiver of the kitchen-sink site."""
    source = sink.folder.parent
    if request.param == "serve":
        with closing(Running(source)) as running:
            running.until(Rebuilt)
            yield f"http://{running.address}"
        return
    site = load_site(source, NOW, url=sink.address)
    store = open_store(inbox := tmp_path_factory.mktemp("inbox") / "inbox.db")
    store.accept(Entry("a-call", None, tuple(ADA.items()), NOW, confirm=True))
    with closing(sqlite3.connect(inbox)) as connection, connection:
        connection.execute("UPDATE submissions SET token = 'x'")
    book = replace(book_of(site), rate=None)
    app = Receiver(lambda: book, store, SitePages(lambda: site), lambda: NOW)
    with closing(store), closing(app), listening(app) as address:
        yield address


def visit(page: Any, receiver: str, kind: str) -> None:
    """Go there as a browser without script does."""
    path, answers = VISITS[kind]
    if answers is None:
        page.goto(receiver + path)
        return
    boxes = "".join(f'<textarea name="{escape(name)}">{escape(value)}</textarea>' for name, value in answers.items())
    page.set_content(f'<form method="post" action="{receiver}{path}">{boxes}<button>Send</button></form>')
    with page.expect_navigation():
        page.click("button")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(receiver: str, judges: Path, browser: Any, scheme: str) -> None:
    """No script of the site runs on these pages: they show what visitors wrote."""
    page = browser.new_page(color_scheme=scheme, viewport={"width": 360, "height": 800})
    found = {}
    for kind in VISITS:
        visit(page, receiver, kind)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[kind] = [*barriers(page, judges), *(["wider than the screen"] if wide else [])]
        assert page.title().startswith("Error: ") == (kind in ("error", "nothing"))
        first = page.evaluate("document.activeElement.className")
        assert (first == "problem") == (kind in ("error", "nothing"))
    page.close()
    assert {kind: problems for kind, problems in found.items() if problems} == {}


def test_valid_html(receiver: str, judges: Path, browser: Any, tmp_path: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    for number, kind in enumerate(VISITS):
        with page.expect_response(lambda response: response.request.resource_type == "document") as found:
            visit(page, receiver, kind)
        if found.value.status != 303:  # what it leads to is a page of the site
            (tmp_path / f"{number}.html").write_text(found.value.text(), encoding="utf-8")
    page.close()
    assert invalid(sorted(tmp_path.iterdir()), judges) == []


def test_each_error_leads_to_its_field(receiver: str, browser: Any) -> None:
    page = browser.new_page(java_script_enabled=False)
    visit(page, receiver, "error")
    told = page.locator(".problem a")
    assert told.count() == 7
    for at in range(told.count()):
        told.nth(at).click()
        target = page.locator(told.nth(at).get_attribute("href"))
        assert target.evaluate("it => it === document.activeElement")
        words = target.evaluate("it => it.closest('.field').querySelector('.error').textContent")
        assert words == told.nth(at).inner_text()
    assert (page.input_value("[name=note]"), page.input_value("[name=years]")) == ("x" * 501, "many")
    page.close()
