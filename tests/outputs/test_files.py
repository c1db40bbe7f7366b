"""Files that are published as they are, and what the site says to robots."""

import pytest

from tests.outputs.sites import build_site, post

NAMES = [
    "a.css", ".nojekyll", ".well-known/security.txt", "CNAME", "no ending/LICENSE", "with blank.txt", "100%.txt",
    "%41.txt", "ünï.png", "a&b=c?.txt", "tags/mine.txt", "_underscore/x",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_published_under_its_name(tmp_path, name):
    data = bytes(range(256))
    site = build_site(tmp_path, {f"static/{name}": data, "_posts/2024-01-01-x.md": post(tags="[a]")})
    assert (site.output / name).read_bytes() == data


def test_ones_own_file_goes_before_the_themes(tmp_path):
    site = build_site(
        tmp_path, {"static/assets/style.css": "mine", "static/robots.txt": "none", "static/feed.xml": "x"}
    )
    assert (site["assets/style.css"], site["robots.txt"], site["feed.xml"]) == ("mine", "none", "x")


def test_robots_txt_names_the_sitemap_where_there_is_a_whole_address(tmp_path):
    site = build_site(tmp_path, {"sitegen.toml": 'url = "https://example.org"\nbaseurl = "/blog"'})
    assert "Sitemap: https://example.org/blog/sitemap.xml" in site["robots.txt"]
    assert "Sitemap" not in build_site(tmp_path, {"sitegen.toml": ""})["robots.txt"]


def test_a_file_that_is_the_same_is_not_written_again(tmp_path):
    before = build_site(tmp_path, {"static/a.txt": "a"})
    stamp = (before.output / "a.txt").stat()
    after = build_site(tmp_path, {"static/a.txt": "a"})
    assert after.report.written == 0 and (after.output / "a.txt").stat().st_mtime_ns == stamp.st_mtime_ns
