"""The pages of years and months."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.build.memory import BuildMemory
from sitegen.config import load_config
from tests.build.trees import stamps
from tests.explain.asking import ask
from tests.outputs.sites import build_site, post

DAYS = ("2024-11-30", "2024-12-31", "2026-05-01", "2026-05-31", "2026-02-07")
POSTS = {f"_posts/{day}-x.md": post(title=f"Post {day}") for day in DAYS}


def links(html: str) -> list[str]:
    """Where the main part of a page leads to."""
    return re.findall(r'href="(/[^"]*)"', html.partition("<main")[2].partition("</main>")[0])


def outputs(*names: str) -> dict[str, str]:
    return {"sitegen.toml": f"outputs = {json.dumps(['posts', *names])}\n"}


def test_a_year_has_its_posts_by_month(tmp_path):
    html = build_site(tmp_path, POSTS)["2026/index.html"]
    assert links(html) == [
        "/archive/", "/2026/05/", "/2026/05/31/x/", "/2026/05/01/x/", "/2026/02/", "/2026/02/07/x/", "/2024/",
    ]  # fmt: skip
    assert "<h1>2026</h1>" in html and re.findall(r'<h2 id="(\w+)"><a [^>]*>(\w+)<', html) == [
        ("may", "May"),
        ("february", "February"),
    ]


def test_a_month_names_its_year_and_the_months_beside_it(tmp_path):
    html = build_site(tmp_path, POSTS)["2026/02/index.html"]
    assert links(html) == ["/archive/", "/2026/", "/2026/02/07/x/", "/2024/12/", "/2026/05/"]
    assert "<h1>February 2026</h1>" in html and "<title>February 2026</title>" in html
    assert 'rel="prev" href="/2024/12/"' in html and ">December 2024</span>" in html


def test_the_only_month_has_none_beside_it(tmp_path):
    site = build_site(tmp_path, {"_posts/2026-05-01-x.md": post()})
    assert not re.search('rel="(prev|next)"', site["2026/05/index.html"] + site["2026/index.html"])


@pytest.mark.parametrize("name", ["years", "months"])
def test_each_may_be_there_without_the_other(tmp_path, name):
    site = build_site(tmp_path, {**POSTS, **outputs("archive", name, "sitemap")})
    there = {path for path in site.files if re.fullmatch(r"\d+/(\d\d/)?index.html", path)}
    assert {len(path.split("/")) for path in there} == {2 if name == "years" else 3}
    pages = [site[path] for path in (*there, "archive/index.html", "sitemap.xml")]
    places = {link for page in pages for link in re.findall(r'(?:href="|<loc>)(/\d+/(?:\d\d/)?)["<]', page)}
    assert places == {f"/{path.removesuffix('index.html')}" for path in there}


def test_the_archive_leads_to_the_years(tmp_path):
    html = build_site(tmp_path, POSTS)["archive/index.html"]
    assert '<h2 id="year-2026"><a href="/2026/">2026</a></h2>' in html
    assert '<h2 id="year-2026">2026</h2>' in build_site(tmp_path, outputs("archive"))["archive/index.html"]


def test_the_sites_own_page_post_or_redirect_stays(tmp_path):
    own = {
        "_pages/y.md": post("My year.", permalink="/2026/"),
        "_posts/2026-05-05-05.md": post("A post.", permalink="/:year/:title/"),
        "_posts/2024-12-30-y.md": post(redirect_from="/2024/12/"),
        "static/2026/02/index.html": "My month.",
    }
    site = build_site(tmp_path, {**POSTS, **own, "sitegen.toml": 'url = "https://x.example"'})
    assert "My year." in site["2026/index.html"] and "A post." in site["2026/05/index.html"]
    assert 'http-equiv="refresh"' in site["2024/12/index.html"] and site["2026/02/index.html"] == "My month."
    assert site.notices == [] and "2024/11/index.html" in site


def test_an_index_below_numbers_goes_before_years(tmp_path):
    files = {"_posts/0002-01-01-x.md": post(), "_posts/0002-01-02-y.md": post()}
    site = build_site(tmp_path, {**files, "sitegen.toml": 'paginate = 1\npaginate_path = "/:num/"\n'})
    assert ">Page 2</h1>" in site["2/index.html"]


def test_a_year_is_that_of_the_sites_zone(tmp_path):
    files = {"sitegen.toml": 'timezone = "Asia/Tokyo"', "_posts/x.md": post(date="2025-12-31 23:30 +0000")}
    site = build_site(tmp_path, files)
    assert {"2026/01/01/x/index.html", "2026/01/index.html", "2026/index.html"} <= site.files
    assert "2025/index.html" not in site


def test_a_post_without_a_date_stands_where_the_archive_has_it(tmp_path):
    site = build_site(tmp_path, {"_posts/x.md": post()}, now=datetime.now(UTC))
    (one,) = site.report.site.posts
    assert one.url == "/x/" and "/x/" in links(site[f"{one.date:%Y/%m}/index.html"])


def test_the_way_back_for_search_engines(tmp_path):
    html = build_site(tmp_path, {**POSTS, "sitegen.toml": 'url = "https://x.example"'})["2026/05/index.html"]
    text = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[0]
    crumbs = next(one for one in json.loads(text)["@graph"] if one["@type"] == "BreadcrumbList")
    assert [(item["name"], item["item"].removeprefix("https://x.example")) for item in crumbs["itemListElement"]] == [
        ("Home", "/"),
        ("Archive", "/archive/"),
        ("2026", "/2026/"),
        ("May 2026", "/2026/05/"),
    ]


def test_without_the_archive_nothing_leads_back_to_it(tmp_path):
    config = {"sitegen.toml": 'url = "https://x.example"\noutputs = ["posts", "years", "sitemap"]\n'}
    site = build_site(tmp_path, {**POSTS, **config})
    assert "/archive/" not in site["2026/index.html"] + site["sitemap.xml"]


def test_a_year_that_has_no_posts_any_more_is_gone(tmp_path):
    build_site(tmp_path, POSTS)
    (tmp_path / "_posts/2026-02-07-x.md").unlink()
    assert "2026/02/index.html" not in build_site(tmp_path, {}) and (tmp_path / "output/2026/05/index.html").exists()


def reads(folder: Path, path: str) -> set[str]:
    """What a build remembers that a file was made of."""
    with BuildMemory.open(load_config(folder)) as memory:
        return {name for name in memory.records[path].reads if not name.startswith(("layout:", "asset:"))}


def test_the_pages_of_a_year_are_made_of_that_year_only(tmp_path):
    many = {f"_posts/2024-0{at % 9 + 1}-{at // 9 + 1:02}-m{at}.md": post() for at in range(150)}
    build_site(tmp_path, {**many, **POSTS, "_pages/about.md": post()})
    shared = {"any:calls", "any:posts", "meta:_pages/about.md", "pages", "words:en"}
    assert reads(tmp_path, "2024/index.html") - shared == {"meta:*2024"}
    assert reads(tmp_path, "2026/05/index.html") - shared == {f"meta:_posts/2026-05-{day}-x.md" for day in ("01", "31")}
    assert reads(tmp_path, "archive/index.html") - shared >= {"meta:*2024", "meta:*2026", "posts"}
    before = stamps(tmp_path / "output")
    build_site(tmp_path, {"_posts/2026-05-31-x.md": post(title="Another"), "_posts/2024-01-01-m0.md": post("Words.")})
    after = stamps(tmp_path / "output")
    changed = {path for path in after if after[path] != before[path] and re.match(r"\d{4}/(\d\d/)?i", path)}
    assert changed == {"2026/index.html", "2026/05/index.html"}


def test_many_posts_of_a_year_are_watched_as_one(tmp_path):
    many = {f"_posts/2024-0{at % 9 + 1}-{at // 9 + 1:02}-m{at}.md": post() for at in range(150)}
    build_site(tmp_path, many)
    site = build_site(tmp_path, {"_posts/2024-03-03-m20.md": post(title="Another", date="2023-03-03")})
    assert "Another" not in site["2024/index.html"] and "Another" in site["2023/index.html"]
    site = build_site(tmp_path, {"_posts/2024-04-04-m30.md": post(title="Yet another")})
    assert "Yet another" in site["2024/index.html"] and "Yet another" in site["archive/index.html"]


def test_explain_knows_them(tmp_path):
    found = ask(tmp_path, "2026-05-01", POSTS)
    places = {one.name: (one.url, one.detail) for one in found.lists}
    assert places["years"] == ("/2026/", "2026: 2nd of 3") and places["months"] == ("/2026/05/", "May 2026: 2nd of 2")
    month = ask(tmp_path, "/2026/05/")
    assert month.kind == "made by sitegen: the output `months`" and len(month.shows) == 2
