"""The receiver's pages in a real browser, with script and without."""

from dataclasses import replace

import pytest

from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problems
from sitegen.forms.receiver.pages import SitePages, book_of
from sitegen.templates.theme import theme_assets
from tests.forms.world import NOON, serving

POST = "---\ntitle: A call\ndate: 2026-05-06\nform: {thanks: See you}\n---\nCome.\n"


@pytest.mark.parametrize("script", [False, True])
def test_wrong_answers_are_mended_on_the_page_that_comes_back(world, tmp_path, browser, script):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-05-06-call.md").write_text(POST)
    site = assemble(load_config(tmp_path, preview=True), Problems(), now=NOON)
    world.book, world.pages = book_of(site), SitePages(lambda: site)
    world.book = replace(world.book, thanks={})
    world.__post_init__()
    with serving(world.app) as address:
        page = browser.new_page(java_script_enabled=script)
        page.set_default_timeout(5000)
        page.route("**/assets/join.js", lambda route: route.fulfill(path=theme_assets()["/assets/join.js"][0]))
        page.set_content(
            f'<form method="post" action="{address}/f/call"><input name="name" value="Ada">'
            '<input name="email" value="ada"><button>Send</button></form>'
        )
        page.click("button")
        assert page.title().startswith("Error: ")
        assert page.input_value("[name=name]") == "Ada"
        page.click(".problem a")
        assert page.locator("[name=email]").evaluate("it => it === document.activeElement")
        page.fill("[name=email]", "ada@example.org")
        page.click("[type=submit]")
        page.wait_for_url("**/thanks")
        assert "See you" in page.inner_text("main")
        page.close()
    (stored,) = world.inbox()
    assert dict(stored.answers) == {"name": "Ada", "email": "ada@example.org", "message": ""}
