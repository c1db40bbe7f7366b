"""The number of places on a page, in a real browser: live, with the receiver away, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sitegen.forms.inbox.store import Entry, Store
from sitegen.forms.receiver.app import Receiver
from sitegen.forms.receiver.loading import load_site
from sitegen.forms.receiver.pages import SitePages, book_of
from tests.forms.world import NOON, open_store
from tests.forms.world import serving as listening
from tests.outputs.sites import build_site, post
from tests.web.conftest import Served, serving
from tests.web.test_pages import barriers, invalid

pytestmark = pytest.mark.slow

FORM = "{capacity: 3, members: true, closes: 2099-12-31}"
CALLS = '{"circle": {"taken": 1, "members": [{"name": "Ada"}, {"name": "مريم"}, {"name": "<b>Bob"}]}}'
BUILT, LIVE, FULL = "1 of 3 places taken", "2 of 3 places taken", "All 3 places taken"


class Scene:
    """A site, and its receiver on another host."""

    def __init__(self, folder: Path, receiver: str, store: Store) -> None:
        settings = f'url = "https://blog.example"\nreceive.url = "{receiver}"\n'
        files = {"_posts/2026-05-06-circle.md": post(form=FORM, title="A circle"), "_data/calls.json": CALLS}
        self.built = build_site(folder, {**files, "sitegen.toml": settings}, strict=True)
        self.store = store

    def join(self, *names: str) -> None:
        for name in names:
            self.store.accept(Entry("circle", 3, (("name", name),), NOON))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[tuple[Scene, Served]]:
    with closing(open_store(tmp_path / "inbox.db")) as store:
        apps: list[Receiver] = []

        async def later(scope: Any, receive: Any, send: Any) -> None:  # its address is known before the site is built
            await apps[0](scope, receive, send)

        with listening(later) as address:
            scene = Scene(tmp_path / "site", address, store)
            site = load_site(tmp_path / "site", NOON)
            with closing(Receiver(lambda: book_of(site), store, SitePages(lambda: site))) as app:
                apps.append(app)
                with serving(scene.built.output) as served:
                    yield scene, served


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.set_default_timeout(10_000)
    yield page
    page.close()


def places(page: Any) -> Any:
    return page.locator(".privacy .places")


def test_the_number_is_live(scene: Any, page: Any) -> None:
    world, served = scene
    world.join("a", "b")
    page.goto(served.address + "/join/circle/")
    page.locator(".privacy .places", has_text=LIVE).wait_for()
    assert page.locator(".head .places").inner_text() == LIVE
    assert places(page).get_attribute("aria-live") == "polite"


def test_nothing_moves(scene: Any, page: Any) -> None:
    world, served = scene
    world.join("a", "b", "c")
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((it) => (moved += it.value)))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for address in ("/join/circle/", "/join/", "/2026/05/06/circle/"):
        page.goto(served.address + address)
        page.locator(".privacy .places", has_text=FULL).wait_for()
        assert page.evaluate("moved") == 0


@pytest.mark.parametrize(("free", "built", "words"), [(0, 1, "Full"), (1, 3, "Open")])
def test_a_call_that_takes_nobody_any_more_says_so(
    tmp_path: Path, page: Any, free: int, built: int, words: str
) -> None:
    site = {
        "_posts/2026-05-06-strict.md": post(form="{capacity: 3, waitlist: false}", title="Three, and no more"),
        "_data/calls.json": f'{{"strict": {{"taken": {built}}}}}',
        "sitegen.toml": 'receive.url = "https://answers.example"\n',
    }
    headers = {"Access-Control-Allow-Origin": "*"}
    page.route("**/places", lambda route: route.fulfill(json={"free": free, "taken": 3 - free}, headers=headers))
    with serving(build_site(tmp_path, site).output) as served:
        page.goto(served.address + "/join/strict/")
        page.locator(".head .flag:visible", has_text=words).wait_for()
        assert page.locator(".note").is_visible() == (not free)


def test_it_is_asked_again_when_the_page_is_looked_at_again(scene: Any, page: Any) -> None:
    world, served = scene
    world.join("a", "b")
    page.goto(served.address + "/join/circle/")
    page.locator(".privacy .places", has_text=LIVE).wait_for()
    page.route("**/places", lambda route: route.fulfill(json={"free": 0, "taken": 3}))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator(".privacy .places", has_text=FULL).wait_for()


def answer(page: Any, served: Served) -> None:
    page.goto(served.address + "/join/circle/")
    for name in ("name", "email", "message"):
        page.locator(f"[name={name}]").fill("zoe@example.org")
    page.locator("form.interest [type=submit]").click()


@pytest.mark.parametrize(
    ("taken", "words"),
    [(2, "Thank you, your answer has arrived."), (3, "Your answer has arrived, and you are on the waitlist.")],
)
def test_visitors_are_told_in_place_whether_they_wait(scene: Any, page: Any, taken: int, words: str) -> None:
    """Where the page is not at the site's `url` the script goes nowhere: it says so itself."""
    world, served = scene
    world.join(*"abc"[:taken])
    answer(page, served)
    page.locator(".sent strong", has_text=words).wait_for()
    assert page.locator(".sent > p:visible").count() == 1
    assert page.get_by_text("The reference of your answer is").is_visible()


