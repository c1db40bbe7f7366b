"""The rules for structured data and microformats find what is broken."""

import json

import pytest

from tests.outputs.rules.json_ld import json_ld
from tests.outputs.rules.microformats import microformats

HOME = {"@type": "Blog", "@id": "https://x.org/#home", "name": "X"}
LD = json.dumps({
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "BlogPosting",
            "@id": "https://x.org/a/#post",
            "url": "https://x.org/a/",
            "name": "A",
            "headline": "A",
            "description": "About A.",
            "inLanguage": "en",
            "datePublished": "2024-01-02T03:04:05+00:00",
            "dateModified": "2024-01-02T03:04:05+00:00",
            "author": [{"@type": "Person", "name": "Ada", "sameAs": ["https://y.org/"]}],
            "publisher": {"@type": "Organization", "name": "X", "url": "https://x.org/"},
            "image": {"@type": "ImageObject", "url": "https://x.org/a.png"},
            "mainEntityOfPage": {"@type": "WebPage", "@id": "https://x.org/a/"},
            "isPartOf": HOME,
            "wordCount": 3,
        },
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": "X", "item": "https://x.org/"},
                {"@type": "ListItem", "position": 2, "name": "A", "item": "https://x.org/a/"},
            ],
        },
    ],
})  # fmt: skip
ENTRY = """<div class="h-feed"><h1 class="p-name">F</h1><article class="h-entry"><h2 class="p-name">
<a class="u-url" href="/a/">A</a></h2><time class="dt-published" datetime="2024-01-02T03:04:05+00:00">2 January</time>
<span class="p-author h-card">Ada</span><p class="p-summary">Words.</p></article></div>"""


def test_what_is_sound():
    assert list(json_ld(LD)) == []
    assert list(microformats(ENTRY)) == []


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ("https://schema.org", "http://example.org"),
        ('"BlogPosting"', '"Posting"'),
        ('"headline": "A", ', ""),
        ('"headline": "A"', '"headline": ""'),
        ('"headline": "A"', f'"headline": "{"A" * 111}"'),
        ('"isPartOf"', '"partOf"'),
        ('"name": "Ada", ', ""),
        ("https://y.org/", "/y/"),
        ("https://x.org/a.png", "a.png"),
        ('"url": "https://x.org/a.png"', '"width": 3'),
        ("05+00:00", "05"),
        ("2024-01-02T", "2024-13-02T"),
        ('"position": 2', '"position": 3'),
        ('"position": 2, ', ""),
    ],
)
def test_broken_structured_data(sound, broken):
    assert sound in LD
    assert list(json_ld(LD.replace(sound, broken))) != []


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        (">F</h1>", "></h1>"),
        ('<h1 class="p-name">', "<h1>"),
        (' class="u-url"', ""),
        (' href="/a/"', ""),
        ("dt-published", "published"),
        ("+00:00", ""),
        ("2024-01-02T", "2 January "),
        ("p-summary", "summary"),
        ("Ada", " "),
        ("</article>", '<a class="u-url" href="/b/">B</a></article>'),
    ],
)
def test_broken_microformats(sound, broken):
    assert sound in ENTRY
    assert list(microformats(ENTRY.replace(sound, broken))) != []
