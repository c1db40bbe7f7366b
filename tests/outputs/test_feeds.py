"""The Atom feed and the sitemap."""

from xml.etree import ElementTree

import feedparser
import pytest

from tests.outputs.sites import build_site, post

SITE = 'title = "A & B"\nurl = "https://example.org"\nbaseurl = "/blog"\nauthor = "Ada"\n'


def feed_of(tmp_path, files):
    site = build_site(tmp_path, {"sitegen.toml": SITE, **files})
    found = feedparser.parse(site["feed.xml"])
    assert found.bozo == 0
    return found


def test_a_feed_that_readers_take(tmp_path):
    text = post(
        "See [x](/a/) ![p](/p.png) <b>&amp;</b>\n\n<!--more-->\n\nRest",
        title='"T < & >"',
        tags="[a, b]",
        date="2024-01-02 03:04:05",
    )
    feed = feed_of(tmp_path, {"_posts/x.md": text})
    (entry,) = feed.entries
    assert (feed.feed.title, feed.feed.id) == ("A & B", "https://example.org/blog/feed.xml")
    assert (entry.title, entry.link, entry.author) == (
        "T < & >",
        "https://example.org/blog/2024/01/02/x/",
        "Ada",
    )
    assert 'href="https://example.org/blog/a/"' in entry.content[0].value
    assert 'src="https://example.org/blog/p.png"' in entry.content[0].value
    assert [tag.term for tag in entry.tags] == ["a", "b"]
    assert entry.published == entry.updated == "2024-01-02T03:04:05+00:00"


@pytest.mark.parametrize(
    ("front", "permalink", "id"),
    [
        ({}, "/:year/:month/:day/:title/", "/2024/01/02/Some-post"),
        ({}, "/:categories/:year/:month/:day/:title:output_ext", "/2024/01/02/Some-post"),
        ({"permalink": "/elsewhere/page.html"}, "/:title/", "/elsewhere/Some-post"),
        ({"permalink": "/about/"}, "/:title/", "/Some-post"),
        ({"slug": "café au lait"}, "/:title/", "/caf%C3%A9%20au%20lait"),
    ],
)
def test_entries_have_the_ids_that_jekyll_feed_gives_them(tmp_path, front, permalink, id):
    files = {"sitegen.toml": f'{SITE}permalink = "{permalink}"', "_posts/2024-01-02-Some-post.md": post(**front)}
    (entry,) = feed_of(tmp_path, files).entries
    assert entry.id == f"https://example.org/blog{id}"


def test_ids_are_never_given_twice(tmp_path):
    files = {f"_posts/2024-01-0{day}-news.md": post(permalink=f"/{day}/") for day in (1, 2)}
    assert [entry.id for entry in feed_of(tmp_path, files).entries] == [
        "https://example.org/blog/2/",
        "https://example.org/blog/1/",
    ]


def test_the_ten_newest_entries(tmp_path):
    feed = feed_of(
        tmp_path,
        {f"_posts/2024-01-{day:02}-p.md": post(title=f"P{day}", permalink=f"/p{day}/") for day in range(1, 13)},
    )
    assert [entry.title for entry in feed.entries] == [f"P{day}" for day in range(12, 2, -1)]


def test_signs_that_xml_cannot_hold(tmp_path):
    feed = feed_of(tmp_path, {"_posts/2024-01-01-x.md": post("A form feed \x0c and a bell \x07 here.")})
    assert len(feed.entries) == 1


def locations(text):
    root = ElementTree.fromstring(text)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    return {
        url.findtext("s:loc", None, space): url.findtext("s:lastmod", None, space)
        for url in root.findall("s:url", space)
    }


FILES = {
    "_posts/2024-01-02-x.md": post(tags="[R & D]", last_modified_at="2024-02-03"),
    "_posts/2024-01-03-y.md": post(sitemap="false"),
    "about.md": post(),
    "static/raw.html": "<p>",
    "_pages/404.md": "Lost",
}


def test_the_sitemap_has_every_page_with_its_whole_address(tmp_path):
    found = locations(build_site(tmp_path, {"sitegen.toml": SITE, **FILES})["sitemap.xml"])
    assert set(found) == {
        "https://example.org/blog" + path
        for path in ("/", "/2024/01/02/x/", "/about/", "/archive/", "/tags/", "/tags/r-and-d/", "/raw.html")
    }
    assert found["https://example.org/blog/2024/01/02/x/"] == "2024-02-03"


def test_without_an_url_the_sitemap_is_written_all_the_same(tmp_path):
    assert "/2024/01/02/x/" in locations(build_site(tmp_path, FILES)["sitemap.xml"])


@pytest.mark.parametrize(("closes", "invited"), [("2030-01-01", True), ("2020-01-01", False)])
def test_an_open_call_is_joined_from_the_feed(tmp_path, closes, invited):
    text = post(title="Read with me", date="2024-01-02", form=f"{{closes: {closes}}}")
    feed = feed_of(tmp_path, {"_posts/read.md": text})
    assert ("https://example.org/blog/join/read/" in feed.entries[0].content[0].value) is invited
