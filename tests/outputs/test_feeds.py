"""What feeds say, and that they say it as Atom, RSS and JSON Feed want it."""

import json
from xml.etree import ElementTree

import feedparser
import pytest

from tests.outputs.rules import RULES
from tests.outputs.sites import build_site, post
from tests.pictures.files import png

SITE = (
    'title = "A & B"\ndescription = "Notes < others"\nurl = "https://example.org"\nbaseurl = "/blog"\nauthor = "Ada"\n'
)
RECEIVER = '[receive]\nurl = "https://answers.example.org"\n'
POSTS: dict[str, str | bytes] = {
    "_posts/p.png": png(3, 2),
    "_posts/2024-01-02-full.md": post(
        "See [x](/a/), [y](#z) ![p](p.png) <b>&amp;</b>[^1] ]]>\n\n<!--more-->\n\nRest\n\n[^1]: A note.",
        title='"T < & >"',
        tags="[a, R & D]",
        categories="[Notes]",
        date="2024-01-02 03:04:05 +0200",
        last_modified_at="2024-02-03",
        description='"A <sentence> & more."',
        image="/pics/a b.png",
    ),
    "_posts/2024-01-01-call.md": post("Who?", title="Read with me", form="true", lang="de", author="grace"),
    "_posts/2023-01-01-short.md": post(
        "", author="[Ada, {name: Linus}]", image="{path: https://cdn.example.org/y.png}"
    ),
    "_posts/1850-01-01-old.md": post("Before standard time.", hidden="true"),
    "_data/authors.yml": "grace: {name: Grace Hopper, uri: https://grace.example.org/}\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    settings = SITE + 'timezone = "Europe/Berlin"\n' + RECEIVER
    return build_site(tmp_path_factory.mktemp("site"), {"sitegen.toml": settings, **POSTS})


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    settings = SITE + '[feed]\ncontent = "excerpt"\n' + RECEIVER
    return build_site(tmp_path_factory.mktemp("short"), {"sitegen.toml": settings, **POSTS})


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("kind", ["site", "short"])
def test_feeds_break_no_rule(request, kind, name):
    assert list(RULES[name](request.getfixturevalue(kind)[name])) == []


@pytest.mark.parametrize("name", ["feed.xml", "rss.xml"])
@pytest.mark.parametrize("kind", ["site", "short"])
def test_feed_readers_have_nothing_to_mend(request, kind, name):
    feed = feedparser.parse(request.getfixturevalue(kind)[name])
    assert (feed.bozo, len(feed.entries)) == (0, 4)


def test_a_site_without_posts_has_valid_feeds(tmp_path):
    site = build_site(tmp_path, {"sitegen.toml": SITE})
    assert [problem for name, rule in RULES.items() for problem in rule(site[name])] == []
    assert "<updated>1970-01-01T00:00:00+00:00</updated>" in site["feed.xml"]


@pytest.mark.parametrize("name", ["feed.xml", "rss.xml"])
def test_what_a_feed_reader_sees(site, name):
    feed = feedparser.parse(site[name])
    entry = feed.entries[0]
    assert (feed.feed.title, feed.feed.subtitle, feed.feed.link) == (
        "A & B",
        "Notes < others",
        "https://example.org/blog/",
    )
    assert (entry.title, entry.link) == ("T < & >", "https://example.org/blog/2024/01/02/full/")
    assert entry.id == "https://example.org/blog/2024/01/02/full"
    assert [tag.term for tag in entry.tags] == ["Notes", "a", "R & D"]
    assert entry.published_parsed[:6] == (2024, 1, 2, 1, 4, 5)
    assert entry.updated_parsed[:6] == (2024, 2, 2, 23, 0, 0)
    assert entry.media_thumbnail[0]["url"] == "https://example.org/blog/pics/a%20b.png"
    assert "Rest" in entry.content[-1].value


def test_what_a_reader_of_json_sees(site):
    feed = json.loads(site["feed.json"])
    first, call, authors, _ = feed["items"]
    assert (feed["feed_url"], feed["language"]) == ("https://example.org/blog/feed.json", "en")
    assert first["id"] == "https://example.org/blog/2024/01/02/full"
    assert first["date_published"] == "2024-01-02T02:04:05+01:00"
    assert first["summary"] == "A <sentence> & more."
    assert (first["image"], authors["image"]) == (
        "https://example.org/blog/pics/a%20b.png",
        "https://cdn.example.org/y.png",
    )
    assert call["authors"] == [{"name": "Grace Hopper", "url": "https://grace.example.org/"}]
    assert (call["language"], authors["content_html"]) == ("de", "")


@pytest.mark.parametrize(
    ("front", "names"),
    [
        ({}, ["Ada"]),
        ({"author": "{name: 1.10}"}, ["1.10"]),
        ({"author": "{name: Grace, uri: /grace/}"}, ["Grace"]),
        ({"author": "[grace, {name: Linus}, Ada]"}, ["Grace Hopper", "Linus", "Ada"]),
        ({"authors": "[grace, {name: Ken}]"}, ["Grace Hopper", "Ken"]),
        ({"authors": "grace"}, ["Grace Hopper"]),
        ({"author": "{name: Ken}", "authors": "[grace]"}, ["Ken"]),
    ],
)
def test_who_wrote_it(tmp_path, front, names):
    data = {"_data/authors.yml": POSTS["_data/authors.yml"]}
    site = build_site(tmp_path, {"sitegen.toml": SITE, "_posts/2024-01-01-x.md": post(**front), **data})
    assert list(RULES["feed.xml"](site["feed.xml"])) == []
    assert [author["name"] for author in json.loads(site["feed.json"])["items"][0]["authors"]] == names


def test_authors(site):
    entries = feedparser.parse(site["feed.xml"]).entries
    assert [[author.name for author in entry.authors] for entry in entries] == [
        ["Ada"],
        ["Grace Hopper"],
        ["Ada", "Linus"],
        ["Ada"],
    ]
    items = feedparser.parse(site["rss.xml"]).entries
    assert items[1].author == "Grace Hopper"


@pytest.mark.parametrize("name", RULES)
def test_content_can_stand_anywhere(site, name):
    page = "https://example.org/blog/2024/01/02/full/"
    text = json.loads(site[name])["items"][0]["content_html"] if name.endswith("json") else site[name]
    text = text.replace("&lt;", "<").replace("&gt;", ">")
    for address in ('"https://example.org/blog/a/"', f'"{page}#z"', f'"{page}p.png"', f'"{page}#fn:1"'):
        assert f"={address}" in text


@pytest.mark.parametrize("name", RULES)
def test_excerpts_instead_of_whole_posts(short, name):
    text = short[name]
    assert "Rest" not in text and "A note." not in text
    assert "/blog/a/" in text and "/join/call/" in text


def test_what_is_hidden_is_in_the_feed_and_drafts_are_not(tmp_path):
    files = {"_posts/2024-01-01-h.md": post(hidden="true"), "_drafts/d.md": post(tags="[x]")}
    site = build_site(tmp_path, {"sitegen.toml": SITE, **files}, drafts=True)
    assert [entry.title for entry in feedparser.parse(site["feed.xml"]).entries] == ["H"]
    assert feedparser.parse(site["tags/x/feed.xml"]).entries == []


@pytest.mark.parametrize(("setting", "count"), [("", 10), ("[feed]\nposts = 3", 3), ("[feed]\nposts = 0", 12)])
def test_the_newest_entries(tmp_path, setting, count):
    posts = {f"_posts/2024-01-{day:02}-p.md": post(title=f"P{day}", permalink=f"/p{day}/") for day in range(1, 13)}
    site = build_site(tmp_path, {"sitegen.toml": SITE + setting, **posts})
    wanted = [f"P{day}" for day in range(12, 12 - count, -1)]
    assert [entry.title for entry in feedparser.parse(site["feed.xml"]).entries] == wanted
    assert [item["title"] for item in json.loads(site["feed.json"])["items"]] == wanted


@pytest.mark.parametrize(("closes", "invited"), [("2030-01-01", True), ("2020-01-01", False)])
@pytest.mark.parametrize("name", RULES)
def test_an_open_call_is_joined_from_the_feed(tmp_path, name, closes, invited):
    text = post(title="Read with me", date="2024-01-02", form=f"{{closes: {closes}}}")
    site = build_site(tmp_path, {"sitegen.toml": SITE, "_posts/read.md": text})
    assert ("https://example.org/blog/join/read/" in site[name]) is invited


def test_languages(tmp_path):
    files = {"_posts/2024-01-01-x.md": post(lang="pt_BR"), "_posts/2024-01-02-y.md": post(lang="en-US")}
    site = build_site(tmp_path, {"sitegen.toml": 'lang = "en_US"\nurl = "https://example.org"\n', **files})
    root = ElementTree.fromstring(site["feed.xml"])
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert root.get(language) == "en-US"
    assert [entry.get(language) for entry in root.iter("{http://www.w3.org/2005/Atom}entry")] == [None, "pt-BR"]
    assert list(RULES["feed.xml"](site["feed.xml"])) == []


def test_what_layouts_link_to(site):
    head = site["index.html"].split("</head>")[0]
    for kind, url in (("atom+xml", "feed.xml"), ("rss+xml", "rss.xml"), ("feed+json", "feed.json")):
        assert f'<link rel="alternate" type="application/{kind}" title="A &amp; B" href="/blog/{url}">' in head
    assert '<a href="/blog/feed.xml">Feed</a>' in site["index.html"]


def test_a_site_without_feeds_links_to_none(tmp_path):
    site = build_site(tmp_path, {"sitegen.toml": SITE + 'outputs = ["home", "posts", "join"]', **POSTS})
    assert not any(path.endswith(("feed.xml", "rss.xml", "feed.json")) for path in site.files)
    assert "feed" not in site["index.html"].replace("h-feed", "").lower()


@pytest.mark.parametrize(("outputs", "styled"), [('["atom", "static"]', True), ('["atom"]', False)])
def test_a_style_sheet_where_there_is_one(tmp_path, outputs, styled):
    site = build_site(tmp_path, {"sitegen.toml": f"{SITE}outputs = {outputs}", **POSTS})
    sheet = '<?xml-stylesheet type="text/css" href="/blog/assets/feed.css"?>'
    assert (sheet in site["feed.xml"], "assets/feed.css" in site) == (styled, styled)


def test_a_file_of_the_sites_own_goes_before_a_feed(tmp_path):
    site = build_site(tmp_path, {"sitegen.toml": SITE, "static/feed.xml": "<mine/>", "static/rss.xml": "<mine/>"})
    assert site["feed.xml"] == site["rss.xml"] == "<mine/>"
