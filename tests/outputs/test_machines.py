"""What search engines, social networks and home screens are told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sitegen.errors import SiteError
from tests.outputs.sites import Built, build_site, post

CONFIG = """
title = "Small circles"
description = "Groups that stay small."
url = "https://example.org"
baseurl = "/blog"
author = "Ada"
logo = "/sign.png"
social = ["https://social.example/@ada"]
twitter = "ada"
"""


def data_of(page: str) -> list[dict[str, Any]]:
    """The things that a page's JSON-LD describes."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert len(found) == 1
    graph: list[dict[str, Any]] = json.loads(found[0])["@graph"]
    return graph


def metas(page: str) -> dict[str, str]:
    """Names and properties of the head."""
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page))


@pytest.fixture
def site(tmp_path: Path) -> Built:
    front = {
        "title": "Tea & talk",
        "description": "A circle for tea.",
        "date": "2026-05-06 18:30",
        "updated": "2026-05-08",
        "tags": "[tea, talk]",
        "categories": "[evenings]",
        "image": "{path: /tea.jpg, width: 1200, height: 630, alt: A pot of tea}",
    }
    files = {"sitegen.toml": CONFIG, "_posts/tea.md": post("One two three.", **front), "_pages/about.md": "About."}
    return build_site(tmp_path, files)


def test_a_post_is_a_blog_posting(site: Built) -> None:
    posting, crumbs = data_of(site["2026/05/06/tea/index.html"])
    url = "https://example.org/blog/2026/05/06/tea/"
    assert posting == {
        "@type": "BlogPosting",
        "@id": url + "#post",
        "url": url,
        "name": "Tea & talk",
        "headline": "Tea & talk",
        "description": "A circle for tea.",
        "inLanguage": "en",
        "datePublished": "2026-05-06T18:30:00+00:00",
        "dateModified": "2026-05-08T00:00:00+00:00",
        "author": [{"@type": "Person", "name": "Ada", "sameAs": ["https://social.example/@ada"]}],
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "image": {
            "@type": "ImageObject",
            "url": "https://example.org/blog/tea.jpg",
            "width": "1200 px",
            "height": "630 px",
            "caption": "A pot of tea",
        },
        "articleSection": ["evenings"],
        "keywords": ["tea", "talk"],
        "wordCount": 3,
        "publisher": {
            "@type": "Organization",
            "name": "Small circles",
            "url": "https://example.org/blog/",
            "logo": {"@type": "ImageObject", "url": "https://example.org/blog/sign.png"},
        },
        "isPartOf": {"@type": "Blog", "@id": "https://example.org/blog/#home", "name": "Small circles"},
    }
    assert [(item["position"], item["name"], item["item"]) for item in crumbs["itemListElement"]] == [
        (1, "Small circles", "https://example.org/blog/"),
        (2, "Tea & talk", url),
    ]


def test_a_post_shows_its_picture_when_shared(site: Built) -> None:
    found = metas(site["2026/05/06/tea/index.html"])
    assert found["og:image"] == "https://example.org/blog/tea.jpg"
    assert (found["og:image:width"], found["og:image:alt"]) == ("1200", "A pot of tea")
    assert found["twitter:card"] == "summary_large_image"
    assert found["twitter:site"] == "@ada"
    assert found["article:published_time"] == "2026-05-06T18:30:00+00:00"
    assert found["article:modified_time"] == "2026-05-08T00:00:00+00:00"


@pytest.mark.parametrize(
    ("path", "kind", "way"),
    [
        ("index.html", "Blog", []),
        ("about/index.html", "WebPage", ["Small circles", "About"]),
        ("tags/tea/index.html", "CollectionPage", ["Small circles", "Tags", "tea"]),
        ("categories/index.html", "CollectionPage", ["Small circles", "Categories"]),
        ("archive/index.html", "CollectionPage", ["Small circles", "Archive"]),
    ],
)
def test_every_page_says_what_it_is_and_where(site: Built, path: str, kind: str, way: list[str]) -> None:
    about, *rest = data_of(site[path])
    assert about["@type"] == kind
    assert [item["name"] for crumbs in rest for item in crumbs["itemListElement"]] == way


def test_nothing_is_told_of_pages_that_are_not_to_be_found(site: Built) -> None:
    assert "ld+json" not in site["404.html"]
    assert "og:" not in site["404.html"]


def test_without_an_address_there_is_no_json_ld(tmp_path: Path) -> None:
    assert "ld+json" not in build_site(tmp_path, {"_posts/2026-05-06-x.md": post()})["index.html"]


def test_a_title_cannot_end_the_script(tmp_path: Path) -> None:
    title = "'</script><script>alert(1)</script>'"
    files = {"sitegen.toml": 'url = "https://example.org"', "_posts/2026-05-06-x.md": post(title=title)}
    page = build_site(tmp_path, files)["2026/05/06/x/index.html"]
    assert data_of(page)[0]["name"] == title.strip("'")
    assert "alert(1)</script>" not in page


def test_the_authors_other_places_are_linked(site: Built) -> None:
    assert '<a rel="me" href="https://social.example/@ada">social.example</a>' in site["index.html"]


def test_the_site_can_stand_on_a_home_screen(site: Built) -> None:
    manifest = json.loads(site["site.webmanifest"])
    assert manifest["name"] == "Small circles"
    assert manifest["start_url"] == "/blog/"
    assert [icon["src"] for icon in manifest["icons"]] == ["/blog/assets/favicon.svg", "/blog/sign.png"]
    assert '<link rel="manifest" href="/blog/site.webmanifest">' in site["index.html"]


def test_index_pages_name_their_neighbours(tmp_path: Path) -> None:
    files = {"sitegen.toml": 'url = "https://example.org"\npaginate = 1'}
    files |= {f"_posts/2026-05-0{day}-x{day}.md": post() for day in (1, 2, 3)}
    page = build_site(tmp_path, files)["page2/index.html"]
    assert '<link rel="prev" href="https://example.org/">' in page
    assert '<link rel="next" href="https://example.org/page3/">' in page


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('social = ["not an address"]', "no web address"),
        ('twitter = "a b"', "no name of an account"),
        ("image = {width = 3}", "no `path`"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(SiteError, match=told):
        build_site(tmp_path, {"sitegen.toml": line})
