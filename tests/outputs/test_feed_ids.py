"""Entries keep the ids that jekyll-feed gives them: a reader that knew a post must not see it as new."""

import re
from html import unescape

import feedparser
import pytest

from sitegen.model.entry_ids import normal_form
from tests.outputs.rules import RULES
from tests.outputs.sites import build_site, post

SITE = 'title = "A"\nurl = "https://example.org"\nbaseurl = "/blog"\n'


def ids(site, name="feed.xml"):
    return [entry.id for entry in feedparser.parse(site[name]).entries]


@pytest.mark.parametrize(
    ("front", "permalink", "id"),
    [
        ({}, "/:year/:month/:day/:title/", "/2024/01/02/Some-post"),
        ({}, "/:categories/:year/:month/:day/:title:output_ext", "/2024/01/02/Some-post"),
        ({"permalink": "/elsewhere/page.html"}, "/:title/", "/elsewhere/Some-post"),
        ({"permalink": "/about/"}, "/:title/", "/Some-post"),
        ({"slug": "café au lait"}, "/:title/", "/caf%C3%A9%20au%20lait"),
        ({"slug": "wait…"}, "/:title/", "/wait..."),
    ],
)
@pytest.mark.parametrize("name", ["feed.xml", "rss.xml"])
def test_entries_have_the_ids_that_jekyll_feed_gives_them(tmp_path, front, permalink, id, name):
    files = {"sitegen.toml": f'{SITE}permalink = "{permalink}"', "_posts/2024-01-02-Some-post.md": post(**front)}
    assert ids(build_site(tmp_path, files), name) == [f"https://example.org/blog{id}"]


@pytest.mark.parametrize(
    ("address", "wanted"),  # as Jekyll 4.3.1 with jekyll-feed 0.17 writes them
    [
        ("/2024/what's-(new)!", "/2024/what's-(new)!"),
        ("/full！width", "/full!width"),
        ("/half½-tm™-ﬁ", "/half1%E2%81%842-tmTM-fi"),
        ("/nfd-e\u0301", "/nfd-%C3%A9"),
        ("/perc%41%2f%zz", "/percA%2F%25zz"),
        ("/100%-of", "/100%25-of"),
        ("/q?x", "/q?x"),
        ("/h#y", "/h#y"),
        ('/a^b`c{d}|"e', "/a%5Eb%60c%7Bd%7D%7C%22e"),
        ("/%EF%BD%83at%20%EF%BC%81/x", "/cat%20!/x"),
        ("/%FF%FE/x", "/%FF%FE/x"),
        ("/\ud800", "/%3F"),
    ],
)
def test_the_normal_form_of_an_address(address, wanted):
    assert normal_form(address) == wanted
    assert normal_form(normal_form(address)) == wanted


@pytest.mark.parametrize(
    ("url", "wanted"),
    [("https://Example.org", "https://example.org/x"), ("https://exämple.org", "https://xn--exmple-cua.org/x")],
)
def test_the_host_of_an_id(tmp_path, url, wanted):
    files = {"sitegen.toml": f'url = "{url}"', "_posts/2024-01-02-x.md": post(permalink="/x/")}
    assert ids(build_site(tmp_path, files)) == [wanted]


def test_the_ids_of_feeds_are_their_addresses(tmp_path):
    site = build_site(tmp_path, {"sitegen.toml": SITE, "_posts/2024-01-01-x.md": post(tags="[a b]")})
    assert feedparser.parse(site["feed.xml"]).feed.id == "https://example.org/blog/feed.xml"
    assert feedparser.parse(site["tags/a-b/feed.xml"]).feed.id == "https://example.org/blog/tags/a-b/feed.xml"


def test_an_id_is_never_given_twice_and_stays_with_the_oldest(tmp_path):
    files = {"sitegen.toml": SITE, "_posts/2024-01-01-news.md": post(permalink="/1/")}
    assert ids(build_site(tmp_path, files)) == ["https://example.org/blog/news"]
    files["_posts/2024-01-02-news.md"] = post(permalink="/2/")
    assert ids(build_site(tmp_path, files)) == ["https://example.org/blog/2/", "https://example.org/blog/news"]
    draft = {"_drafts/news.md": post(permalink="/3/", date="2023-01-01")}
    assert ids(build_site(tmp_path, files | draft, drafts=True))[1] == "https://example.org/blog/news"


@pytest.mark.parametrize(("permalink", "is_one"), [("/:title/", "false"), ("/:title", "true")])
def test_a_guid_tells_whether_it_is_the_address(tmp_path, permalink, is_one):
    settings = f'{SITE}permalink = "{permalink}"'
    text = build_site(tmp_path, {"sitegen.toml": settings, "_posts/2024-01-02-x.md": post()})["rss.xml"]
    assert f'<guid isPermaLink="{is_one}">https://example.org/blog/x</guid>' in text


def test_without_an_url_ids_are_absolute_all_the_same(tmp_path):
    files = {f"_posts/2024-01-0{day}-x{day}.md": post(image="/x.png") for day in (1, 2)}
    site = build_site(tmp_path, files)
    assert "x.png" not in site["feed.xml"]  # a picture wants a host, too
    found = [unescape(id) for id in re.findall("<id>(.*?)</id>", site["feed.xml"])]
    assert len(set(found)) == 3
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id) for id in found)
    assert ids(site) == ids(site, "rss.xml")
    wrong = [problem for problem in RULES["feed.xml"](site["feed.xml"]) if "no whole address" not in problem]
    assert (wrong, feedparser.parse(site["feed.xml"]).bozo) == ([], 0)


def test_without_an_url_ids_are_the_same_whatever_else_changes(tmp_path):
    site = build_site(tmp_path / "a", {"_posts/2024-01-01-x.md": post(title="A")})
    other = build_site(tmp_path / "b", {"_posts/2024-01-01-x.md": post("B", title="B"), "sitegen.toml": 'title = "B"'})
    assert ids(site) == ids(other)


@pytest.mark.parametrize(("settings", "noted"), [("", True), ('url = "https://example.org"', False)])
def test_a_build_says_that_feeds_want_an_url(tmp_path, settings, noted):
    site = build_site(tmp_path, {"sitegen.toml": settings, "_posts/2024-01-01-x.md": post()})
    assert [notice for notice in site.notices if "`url` is not set" in notice] == site.notices
    assert bool(site.notices) is noted


@pytest.mark.parametrize("outputs", ['["posts", "home"]', '["posts", "sitemap"]'])
def test_a_site_without_feeds_is_not_told_of_them(tmp_path, outputs):
    files = {"sitegen.toml": f"outputs = {outputs}", "_posts/2024-01-01-x.md": post()}
    assert build_site(tmp_path, files).notices == []
