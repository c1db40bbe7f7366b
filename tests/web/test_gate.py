"""Where one signs in to the inbox, in a real browser without script: judged as every other page is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import HTMLResponse

from sitegen.forms.gate.app import Gate
from tests.forms.gate.house import KEYS, PASSWORD, inner
from tests.forms.world import serving
from tests.web.test_pages import barriers, invalid

pytestmark = pytest.mark.slow


@pytest.fixture
def inbox() -> Iterator[str]:
    """The address of an inbox behind the gate."""

    async def mounted(scope: Any, receive: Any, send: Any) -> None:
        await gate({**scope, "root_path": "/inbox"}, receive, send)

    with closing(Gate(inner, KEYS)) as gate, serving(mounted) as address:
        yield f"{address}/inbox/"


def sign_in(page: Any, password: str) -> None:
    page.fill("#password", password)
    with page.expect_navigation():
        page.click("button")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(inbox: str, judges: Path, browser: Any, tmp_path: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 700}, bypass_csp=True)
    for number, title in enumerate(("Sign in", "Error: sign in")):
        if number:
            sign_in(page, "a wrong password")
        else:
            page.goto(f"{inbox}a/known")
        assert page.title() == title
        assert barriers(page, judges) == []
        assert page.evaluate("document.activeElement.id") == "password"
        (tmp_path / f"{number}.html").write_text(page.content(), encoding="utf-8")
    page.close()


def test_valid_html(inbox: str, judges: Path, browser: Any, tmp_path: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    (tmp_path / "login.html").write_text(page.goto(inbox).text(), encoding="utf-8")
    page.close()
    assert invalid([tmp_path / "login.html"], judges) == []


def test_an_author_signs_in_and_is_where_they_wanted_to_be(inbox: str, browser: Any) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{inbox}a/known")
    sign_in(page, PASSWORD)
    assert page.url == f"{inbox}a/known"
    assert "GET /a/known" in page.content()
    page.close()


def test_another_page_can_neither_frame_it_nor_post_to_it(inbox: str, browser: Any) -> None:
    forged = f'<iframe src="{inbox}login"></iframe><form method="post" action="{inbox}change"><button>x</button></form>'
    page = browser.new_page()
    page.goto(inbox)
    sign_in(page, PASSWORD)
    with serving(HTMLResponse(forged)) as elsewhere:
        page.goto(elsewhere)
        assert "password" not in page.frames[1].content()
        with page.expect_navigation():
            page.click("button")
    assert page.url.startswith(inbox)
    assert "POST" not in page.content()
    page.close()


def test_a_link_in_a_letter_leads_in_where_one_has_signed_in(inbox: str, browser: Any) -> None:
    page = browser.new_page(java_script_enabled=False)
    with serving(HTMLResponse(f'<a href="{inbox}a/known?q=a&amp;b=c">x</a>')) as letter:
        letter = letter.replace("127.0.0.1", "localhost")
        page.goto(letter)
        page.click("a")
        page.wait_for_url("**/login?next=*")
        sign_in(page, PASSWORD)
        page.goto(letter)
        page.click("a")
        page.get_by_text("GET /a/known").wait_for()
    assert page.url == f"{inbox}a/known?q=a&b=c"
    page.close()