@pytest.mark.parametrize(
    ("told", "words"),
    [({"confirm": True}, "Check your e-mail."), ({}, "Thank you, your answer has arrived.")],
)
def test_visitors_are_told_in_place_to_look_into_their_mail(
    tmp_path: Path, page: Any, told: dict[str, bool], words: str
) -> None:
    """The receiver knows, be the page older or newer than what it goes by."""
    settings = (
        'url = "https://blog.example"\nreceive = {url = "https://receiver.example", sender = "me@blog.example"}\n'
    )
    call = post(form="{confirm: true}", title="A circle")
    built = build_site(tmp_path, {"_posts/2026-05-06-circle.md": call, "sitegen.toml": settings}, strict=True)
    page.route("**/f/circle", lambda it: it.fulfill(json={"ok": True, **told}))
    with serving(built.output) as served:
        answer(page, served)
        page.locator(".sent strong", has_text=words).wait_for()
        assert page.locator(".sent > :visible").count() == (1 if told else 2)


@pytest.mark.parametrize("how", ["refused", "error", "no JSON"])
def test_the_number_of_the_build_stays_when_the_receiver_is_away(scene: Any, page: Any, how: str) -> None:
    _, served = scene
    away = {"refused": lambda it: it.abort(), "error": lambda it: it.fulfill(status=503, json={"error": "x"})}
    page.route("**/places", away.get(how, lambda it: it.fulfill(body="<html>")))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(served.address + "/join/circle/")
    page.wait_for_load_state("networkidle")
    assert places(page).inner_text() == f"{BUILT}."
    assert errors == []


def test_without_script(scene: Any, browser: Any) -> None:
    _, served = scene
    page = browser.new_page(java_script_enabled=False)
    page.goto(served.address + "/join/circle/")
    assert places(page).inner_text() == f"{BUILT}."
    assert page.locator(".members li").all_inner_texts() == ["Ada", "مريم", "<b>Bob"]
    page.close()


def test_nobody_else_is_asked(scene: Any, page: Any) -> None:
    """The page speaks to its own host and to the receiver alone, and asks once for all the numbers on it."""
    world, served = scene
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.address + "/join/circle/")
    page.wait_for_load_state("networkidle")
    receiver = world.built["join/circle/index.html"].split('data-places="')[1].split("/f/")[0]
    assert {url for url in asked if not url.startswith((served.address, "data:"))} == {f"{receiver}/f/circle/places"}
    assert len([url for url in asked if url.endswith("/places")]) == 1


def test_valid_html(scene: Any, judges: Path) -> None:
    world, _ = scene
    assert invalid(sorted(world.built.output.rglob("*.html")), judges) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(scene: Any, page: Any, judges: Path, scheme: str) -> None:
    world, served = scene
    world.join("a", "b")
    page.emulate_media(color_scheme=scheme)
    for address in ("/join/circle/", "/join/", "/2026/05/06/circle/"):
        page.goto(served.address + address)
        page.locator(".privacy .places", has_text=LIVE).wait_for()
        assert barriers(page, judges) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
