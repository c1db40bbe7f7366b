"""What people see who open a feed in a browser: no XML."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.outputs.sites import build_site, post

HOST = "https://example.org"
SITE = f'title = "A small blog"\ndescription = "Notes."\nurl = "{HOST}"\nbaseurl = "/blog"\n'
POSTS = {
    "_posts/2024-01-02-x.md": post("Beginning.\n\n<!--more-->\n\nEnd.", title="A title", tags="[a]"),
    "_posts/2024-01-01-y.md": post("Other.", title="Another " + "long" * 30),
}
TYPES = {"xml": "application/xml", "css": "text/css"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build_site(tmp_path_factory.mktemp("site"), {"sitegen.toml": SITE, **POSTS})


@pytest.fixture(params=["light", "dark"])
def page(request, browser, site) -> Iterator[Any]:
    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(f"{HOST}/blog/")
        if path in site:
            route.fulfill(body=site[path], content_type=TYPES[path.rsplit(".", 1)[1]])
        else:
            route.fulfill(status=404)

    size = {"width": 320, "height": 700}
    with closing(browser.new_context(color_scheme=request.param, viewport=size)) as context:
        context.route("**/*", answer)
        yield context.new_page()


@pytest.mark.parametrize("name", ["feed.xml", "rss.xml", "tags/a/feed.xml"])
def test_a_list_of_posts_with_a_word_on_what_it_is(page, name):
    page.goto(f"{HOST}/blog/{name}")
    seen = page.evaluate("getSelection().selectAllChildren(document.documentElement), getSelection().toString()")
    assert "A small blog" in seen and "A title" in seen and "Beginning." in seen
    assert "End." not in seen and "<p>" not in seen
    assert "This is a feed" in page.eval_on_selector("feed, channel", "it => getComputedStyle(it, '::before').content")
    assert page.eval_on_selector("published, pubDate", "it => it.scrollWidth > it.clientWidth"), "the time is cut off"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_both_schemes(page):
    page.goto(f"{HOST}/blog/feed.xml")
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    ground, ink = page.evaluate(
        "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.documentElement).color]"
    )
    lightness = [sum(map(int, colour.strip("rgb()").split(","))) for colour in (ground, ink)]
    assert (lightness[0] < lightness[1]) is dark
