"""What a published page's scripts send for the judgement, from another origin than the receiver's."""

import threading
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sitegen.cli import main
from sitegen.dates import now
from sitegen.forms.receiver.loading import load_site
from sitegen.forms.receiver.pages import SitePages, book_of
from tests.forms.world import serving

pytest.importorskip("altcha")
POST = "---\ntitle: A call\ndate: 2026-05-06\nform: true\n---\nCome.\n"
LINKS = "https://a.example https://b.example https://c.example"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


@contextmanager
def published(folder):
    """A plain web server: its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def call(world, tmp_path):
    """A site with a call that wants proofs, published on one port, and its receiver on another: the address."""
    source = tmp_path / "site"
    (source / "_posts").mkdir(parents=True)
    (source / "_posts" / "2026-05-06-call.md").write_text(POST)
    world.clock = now
    world.restart()
    with serving(world.app) as receiver, published(source / "output") as place:
        settings = f'url = "{place}"\n[receive]\nurl = "{receiver}"\naltcha = true\norigins = ["https://a.example"]\n'
        (source / "sitegen.toml").write_text(settings)
        assert main(["build", "-s", str(source)]) == 0
        site = load_site(source, now())
        world.book, world.pages = book_of(site), SitePages(lambda: site)
        yield f"{place}/join/call/"


@pytest.mark.parametrize(("altcha", "state"), [(True, "new"), (False, "spam")])
def test_a_page_sends_how_long_it_was_there_and_what_it_solved(world, call, browser, altcha, state):
    world.book = replace(world.book, altcha=altcha)
    page = browser.new_page()
    page.set_default_timeout(20_000)
    page.add_init_script("performance.now = () => 0")  # sent in no time at all, however slow this machine is
    page.goto(call)
    assert page.input_value("[name=_altcha]") == ""  # nobody has begun to write
    page.fill("[name=name]", "Ada")
    page.fill("[name=email]", "ada@example.org")
    page.fill("[name=message]", LINKS)
    if altcha:
        page.wait_for_function("document.querySelector('[name=_altcha]').value")
    page.click("[type=submit]")
    page.wait_for_url("**/thanks/")
    page.close()
    (stored,) = world.inbox()
    assert stored.state == state
    assert dict(stored.answers) == {"name": "Ada", "email": "ada@example.org", "message": LINKS}
    assert ("2 seconds" in stored.reason) is (state == "spam")
