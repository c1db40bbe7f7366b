"""What a site says of its feeds, in its own words and in jekyll-feed's."""

import json

import feedparser
import pytest

from sitegen.errors import SiteError
from tests.outputs.rules import RULES
from tests.outputs.sites import build_site, post

SITE = 'title = "A"\nurl = "https://example.org"\n'
JEKYLL = "title: A\nurl: https://example.org\n"
POSTS = {
    f"_posts/2024-01-0{day}-p{day}.md": post(f"One {day}.\n\nTwo {day}.", layout="none", tags="[t]")
    for day in range(1, 4)
}


def feed_of(site, path="feed.xml"):
    assert list(RULES["feed.xml"](site[path])) == []
    return feedparser.parse(site[path])


def test_the_address_and_every_link_to_it(tmp_path):
    closed = post(form="{closes: 2024-02-01}")
    settings = SITE + '[feed]\npath = "news/atom.xml"'
    site = build_site(tmp_path, {"sitegen.toml": settings, "_posts/2024-01-01-call.md": closed, **POSTS})
    assert "feed.xml" not in site
    assert feed_of(site, "news/atom.xml").feed.id == "https://example.org/news/atom.xml"
    for page in ("index.html", "tags/t/index.html", "join/index.html"):
        assert '"/feed.xml"' not in site[page]
        assert '"/news/atom.xml"' in site[page]


def test_another_format_gives_way_to_the_feed_that_was_there_before(tmp_path):
    site = build_site(tmp_path, {"_config.yml": JEKYLL + "feed: {path: /rss.xml}\n", **POSTS})
    assert len(feed_of(site, "rss.xml").entries) == 3
    assert "application/rss+xml" not in site["index.html"]
    assert site.notices == []


def test_jekylls_words_for_it(tmp_path):
    config = JEKYLL + "feed:\n  path: atom.xml\n  posts_limit: 2\n  excerpt_only: true\n  icon: /x.png\n"
    site = build_site(tmp_path, {"_config.yml": config, **POSTS})
    entries = feed_of(site, "atom.xml").entries
    assert [entry.title for entry in entries] == ["P3", "P2"]
    assert "One 3" in entries[0].summary and "Two 3" not in site["atom.xml"]
    assert "Two 3" not in site["rss.xml"] + site["feed.json"]
    assert site.notices == []


def test_one_post_may_have_its_excerpt_only(tmp_path):
    files = {**POSTS, "_posts/2024-01-04-p4.md": post("One 4.\n\nTwo 4.", layout="none", feed="{excerpt_only: true}")}
    site = build_site(tmp_path, {"_config.yml": JEKYLL, **files})
    assert "Two 3" in site["feed.xml"] and "Two 4" not in site["feed.xml"]
    assert "Two 4" not in json.loads(site["feed.json"])["items"][0]["content_html"]


def test_collections_have_no_feeds_and_that_is_said_once(tmp_path):
    config = JEKYLL + "feed:\n  collections: [recipes]\n"
    assert build_site(tmp_path, {"_config.yml": config, **POSTS}).notices == [
        "_config.yml:4: `feed.collections`: there are feeds of posts only"
    ]


@pytest.mark.parametrize("value", ["", " {}", " # later"])
def test_an_empty_table_of_jekylls(tmp_path, value):
    site = build_site(tmp_path, {"_config.yml": f"{JEKYLL}feed:{value}\n", **POSTS})
    assert (len(feed_of(site).entries), site.notices) == (3, [])


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('path = "/feed/"', "`feed.path` is no name of a feed"),
        ('path = "../feed.xml"', "`feed.path` is wrong"),
        ('path = ["feed.xml"]', "`feed.path` is not text"),
        ("posts = -1", "`feed.posts` is not a whole number"),
        ('content = "some"', '`feed.content` is "some", which there is not'),
        ("posts_limit = 3", 'there is no setting "feed.posts_limit"'),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, setting, message):
    with pytest.raises(SiteError) as caught:
        build_site(tmp_path, {"sitegen.toml": f"{SITE}[feed]\n{setting}\n", **POSTS})
    (problem,) = caught.value.problems
    assert problem.where == "sitegen.toml:4"
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    "setting",
    ["path: feed/", "posts_limit: many", "excerpt_only: 1", "categories: {a: b}", "categories: [../../x]", "tags: [a]"],
)
def test_what_is_wrong_on_a_jekyll_site_is_a_warning(tmp_path, setting):
    site = build_site(tmp_path, {"_config.yml": f"{JEKYLL}feed:\n  {setting}\n", **POSTS})
    (notice,) = site.notices
    assert notice.startswith("_config.yml:4: `feed.")
    assert len(feed_of(site).entries) == 3
