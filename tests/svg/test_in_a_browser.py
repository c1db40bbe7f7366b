"""Every trick, cleaned and opened by itself in a real browser: nothing runs, and nothing else is asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from sitegen.svg import clean
from tests.svg.hostile import TRICKS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Served = Mapping[str, bytes]


@pytest.fixture
def served() -> Iterator[str]:
    """A server of every trick, at /clean/N.svg and as it was at /raw/N.svg."""
    files = {f"/raw/{number}.svg": data for number, data in enumerate(TRICKS.values())}
    files |= {f"/clean/{number}.svg": clean(data).data for number, data in enumerate(TRICKS.values())}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = files.get(self.path, b"")
            self.send_response(200 if data else 404)
            self.send_header("Content-Type", "image/svg+xml")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def harmed(browser: Browser, served: str, kind: str) -> set[str]:
    """The tricks that ran something, or asked for anything but the picture, when it is opened and pressed."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = set()
    for number, name in enumerate(TRICKS):
        address = f"{served}/{kind}/{number}.svg"
        asked.clear()
        page.goto(address, wait_until="commit")
        page.wait_for_function("document.readyState === 'complete'")
        page.mouse.move(5, 5)
        page.mouse.click(5, 5)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)))")
        ran = page.evaluate("document.documentElement.hasAttribute('ran')")
        elsewhere = [url for url in asked if url.split("#")[0] != address and not url.endswith("/favicon.ico")]
        if ran or [url for url in elsewhere if not url.startswith("data:image/png")]:
            found.add(name)
    context.close()
    return found


def test_nothing_runs(browser: Browser, served: str) -> None:
    assert harmed(browser, served, "clean") == set()


def test_the_tricks_are_real(browser: Browser, served: str) -> None:
    """As they were, many of them work in this browser: the test above can fail."""
    assert len(found := harmed(browser, served, "raw")) >= 20, found
