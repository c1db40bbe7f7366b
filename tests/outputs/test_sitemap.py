"""The sitemap."""

from xml.etree import ElementTree

import pytest

from sitegen.build.build import prepare
from sitegen.build.memory import BuildMemory
from sitegen.config import load_config
from sitegen.errors import Problems
from sitegen.outputs.sitemap import file_with, targets
from tests.outputs.rules.sitemap import sitemap
from tests.outputs.sites import NOW, build_site, post

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
        for path in (
            "/",
            "/2024/01/02/x/",
            "/about/",
            "/archive/",
            "/2024/",
            "/2024/01/",
            "/tags/",
            "/tags/r-and-d/",
            "/raw.html",
        )
    }
    assert found["https://example.org/blog/2024/01/02/x/"] == "2024-02-03"


def test_without_an_url_the_sitemap_is_written_all_the_same(tmp_path):
    assert "/2024/01/02/x/" in locations(build_site(tmp_path, FILES)["sitemap.xml"])


def test_addresses_are_encoded(tmp_path):
    files = {"sitegen.toml": 'url = "https://example.org"', "_posts/2026-05-06-x.md": post(tags="[köln]")}
    assert "<loc>https://example.org/tags/k%C3%B6ln/</loc>" in build_site(tmp_path, files)["sitemap.xml"]


def test_the_sitemap_is_as_the_protocol_wants_it(tmp_path):
    assert list(sitemap(build_site(tmp_path, {"sitegen.toml": SITE, **FILES})["sitemap.xml"])) == []


def split(folder, most):
    """The files of a sitemap of that many addresses each, and the site."""
    build_site(folder, {"sitegen.toml": SITE, **FILES})
    config, problems = load_config(folder), Problems(lenient=False)
    with BuildMemory.open(config) as memory:
        rendering = prepare(config, memory, problems, now=NOW, epoch=None)
        made = {target.path: target.render(rendering, set()) for target in targets(rendering.site, most)}
    return made, rendering.site


def test_too_many_addresses_for_one_file_are_in_several(tmp_path):
    made, site = split(tmp_path, 3)
    assert [problem for text in made.values() for problem in sitemap(text)] == []
    assert list(made) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    index = made.pop("sitemap.xml")
    assert [line for line in index.splitlines() if "<loc>" in line] == [
        "<sitemap><loc>https://example.org/blog/sitemap-1.xml</loc><lastmod>2024-02-03</lastmod></sitemap>",
        "<sitemap><loc>https://example.org/blog/sitemap-2.xml</loc></sitemap>",
        "<sitemap><loc>https://example.org/blog/sitemap-3.xml</loc></sitemap>",
    ]
    whole = locations((tmp_path / "output/sitemap.xml").read_text(encoding="utf-8"))
    assert {address: day for text in made.values() for address, day in locations(text).items()} == whole
    assert [len(locations(text)) for text in made.values()] == [3, 3, 3]
    assert file_with(site, "/2024/01/02/x/", 3) == "/sitemap-1.xml"
    assert file_with(site, "/raw.html", 3) == "/sitemap-2.xml"
    assert file_with(site, "/2024/01/03/y/", 3) == ""


@pytest.mark.parametrize("most", [9, 10])
def test_as_many_as_fit_are_in_one_file(tmp_path, most):
    made, site = split(tmp_path, most)
    assert made == {"sitemap.xml": (tmp_path / "output/sitemap.xml").read_text(encoding="utf-8")}
    assert file_with(site, "/raw.html", most) == "/sitemap.xml"


SOUND = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://x.org/a?b=c&amp;d</loc>
<lastmod>2024-02-03</lastmod></url><url><loc>https://x.org/%20</loc></url></urlset>"""


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ("<loc>https://x.org/%20</loc>", ""),
        ("https://x.org/%20", "/b"),
        ("https://x.org/%20", "https://y.org/"),
        ("https://x.org/%20", "https://x.org/a?b=c&amp;d"),
        ("https://x.org/%20", "https://x.org/" + "b" * 2034),
        ("%20", " "),
        ("%20", "ä"),
        ("2024-02-03", "2024-02-30"),
        ("2024-02-03", "2024-02-03T12:00:00"),
        ("<lastmod>", "<priority>2</priority><lastmod>"),
        ("<lastmod>", "<day/><lastmod>"),
        ("0.9", "0.84"),
    ],
)
def test_a_broken_sitemap(sound, broken):
    assert sound in SOUND
    assert list(sitemap(SOUND)) == []
    assert list(sitemap(SOUND.replace(sound, broken))) != []
