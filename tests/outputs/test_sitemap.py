"""The sitemap."""

from xml.etree import ElementTree

from tests.outputs.sites import build_site, post

SITE = 'url = "https://example.org"\nbaseurl = "/blog"\n'


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


def test_addresses_are_encoded(tmp_path):
    files = {"sitegen.toml": 'url = "https://example.org"', "_posts/2026-05-06-x.md": post(tags="[köln]")}
    assert "<loc>https://example.org/tags/k%C3%B6ln/</loc>" in build_site(tmp_path, files)["sitemap.xml"]
