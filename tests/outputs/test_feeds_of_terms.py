"""A feed for each tag and each category."""

import re

import feedparser
import pytest

from tests.outputs.rules import RULES
from tests.outputs.sites import build_site, post

SITE = 'title = "A"\nurl = "https://example.org"\nbaseurl = "/blog"\n'
FILES = {
    "_posts/2024-01-01-one.md": post("One.", tags="[R & D, ünï]", categories="[News]"),
    "_posts/2024-01-02-two.md": post("Two.", tags="[r & d]"),
    "_posts/2024-01-03-three.md": post("Three.", categories="[News, Extra cat]"),
}
JEKYLL = "title: A\nurl: https://example.org\nbaseurl: /blog\n"


def titles(site, path):
    assert list(RULES["feed.xml"](site[path])) == []
    feed = feedparser.parse(site[path])
    assert feed.bozo == 0
    return [entry.title for entry in feed.entries]


def test_each_has_its_own_posts(tmp_path):
    site = build_site(tmp_path, {"sitegen.toml": SITE, **FILES})
    assert titles(site, "tags/r-and-d/feed.xml") == ["Two", "One"]
    assert titles(site, "tags/ünï/feed.xml") == ["One"]
    assert titles(site, "categories/news/feed.xml") == ["Three", "One"]


def test_what_it_says_of_itself(tmp_path):
    site = build_site(tmp_path, {"sitegen.toml": SITE, **FILES})
    feed = feedparser.parse(site["tags/ünï/feed.xml"]).feed
    page = "https://example.org/blog/tags/%C3%BCn%C3%AF/"
    assert (feed.title, feed.link) == ("ünï · A", page)
    assert [link.href for link in feed.links if link.rel == "self"] == [page + "feed.xml"]


def test_the_page_of_the_term_links_to_it(tmp_path):
    site = build_site(tmp_path, {"sitegen.toml": SITE, **FILES})
    page = site["tags/r-and-d/index.html"]
    link = 'title="R &amp; D · A" href="/blog/tags/r-and-d/feed.xml">'
    assert f'<link rel="alternate" type="application/atom+xml" {link}' in page.split("</head>")[0]
    assert '<a href="/blog/tags/r-and-d/feed.xml">Feed of this tag</a>' in page
    assert "Feed of this category" in site["categories/news/index.html"]


@pytest.mark.parametrize("outputs", ['["posts", "tags"]', '["posts", "atom", "categories"]'])
def test_none_where_the_page_or_the_format_is_not_wanted(tmp_path, outputs):
    site = build_site(tmp_path, {"sitegen.toml": f"{SITE}outputs = {outputs}", **FILES})
    assert not any(path.startswith("tags/") and path.endswith(".xml") for path in site.files)
    assert "Feed of this tag" not in "".join(site[path] for path in site.files if path.startswith("tags/"))


def test_a_file_of_the_sites_own_goes_before_it(tmp_path):
    site = build_site(tmp_path, {"sitegen.toml": SITE, "static/tags/r-and-d/feed.xml": "<mine/>", **FILES})
    assert site["tags/r-and-d/feed.xml"] == "<mine/>"


FILES_OF_JEKYLL = {**FILES, "_layouts/post.html": "{{ content }}"}


def test_categories_where_jekyll_feed_has_them(tmp_path):
    config = JEKYLL + "feed:\n  categories: [News, extra cat, nobody]\n"
    site = build_site(tmp_path, {"_config.yml": config, **FILES_OF_JEKYLL})
    assert titles(site, "feed/News.xml") == ["Three", "One"]
    assert titles(site, "feed/extra cat.xml") == ["Three"]
    assert feedparser.parse(site["feed/extra cat.xml"]).feed.id == "https://example.org/blog/feed/extra%20cat.xml"
    assert not any(path.startswith("categories/") and path.endswith(".xml") for path in site.files)
    assert 'href="/blog/feed/extra%20cat.xml"' in site["categories/extra-cat/index.html"]


@pytest.mark.parametrize(
    ("tags", "there"),
    [
        ("true", {"feed/by_tag/ruby.xml", "feed/by_tag/skip.xml", "tags/two-words/feed.xml"}),
        ("false", {"tags/ruby/feed.xml", "tags/skip/feed.xml", "tags/two-words/feed.xml"}),
        ("{except: [skip]}", {"feed/by_tag/ruby.xml", "tags/skip/feed.xml", "tags/two-words/feed.xml"}),
        ("{only: [ruby], path: t/}", {"t/ruby.xml", "tags/skip/feed.xml", "tags/two-words/feed.xml"}),
    ],
)
def test_tags_where_jekyll_feed_has_them(tmp_path, tags, there):
    files = {"_posts/2024-01-01-x.md": post(tags="[ruby, skip, two words]"), "_layouts/post.html": "{{ content }}"}
    site = build_site(tmp_path, {"_config.yml": f"{JEKYLL}feed:\n  tags: {tags}\n", **files})
    assert {path for path in site.files if path.endswith(".xml")} - {"feed.xml", "rss.xml", "sitemap.xml"} == there


def test_feeds_of_all_posts_only(tmp_path):
    """No other feed is made, and no page links to one."""
    files = {
        "sitegen.toml": 'url = "https://example.org"\nfeed.lists = false\n',
        "_data/authors.yml": "ada:\n  name: Ada\n",
        "_posts/2026-05-01-x.md": post("Text.", title="X", tags="tea", categories="food", author="ada"),
    }
    site = build_site(tmp_path, files)
    assert {path for path in site.files if path.endswith("feed.xml")} == {"feed.xml"}
    for page in ("tags/tea/index.html", "categories/food/index.html", "authors/ada/index.html"):
        assert page in site and "/feed.xml" in site[page]
        assert not re.findall(r'"(?:/(?:tags|categories|authors)/[^"]*feed\.xml)"', site[page])
