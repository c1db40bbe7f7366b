"""Index pages, tags, categories, archive, neighbours."""

import re

from tests.outputs.sites import build_site, post


def posts(number: int, **front: str) -> dict[str, str]:
    return {
        f"_posts/2024-01-{day:02}-p{day}.md": post(f"Text {day}.", title=f"Post {day}", **front)
        for day in range(1, number + 1)
    }


def titles(html: str) -> list[str]:
    return re.findall(r">(Post \d+)<", html)


def test_the_index_is_cut_into_pages(tmp_path):
    site = build_site(tmp_path, {**posts(5), "sitegen.toml": "paginate = 2"})
    assert titles(site["index.html"]) == ["Post 5", "Post 4"]
    assert titles(site["page2/index.html"]) == ["Post 3", "Post 2"]
    assert titles(site["page3/index.html"]) == ["Post 1"]
    assert "page4/index.html" not in site and "page1/index.html" not in site
    assert 'rel="next" href="/page2/"' in site["index.html"]
    assert 'rel="prev" href="/"' in site["page2/index.html"]


def test_pages_that_are_not_needed_any_more_go(tmp_path):
    build_site(tmp_path, {**posts(5), "sitegen.toml": "paginate = 2"})
    site = build_site(tmp_path, {"sitegen.toml": "paginate = 0"})
    assert not [path for path in site.files if path.startswith("page")] and site.report.deleted == 2
    assert not (tmp_path / "output/page2").exists()


def test_the_path_of_index_pages_is_a_setting(tmp_path):
    files = {**posts(3), "sitegen.toml": 'paginate = 1\npaginate_path = "/older/:num"'}
    assert {"older/2/index.html", "older/3/index.html"} <= build_site(tmp_path, files).files


def test_what_is_hidden_stands_on_no_index_page(tmp_path):
    site = build_site(tmp_path, {**posts(2), "_posts/2024-02-01-h.md": post(title="Post 9", hidden="true")})
    assert titles(site["index.html"]) == ["Post 2", "Post 1"]
    assert "2024/02/01/h/index.html" in site


def test_what_is_pinned_stands_first_and_once(tmp_path):
    pinned = {f"_posts/2024-01-0{day}-p{day}.md": post(title=f"Post {day}", pinned="true") for day in (1, 2)}
    site = build_site(tmp_path, {**posts(5), **pinned, "sitegen.toml": "paginate = 3"})
    assert titles(site["index.html"]) == ["Post 2", "Post 1", "Post 5"]
    assert titles(site["page2/index.html"]) == ["Post 4", "Post 3"]
    assert site["index.html"].count("<span>Pinned</span>") == 2 and "Pinned" not in site["page2/index.html"]


def test_pins_change_no_other_list(tmp_path):
    files = {**posts(3, tags="[a]"), "_posts/2024-01-01-p1.md": post(title="Post 1", tags="[a]", pinned="true")}
    site = build_site(tmp_path, files)
    for path in ("archive/index.html", "tags/a/index.html", "feed.xml"):
        assert titles(site[path]) == ["Post 3", "Post 2", "Post 1"] and "Pinned" not in site[path], path
    assert 'rel="prev" href="/2024/01/01/p1/"' in site["2024/01/02/p2/index.html"]
    assert [one.title for one in site.report.site.posts] == ["Post 3", "Post 2", "Post 1"]


def test_what_is_hidden_cannot_be_pinned(tmp_path):
    files = {**posts(2), "_posts/2024-02-01-h.md": post(title="Post 9", hidden="true", pinned="true")}
    assert titles(build_site(tmp_path, files)["index.html"]) == ["Post 2", "Post 1"]


def test_a_pin_that_is_taken_out_is_gone_from_every_page(tmp_path):
    build_site(tmp_path, {**posts(4), "_posts/2024-01-01-p1.md": post(title="Post 1", pinned="true")})
    site = build_site(tmp_path, {"_posts/2024-01-01-p1.md": post(title="Post 1", pinned="false")})
    assert titles(site["index.html"]) == ["Post 4", "Post 3", "Post 2", "Post 1"]


def test_an_index_page_of_ones_own_may_show_the_newest(tmp_path):
    files = {**posts(3), "sitegen.toml": "paginate = 2", "index.md": post("Hello.", layout="home", title="Me")}
    site = build_site(tmp_path, files)
    assert titles(site["index.html"]) == ["Post 3", "Post 2"] and "Hello." in site["index.html"]
    assert titles(site["page2/index.html"]) == ["Post 1"]


def test_a_page_or_file_of_ones_own_goes_before_a_generated_one(tmp_path):
    files = {**posts(1), "archive.md": post("My archive."), "static/404.html": "lost", "tags.md": post("My tags.")}
    site = build_site(tmp_path, {**files, "_posts/2024-02-02-t.md": post(tags="[a]")})
    assert "My archive." in site["archive/index.html"] and "My tags." in site["tags/index.html"]
    assert site["404.html"] == "lost"
    assert site["sitemap.xml"].count("/archive/</loc>") == 1


def test_tags_that_differ_by_a_sign_stay_apart(tmp_path):
    site = build_site(tmp_path, posts(1, tags='[C, C++, "C#", c]'))
    assert {"tags/c/index.html", "tags/c-plus-plus/index.html", "tags/c-sharp/index.html"} <= site.files
    assert titles(site["tags/c-sharp/index.html"]) == ["Post 1"]
    assert "C++" in site["tags/index.html"]


def test_categories(tmp_path):
    files = {"_posts/2024-01-01-x.md": post(categories="[Big News]", title="Post 1")}
    site = build_site(tmp_path, files)
    assert titles(site["categories/big-news/index.html"]) == ["Post 1"]
    assert 'href="/categories/big-news/"' in site["categories/index.html"]
    assert 'href="/categories/big-news/"' in site["2024/01/01/x/index.html"]


def test_the_archive_has_every_post_by_year(tmp_path):
    site = build_site(tmp_path, {**posts(2), "_posts/2022-01-01-old.md": post(title="Post 0")})
    assert titles(site["archive/index.html"]) == ["Post 2", "Post 1", "Post 0"]
    assert site["archive/index.html"].index('id="year-2024"') < site["archive/index.html"].index('id="year-2022"')


def test_previous_is_older_and_next_is_newer(tmp_path):
    site = build_site(tmp_path, posts(3))
    middle = site["2024/01/02/p2/index.html"]
    assert re.search(r'rel="prev" href="/2024/01/01/p1/"', middle) and re.search(
        r'rel="next" href="/2024/01/03/p3/"', middle
    )
    assert 'rel="prev"' not in site["2024/01/01/p1/index.html"]


def test_outputs_that_are_not_wanted_are_not_made(tmp_path):
    site = build_site(tmp_path, {**posts(1, tags="[a]"), "sitegen.toml": 'outputs = ["posts"]'})
    assert site.files == {"2024/01/01/p1/index.html"}


def test_an_empty_site(tmp_path):
    files = build_site(tmp_path, {}).files
    assert files == {
        "index.html",
        "404.html",
        "feed.xml",
        "rss.xml",
        "feed.json",
        "sitemap.xml",
        "robots.txt",
        "site.webmanifest",
    }
