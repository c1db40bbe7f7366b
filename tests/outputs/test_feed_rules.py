"""The rules for feeds find what is broken."""

import json

import pytest

from tests.outputs.rules.atom import atom
from tests.outputs.rules.json_feed import json_feed
from tests.outputs.rules.rss import rss

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>urn:uuid:0</id><title>T</title>
<updated>2024-01-02T03:04:05Z</updated><author><name>A</name></author><link rel="self" href="https://x.org/f"/>
<entry><id>https://x.org/1</id><title>E</title><updated>2024-01-02T03:04:05+01:00</updated>
<link rel="alternate" type="text/html" href="https://x.org/1"/><category term="t"/></entry></feed>"""
RSS = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title>
<link>https://x.org/</link><description>D</description><lastBuildDate>Tue, 02 Jan 2024 03:04:05 +0000</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="https://x.org/f"/>
<item><title>E</title><link>https://x.org/1</link><guid isPermaLink="false">1</guid>
<pubDate>Tue, 02 Jan 2024 03:04:05 +0000</pubDate></item></channel></rss>"""
JSON = json.dumps({
    "version": "https://jsonfeed.org/version/1.1",
    "title": "T",
    "home_page_url": "https://x.org/",
    "feed_url": "https://x.org/f",
    "authors": [{"name": "A"}],
    "items": [{
        "id": "1",
        "url": "https://x.org/1",
        "content_html": "",
        "tags": ["t"],
        "date_published": "2024-01-02T03:04:05Z",
        "date_modified": "2024-01-02T03:04:05Z",
    }],
})  # fmt: skip
CASES = [
    (atom, ATOM, "urn:uuid:0", "/f"),
    (atom, ATOM, "<title>E</title>", ""),
    (atom, ATOM, "<title>E</title>", "<title>E</title><title>F</title>"),
    (atom, ATOM, "<title>E</title>", "<title>E</title><subject/>"),
    (atom, ATOM, "<title>E</title>", "<title><b>E</b></title>"),
    (atom, ATOM, "+01:00", ""),
    (atom, ATOM, '"https://x.org/1"', '"/1"'),
    (atom, ATOM, 'rel="alternate"', 'rel="related"'),
    (atom, ATOM, 'rel="self"', 'rel="related"'),
    (atom, ATOM, "<author><name>A</name></author>", ""),
    (atom, ATOM, "<name>A</name>", "<name> </name>"),
    (atom, ATOM, 'term="t"', ""),
    (atom, ATOM, 'xml:lang="en"', 'xml:lang="en_US"'),
    (atom, ATOM, "</feed>", ATOM[ATOM.index("<entry>") :]),
    (rss, RSS, 'version="2.0"', 'version="1.0"'),
    (rss, RSS, "<link>https://x.org/</link>", ""),
    (rss, RSS, "<link>https://x.org/1</link>", "<link>/1</link>"),
    (rss, RSS, 'isPermaLink="false"', 'isPermaLink="no"'),
    (rss, RSS, 'isPermaLink="false"', ""),
    (rss, RSS, "<title>E</title>", ""),
    (rss, RSS, "<title>E</title>", "<title>E</title><content/>"),
    (rss, RSS, "<pubDate>Tue", "<pubDate>Wed"),
    (rss, RSS, "<pubDate>Tue, 02 Jan 2024", "<pubDate>2024-01-02"),
    (rss, RSS, "application/rss+xml", "text/xml"),
    (json_feed, JSON, "version/1.1", "version/1"),
    (json_feed, JSON, '"id": "1"', '"id": 1'),
    (json_feed, JSON, '"content_html": ""', '"content_html": null'),
    (json_feed, JSON, '["t"]', "[1]"),
    (json_feed, JSON, '[{"name": "A"}]', "[{}]"),
    (json_feed, JSON, "https://x.org/f", "f"),
    (json_feed, JSON, "05Z", "05"),
]


@pytest.mark.parametrize(("rule", "text"), [(atom, ATOM), (rss, RSS), (json_feed, JSON)])
def test_a_sound_feed(rule, text):
    assert list(rule(text)) == []


@pytest.mark.parametrize(("rule", "text", "sound", "broken"), CASES)
def test_a_broken_feed(rule, text, sound, broken):
    assert sound in text
    assert list(rule(text.replace(sound, broken))) != []


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": 1, "a": 2}'])
def test_what_is_no_json(text):
    with pytest.raises(ValueError):
        list(json_feed(text))
