"""A published site and its receiver on another origin, in a real browser: with its own script, and without any."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sitegen.build import build
from sitegen.config import load_config
from tests.forms.contract.processes import Program, running, write_site
from tests.web.conftest import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FORMS = {"plain": (8, "true"), "one": (2, "{capacity: 1}"), "over": (2, "true"), "often": (1, "true")}
ASK = """([address, headers]) => fetch(address, {method: "POST", body: new URLSearchParams({name: "Ada"}), headers})
    .then(async (it) => [it.status, it.headers.get("retry-after"), await it.json()])"""


@dataclass(frozen=True)
class Published:
    """The address of the site, and the receiver of its answers."""

    address: str
    receiver: Program


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """A site built while its calls were open; some have closed since then."""
    folder = tmp_path_factory.mktemp("published") / "site"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serving(folder / "output") as served:
        config = f'url = "{served.address}"\n[receive]\nurl = "http://127.0.0.1:{port}"\nrate_limit = "3/day"\n'
        write_site(folder, config, FORMS)
        build(load_config(folder), now=NOW)
        for post in (folder / "_posts").glob("*over*"):
            post.write_text(post.read_text().replace("form: true", "form: {closes: 2026-05-31}"))
        with running("receive", folder, port=port) as receiver:
            yield Published(served.address, receiver)


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without script."""
    with closing(browser.new_page(java_script_enabled=False)) as page:
        yield page


@pytest.fixture
def scripted(browser: Browser) -> Iterator[Page]:
    """A page with script."""
    with closing(browser.new_page()) as page:
        yield page


def fill(page: Page, published: Published, form: str, **answers: str) -> None:
    """Open the page of a call, fill it in, and send it."""
    page.goto(f"{published.address}/join/{form}/")
    for name, value in ({"name": "Ada", "email": "ada@example.org"} | answers).items():
        page.fill(f"form.interest [name={name}]", value)
    page.click("form.interest [type=submit]")


def test_without_script_a_reload_does_not_send_again(plain: Page, published: Published) -> None:
    sent: list[tuple[str, str | None]] = []
    answered: list[int] = []
    plain.on(
        "request",
        lambda it: sent.append((it.method, it.headers.get("content-type"))) if it.is_navigation_request() else None,
    )
    plain.on("response", lambda it: answered.append(it.status) if it.request.method == "POST" else None)
    fill(plain, published, "plain-1")
    plain.wait_for_url("**/thanks/")
    assert plain.url == f"{published.address}/join/plain-1/thanks/"
    assert answered == [303]
    assert ("POST", "application/x-www-form-urlencoded") in sent
    sent.clear()
    plain.reload()
    assert [method for method, _ in sent] == ["GET"]
    assert "Thank you" in plain.inner_text("main")
    assert len(published.receiver.inbox("plain-1")) == 1


def test_without_script_wrong_answers_come_back_to_be_mended(plain: Page, published: Published) -> None:
    fill(plain, published, "plain-2", email="ada@nowhere", message="two\nlines & <more>")
    assert plain.title().startswith("Error: ")
    assert plain.url == f"{published.receiver.address}/f/plain-2"
    values = {name: plain.input_value(f"[name={name}]") for name in ("name", "email", "message")}
    assert values == {"name": "Ada", "email": "ada@nowhere", "message": "two\nlines & <more>"}
    assert plain.locator("[aria-invalid=true]").get_attribute("name") == "email"
    plain.fill("[name=email]", "ada@example.org")
    plain.click("[type=submit]")
    plain.wait_for_url("**/thanks/")
    (stored,) = published.receiver.inbox("plain-2")
    assert dict(stored.answers)["message"] == "two\nlines & <more>"


def test_without_script_a_call_that_has_closed_keeps_the_answers(plain: Page, published: Published) -> None:
    fill(plain, published, "over-1", message="after the end")
    assert "31 May 2026" in plain.inner_text("main")
    assert "after the end" in plain.inner_text("main")
    plain.click(f"main a[href^='{published.address}']")  # a way back to the site
    assert plain.url.startswith(published.address)
    assert published.receiver.inbox("over-1") == []


