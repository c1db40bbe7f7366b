"""Which form, JSON or a page, and where to go next."""

import pytest

from sitegen.forms.wire.protocol import Route, absolute, find_route, safe_next, wants_json
from tests.forms.world import ADA

URLENCODED = "application/x-www-form-urlencoded"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
ROWS = [  # content type, accept, JSON? (forms.md 1.3)
    (None, None, False),
    ("application/json", "text/json", True),
    ("application/json", "application/json", True),
    (None, "application/json", True),
    (None, "application/json, text/javascript, */*; q=0.01", True),
    ("application/json", None, True),
    ("application/json", "application/json, text/plain, */*", True),
    (URLENCODED, "application/json", True),
    (URLENCODED, "application/json, text/plain, */*", True),
    (URLENCODED, None, False),
    (None, "text/html", False),
    ("application/json", "text/html", False),
    ("application/json", BROWSER, False),
    (URLENCODED, "text/html, */*; q=0.01", False),
    (None, BROWSER, False),
]


def headers_of(kind, accept):
    return {name: value for name, value in (("content-type", kind), ("accept", accept)) if value}


@pytest.mark.parametrize(("kind", "accept", "as_json"), ROWS)
def test_json_or_a_page(kind, accept, as_json):
    assert wants_json(headers_of(kind, accept)) is as_json
    assert wants_json(headers_of(kind, accept) | {"x-requested-with": "XMLHttpRequest"})


@pytest.mark.parametrize(
    ("headers", "as_json"),
    [
        ({"accept": "*/*", "sec-fetch-dest": "empty"}, True),
        ({"accept": "*/*", "sec-fetch-dest": "document"}, False),
        ({"accept": "*/*"}, False),
        ({"accept": "text/html;q=0.1, application/json"}, False),  # by place, not by q
        ({"accept": BROWSER, "sec-fetch-dest": "empty"}, False),
    ],
)
def test_a_bare_fetch_gets_json(headers, as_json):
    assert wants_json(headers) is as_json


@pytest.mark.parametrize(
    "path", ["/f/", "/f", "/", "/f/a/b", "/g/a", "/f/../admin", "/p/1/a", "/f/a/thanks/x", "/p//f/a/b"]
)
def test_other_paths_are_no_forms(path):
    assert find_route(path) is None


def test_routes():
    assert find_route("/f/a/thanks") == Route("", "a", "thanks")
    assert find_route("/blog/f/a") is None
    assert find_route("/blog/f/a", "/blog") == Route("/blog", "a")
    assert find_route("//blog//f//a/", "/blog") == Route("/blog", "a")
    assert find_route("/p/x/f/a") == Route("", "a")


@pytest.mark.parametrize(
    "wish",
    [
        "https://evil.example",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https:/evil.example",
        "http://example.org/",  # another scheme
        "\t//evil.example",
        "/\t/evil.example",
        "%09//evil.example",
        "https://example.org@evil.example/",
        "https://example.org.evil.example/",
        "https://example.org:8443/",
        "https://example.org",
        "https://example.org//evil.example",
        "https://example.org\\@evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/x\r\nSet-Cookie: a=b",
        "/x y",
        "/..//evil.example",
        "thanks.html",
        "",
    ],
)
def test_next_leads_nowhere_else(wish):
    assert safe_next(wish, "https://example.org") == ""
    assert safe_next(wish, "") == ""


def test_next_leads_to_the_site():
    assert safe_next("/danke/?a=1#top", "https://example.org") == "https://example.org/danke/?a=1#top"
    assert safe_next("https://example.org/danke/", "https://example.org") == "https://example.org/danke/"
    assert safe_next("/danke/", "") == "/danke/"


def test_next_is_followed_by_browsers_and_told_to_scripts(world):
    assert world.post_page(ADA | {"_next": "/danke/"}).headers["location"] == "/danke/"
    assert world.post(ADA | {"_next": "/danke/"}).json()["next"] == "http://receiver.test/danke/"
    assert world.post_page(ADA | {"_next": "//evil"}).headers["location"] == "/f/chicago/thanks"


def test_a_strange_host_is_not_repeated():
    assert absolute("/a", "https", "example.org:8443") == "https://example.org:8443/a"
    assert absolute("/a", "https", "example.org/evil?") == "/a"
