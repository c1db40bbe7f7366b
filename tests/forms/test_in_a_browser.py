"""The receiver's pages in a real browser, with script and without."""

from dataclasses import replace

import pytest
from starlette.staticfiles import StaticFiles

from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problems
from sitegen.forms.receiver.loading import load_site
from sitegen.forms.receiver.pages import SitePages, book_of
from sitegen.templates.theme import theme_assets
from tests.forms.world import NOON, serving
from tests.outputs.sites import build_site

POST = "---\ntitle: A call\ndate: 2026-05-06\nform: {thanks: See you}\n---\nCome.\n"


@pytest.mark.parametrize("script", [False, True])
def test_wrong_answers_are_mended_on_the_page_that_comes_back(world, tmp_path, browser, script):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-05-06-call.md").write_text(POST)
    site = assemble(load_config(tmp_path, preview=True), Problems(), now=NOON)
    world.book, world.pages = book_of(site), SitePages(lambda: site)
    world.book = replace(world.book, thanks={})
    world.restart()
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


CALL_FOR_FILES = """---
title: A call
form:
  thanks: See you
  fields:
    name: {required: true}
    email: {type: email, required: true}
    cv: {type: file, label: Your CV, accept: .pdf, max_size: 500 KB, required: true}
---
Come.
"""


@pytest.mark.parametrize("script", [False, True])
def test_a_file_is_sent(world, tmp_path, browser, script):
    """Not a PDF at first; then one, with the page or the form as it came back."""
    (cv := tmp_path / "cv.pdf").write_bytes(b"%PDF-1.7\n" + bytes(300_000))
    (large := tmp_path / "large.pdf").write_bytes(b"%PDF-1.7\n" + bytes(600_000))
    (wrong := tmp_path / "wrong.pdf").write_bytes(b"MZ\x00")

    pages = StaticFiles(directory=tmp_path / "site" / "output", html=True, check_dir=False)

    async def host(scope, receive, send):  # its address is known before the site is built
        await (world.app if scope.get("path", "/f/").startswith("/f/") else pages)(scope, receive, send)

    with serving(host) as address:
        settings = f'url = "{address}"\n[receive]\nurl = "{address}"\nuploads = true\n'
        build_site(tmp_path / "site", {"_posts/2026-05-06-a.md": CALL_FOR_FILES, "sitegen.toml": settings}, strict=True)
        site = load_site(tmp_path / "site", NOON)
        world.book, world.pages = book_of(site), SitePages(lambda: site)
        world.restart()
        page = browser.new_page(java_script_enabled=script)
        page.set_default_timeout(5000)
        page.goto(f"{address}/join/a/")
        page.fill("[name=name]", "Ada")
        page.fill("[name=email]", "ada@example.org")
        page.set_input_files("[name=cv]", wrong)
        page.click("form.interest [type=submit]")
        page.locator(".problem li", has_text="“wrong.pdf” is not of a kind that fits here: .pdf.").wait_for()
        assert page.input_value("[name=name]") == "Ada"
        assert ("chosen again" in page.locator("#f-a-cv-hint").inner_text()) is not script
        if script:  # what is too large is not even sent
            page.set_input_files("[name=cv]", large)
            page.click("form.interest [type=submit]")
            page.locator(".problem li", has_text="Your CV – Please choose a smaller file.").wait_for()
        page.set_input_files("[name=cv]", cv)
        page.click("form.interest [type=submit]")
        page.wait_for_url(f"{address}/join/a/thanks/**")
        assert "See you" in page.inner_text("main")
        page.close()
    (stored,) = world.inbox()
    (file,) = world.store.files_of(stored)
    assert (stored.answers[0], file.field, file.name, file.type) == (("name", "Ada"), "cv", "cv.pdf", "application/pdf")
    assert world.store.content_of(file) == cv.read_bytes()
