"""What groups posts under a name: one table, and one rule for what has a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.model.listings import KINDS
from sitegen.model.site import Site
from tests.explain.asking import ask
from tests.outputs.sites import Built, build_site, post

FILES = {
    "_data/authors.yml": "ann: {name: Ann}\nbo: {name: Bo}\n",
    "_posts/2026-05-01-x.md": post(title="X", tags="[tea]", categories="[News]", series="S", author="ann"),
    "_posts/2026-05-02-y.md": post(title="Y", tags="[Tea, tea]", series="S", author="bo"),
}
ADDRESSES = {
    "authors": ["/authors/ann/", "/authors/bo/"],
    "years": ["/2026/"],
    "months": ["/2026/05/"],
    "tags": ["/tags/tea/"],
    "categories": ["/categories/news/"],
    "series": ["/series/s/"],
}


def site_of(built: Built) -> Site:
    assert built.report.site is not None
    return built.report.site


def test_each_kind_has_its_listings(tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES)
    site = site_of(built)
    assert {output: [one.url for one in many] for output, many in site.listings.items()} == ADDRESSES
    assert list(site.listings) == list(KINDS)
    for listing in (one for many in site.listings.values() for one in many):
        assert f"{listing.url.strip('/')}/index.html" in built.files
        assert site.listing(listing.output, listing.key) is listing


def test_spellings_with_one_slug_are_one_and_a_post_is_in_it_once(tmp_path: Path) -> None:
    (tea,) = site_of(build_site(tmp_path, FILES)).listings["tags"]
    assert (tea.key, tea.name) == ("tea", "Tea")
    assert tea.posts == ("_posts/2026-05-02-y.md", "_posts/2026-05-01-x.md")


@pytest.mark.parametrize("output", KINDS)
def test_without_its_output_none_has_an_address(tmp_path: Path, output: str) -> None:
    built = build_site(
        tmp_path, {**FILES, "sitegen.toml": 'url = "https://x.example"\noutputs = ["posts", "sitemap"]\n'}
    )
    site = site_of(built)
    assert {one.url for one in site.listings[output]} == {""} and site.overview(output) is None
    assert not [url for url in ADDRESSES[output] if f"{url}<" in built["sitemap.xml"]]


def test_one_author_needs_no_overview(tmp_path: Path) -> None:
    site = site_of(build_site(tmp_path, {**FILES, "_data/authors.yml": "ann: {name: Ann}\n", **ALONE}))
    assert site.overview("authors") is None and site.overview("tags") is not None


ALONE = {"_posts/2026-05-02-y.md": post(title="Y")}


def test_explain_knows_their_feeds(tmp_path: Path) -> None:
    found = ask(tmp_path, "2026-05-01", {**FILES, "sitegen.toml": "feed.posts = 1\n"})
    feeds = {one.name: (one.stands, one.url, one.detail) for one in found.lists if one.name.endswith(" feed")}
    assert feeds == {
        "author feed": (True, "/authors/ann/feed.xml", "the only post"),
        "tag feed": (False, "/tags/tea/feed.xml", "it has the newest 1 only"),
        "category feed": (True, "/categories/news/feed.xml", "the only post"),
    }