def test_without_script_the_second_of_one_waits(plain: Page, published: Published) -> None:
    fill(plain, published, "one-1")
    assert plain.url.endswith("/thanks/")
    fill(plain, published, "one-1", name="Bob")
    assert plain.url == f"{published.address}/join/one-1/waitlist/"
    assert "waitlist" in plain.inner_text("main")
    assert [stored.state for stored in published.receiver.inbox("one-1")] == ["new", "waitlist"]


def test_with_script_the_page_stays_until_it_leads_on(scripted: Page, published: Published) -> None:
    kinds: list[str] = []
    scripted.on("request", lambda it: kinds.append(it.resource_type) if it.method == "POST" else None)
    fill(scripted, published, "plain-3", name=" ", email="ada@nowhere")
    problem = scripted.locator(".problem")
    problem.wait_for()
    assert scripted.url == f"{published.address}/join/plain-3/"
    name, email = (item.inner_text() for item in problem.locator("li").all())
    assert ("Name" in name, "E-mail" in email) == (True, True)
    assert scripted.input_value("[name=email]") == "ada@nowhere"
    assert problem.evaluate("it => it === document.activeElement")
    scripted.fill("[name=name]", "Ada")
    scripted.fill("[name=email]", "ada@example.org")
    scripted.click("form.interest [type=submit]")
    scripted.wait_for_url("**/join/plain-3/thanks/")
    assert kinds == ["fetch", "fetch"]  # no navigation: the answers of the other origin could be read
    assert len(published.receiver.inbox("plain-3")) == 1


@pytest.mark.parametrize(("form", "before", "words"), [("over-2", 0, "31 May 2026"), ("often-1", 3, "try again in ")])
def test_with_script_what_refuses_the_whole_form_is_told_in_the_page(
    scripted: Page, published: Published, form: str, before: int, words: str
) -> None:
    with published.receiver.client() as client:
        for at in range(before):
            client.post(f"/f/{form}", data={"name": f"{at}", "email": "a@example.org"})
    fill(scripted, published, form)
    scripted.locator(".problem").wait_for()
    assert words in scripted.inner_text(".problem")
    assert scripted.url == f"{published.address}/join/{form}/"
    assert scripted.input_value("[name=name]") == "Ada"


def test_with_script_the_second_of_one_waits(scripted: Page, published: Published) -> None:
    fill(scripted, published, "one-2")
    scripted.wait_for_url("**/join/one-2/thanks/")
    fill(scripted, published, "one-2", name="Bob")
    scripted.wait_for_url("**/join/one-2/waitlist/")


def test_a_page_of_any_origin_may_ask_with_the_headers_of_the_clients(scripted: Page, published: Published) -> None:
    """The browser asks for permission first, and hides what it may not show."""
    scripted.goto(f"{published.address}/join/plain-4/")
    headers = {
        "Accept": "application/json",
        "X-Requested-With": "XMLHttpRequest",
        "Formspree-Client": "a@1",
        "Formspree-Session-Data": "e30=",
        "Idempotency-Key": "k",
    }
    answers = [
        scripted.evaluate(ASK, [f"{published.receiver.address}/f/{form}", headers])
        for form in ("plain-4", "nobody", "plain-4", "plain-4", "plain-4")
    ]
    assert [status for status, _, _ in answers] == [422, 404, 422, 422, 429]
    assert [bool(wait) for _, wait, _ in answers] == [False, False, False, False, True]
    assert all(body["errors"] for _, _, body in answers)
    with pytest.raises(Exception, match="Failed to fetch"):
        scripted.evaluate(ASK, [f"{published.receiver.address}/f/plain-4", headers | {"X-Other": "1"}])


def test_a_bare_fetch_gets_no_page(scripted: Page, published: Published) -> None:
    """It accepts anything, and would take a page for success."""
    scripted.goto(f"{published.address}/join/plain-5/")
    status, _, body = scripted.evaluate(ASK, [f"{published.receiver.address}/f/plain-5", {}])
    assert (status, [error["code"] for error in body["errors"]]) == (422, ["REQUIRED_FIELD_MISSING"])
