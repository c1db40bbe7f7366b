"""Series: which part a post is, the pages of a series, and what is told of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sitegen.errors import SiteError
from tests.explain.asking import ask, value
from tests.explain.test_places import stands
from tests.outputs.sites import Built, build_site, post

LOOK = (
    "{% if page.series %}{{ page.series }}: {{ page.series.part }}/{{ page.series.total }} {{ page.series.url }} "
    "{{ page.series.previous.title if page.series.previous else '-' }} "
    "{{ page.series.next.title if page.series.next else '-' }} "
    "{{ page.series.posts | map(attribute='title') | join(',') }}{% else %}{{ page.series is none }}{% endif %}"
)


def parts(*series: str) -> dict[str, str]:
    """Posts of one day each, called A, B, C …, each with what stands behind its `series:`."""
    return {
        f"_posts/2024-01-0{day}-p{day}.md": post(title=chr(64 + day), series=text)
        if text
        else post(title=chr(64 + day))
        for day, text in enumerate(series, 1)
    }


def looks(site: Built) -> list[str]:
    """What the layout shows on each post, the oldest first."""
    return [site[path].strip() for path in sorted(site.files) if re.fullmatch(r"2024/.*/p\d/index.html", path)]


def order(folder: Path, *series: str) -> str:
    """The parts in the order of reading, with their numbers."""
    files = {**parts(*series), "sitegen.toml": 'outputs = ["posts"]', "_layouts/post.html": NUMBERS}
    return looks(build_site(folder, files))[0]


NUMBERS = (
    "{% for post in page.series.posts %}{{ post.series.part }}{{ post.title }} {% endfor %}of {{ page.series.total }}"
)


def test_what_layouts_see(tmp_path: Path) -> None:
    files = {**parts("Tea", "", "Tea"), "_layouts/post.html": LOOK}
    assert looks(build_site(tmp_path, files)) == [
        "Tea: 1/2 /series/tea/ - C A,C",
        "true",
        "Tea: 2/2 /series/tea/ A - A,C",
    ]


@pytest.mark.parametrize(
    ("series", "found"),
    [
        (("S", "S", "S"), "1A 2B 3C of 3"),
        (("S", "{name: S, part: 1}", "S"), "1B 2A 3C of 3"),
        (("S", "{name: S, part: 3}", "S"), "1A 2C 3B of 3"),
        (("{name: S, part: 3}", "{name: S, part: 2}", "{name: S, part: 1}"), "1C 2B 3A of 3"),
        (("{name: S, part: 1}", "{name: S, part: 4}", "S"), "1A 2C 4B of 4"),
        (("{name: S, part: 2}",), "2A of 2"),
        (("S", "{name: S}", "s"), "1A 2B 3C of 3"),
    ],
)
def test_the_order_of_reading(tmp_path: Path, series: tuple[str, ...], found: str) -> None:
    assert order(tmp_path, *series) == found


def test_a_series_is_its_name(tmp_path: Path) -> None:
    """As a Jekyll layout uses it: printed, compared, filtered, sorted."""
    look = (
        "{{ page.series }}{{ page.series | upper }}{% if page.series == 'A <b>' %}!{% endif %}"
        "{{ site.posts | where('series', page.series) | length }}{{ (site.posts | group_by('series'))[0].name }}"
        "{{ {'s': page.series} | jsonify }}"
        "{{ site.posts | map(attribute='series') | unique | list | length }}"
        "{% for post in site.posts | sort(attribute='series') %}{{ post.title }}{% endfor %}"
    )
    site = build_site(tmp_path, {**parts("A <b>", "A <b>", "0"), "_layouts/post.html": look})
    assert looks(site)[0] == 'A &lt;b&gt;A &lt;B&gt;!20{"s": "A \\u003cb\\u003e"}2CBA'


def test_a_series_has_no_names_but_its_own(tmp_path: Path) -> None:
    look = "{{ page.series.title | default('-') }}{{ page.series.count | default('-') }}"
    assert looks(build_site(tmp_path, {**parts("Tea"), "_layouts/post.html": look})) == ["--"]


def test_without_the_output_it_has_no_address(tmp_path: Path) -> None:
    config = {"sitegen.toml": 'outputs = ["posts"]\n'}
    look = "{{ page.series.url | default('?') }}|{{ page.series.part }}"
    assert looks(build_site(tmp_path, {**config, **parts("Tea"), "_layouts/post.html": look})) == ["|1"]


def test_the_box_and_the_way_on(tmp_path: Path) -> None:
    site = build_site(tmp_path, parts("Tea & talk", "Tea & talk", "Tea & talk"))
    first, second, last = (site[f"2024/01/0{day}/p{day}/index.html"] for day in (1, 2, 3))
    assert "<summary>Part 2 of 3 of <cite>Tea &amp; talk</cite></summary>" in second
    assert '<li value="1"><a href="/2024/01/01/p1/">A</a></li>' in second
    assert '<li value="2"><strong aria-current="page">B</strong></li>' in second
    assert 'href="/series/tea-and-talk/">' in second
    assert re.search(r'rel="next" href="/2024/01/02/p2/"><small>Next: part 2 of Tea &amp; talk</small> <span>B<', first)
    assert "<small>Newer</small>" not in first, "the next part is the newer post, and is linked as such once"
    assert "<small>Next: part" not in last and "<small>Older</small>" in last


def test_a_post_of_another_kind_may_stand_between(tmp_path: Path) -> None:
    first = build_site(tmp_path, parts("S", "", "S"))["2024/01/01/p1/index.html"]
    assert first.index("<small>Next: part 2 of S</small>") < first.index("<small>Newer</small> <span>B")


def test_without_a_series_nothing_is_shown(tmp_path: Path) -> None:
    site = build_site(
        tmp_path, {**parts("", ""), "_pages/p.md": post(layout="post", series="{posts: [1]}", date="2024-01-01")}
    )
    assert "series" not in site["2024/01/01/p1/index.html"] + site["p/index.html"] + site["sitemap.xml"]
    assert not [path for path in site.files if path.startswith("series")]


def test_the_pages_of_series(tmp_path: Path) -> None:
    files = {**parts("Tea", "{name: Tea, part: 1}", "Ale"), "sitegen.toml": 'url = "https://x.example"'}
    site = build_site(tmp_path, files)
    assert re.findall(r'href="/series/(\w+)/">(\w+) <span class="count" title="(.*?)">', site["series/index.html"]) == [
        ("ale", "Ale", "1 post"),
        ("tea", "Tea", "2 posts"),
    ]
    tea = site["series/tea/index.html"]
    assert re.findall(r"<span>(Part \d)</span>|<h2.*?>(\w)</a>", tea) == [
        ("Part 1", ""),
        ("", "B"),
        ("Part 2", ""),
        ("", "A"),
    ]
    assert '<p class="over">Series</p>' in tea and 'href="/series/">All series</a>' in tea
    assert '<meta name="description" content="A series in 2 parts.">' in tea
    assert {"/series/", "/series/ale/", "/series/tea/"} <= set(
        re.findall(r"x\.example(/series/.*?)<", site["sitemap.xml"])
    )


def test_a_page_of_ones_own_may_introduce_a_series(tmp_path: Path) -> None:
    files = {**parts("Tea"), "_pages/tea.md": post("Why tea.", permalink="/series/tea/")}
    assert "Why tea." in build_site(tmp_path, files)["series/tea/index.html"]


def test_without_the_output_nothing_leads_there(tmp_path: Path) -> None:
    files = {**parts("Tea", "Tea"), "sitegen.toml": 'outputs = ["posts", "sitemap"]\nurl = "https://x.example"'}
    site = build_site(tmp_path, files)
    assert "Part 1 of 2 of" in site["2024/01/01/p1/index.html"]
    assert "/series/" not in "".join(site[path] for path in site.files)


def graph(html: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(re.findall(r'ld\+json">(.*?)</script>', html)[0])["@graph"]
    return found


def test_what_search_engines_are_told(tmp_path: Path) -> None:
    site = build_site(tmp_path, {**parts("Tea", "Tea"), "sitegen.toml": 'url = "https://x.example"\nbaseurl = "/b"'})
    url = "https://x.example/b/series/tea/"
    posting, series = (graph(site[path]) for path in ("2024/01/02/p2/index.html", "series/tea/index.html"))
    assert posting[0]["position"] == 2
    assert posting[0]["isPartOf"][1] == {
        "@type": "CreativeWorkSeries",
        "name": "Tea",
        "@id": f"{url}#series",
        "url": url,
    }
    assert (series[0]["@type"], series[0]["@id"], series[0]["name"]) == ("CreativeWorkSeries", f"{url}#series", "Tea")
    assert [item["name"] for item in series[1]["itemListElement"]] == ["Home", "Series", "Tea"]


def test_drafts_and_the_future_are_no_parts(tmp_path: Path) -> None:
    files = {**parts("S", "S"), "_drafts/d.md": post(series="S"), "_posts/2027-01-01-f.md": post(series="S")}
    assert "Part 1 of 2 of" in build_site(tmp_path, files)["2024/01/01/p1/index.html"]


def test_defaults_may_name_the_series_of_a_folder(tmp_path: Path) -> None:
    config = '[[defaults]]\nscope = {path = "_posts/tea"}\nvalues = {series = "Tea"}\n'
    files = {
        "sitegen.toml": config,
        "_posts/tea/2024-01-01-p1.md": post(),
        "_posts/tea/2024-01-02-p2.md": post(series="false"),
    }
    site = build_site(tmp_path, {**files, "_layouts/post.html": LOOK})
    assert looks(site) == ["Tea: 1/1 /series/tea/ - - P1", "true"]


def test_two_posts_cannot_be_the_same_part(tmp_path: Path) -> None:
    files = parts("{name: S, part: 2}", "S", "{name: S, part: 2}")
    with pytest.raises(SiteError, match=r'_posts/2024-01-03-p3.md:3: part 2 of "S" is _posts/2024-01-01-p1.md, too'):
        build_site(tmp_path, files)
    files |= {"_config.yml": "permalink: pretty", "_layouts/post.html": NUMBERS}
    site = build_site(tmp_path, files)
    assert site["2024/01/01/p1/index.html"].strip() == "1B 2A 3C of 3"
    assert any("part 2" in notice for notice in site.notices)


@pytest.mark.parametrize("series", ["[A, B]", "{title: A, index: 1}", "{name: [A]}", "3: {b: c}"])
def test_what_a_jekyll_layout_means_by_it_is_left_to_it(tmp_path: Path, series: str) -> None:
    text = f"---\nseries: {series}\n---\nText.\n" if series[0] in "[{" else f"---\nseries:\n  {series}\n---\nText.\n"
    look = "{{ page.series is none }}|{{ page.front.series | length }}"
    files = {"_config.yml": "permalink: pretty", "_posts/2024-01-01-p1.md": text, "_layouts/post.html": look}
    site = build_site(tmp_path, files)
    assert site["2024/01/01/p1/index.html"] in ("true|1", "true|2")
    assert any(notice.startswith("_posts/2024-01-01-p1.md:2: `series`") for notice in site.notices)


def test_it_is_explained(tmp_path: Path) -> None:
    files = parts("Tea", "{name: Tea, part: 1}")
    found = ask(tmp_path, "p2", files)
    assert value(found, "series") == ("Tea, part 1", "front matter _posts/2024-01-02-p2.md:3")
    assert stands(found)["series"] == ("/series/tea/", "Tea: part 1 of 2")
    page = ask(tmp_path, "/series/tea/")
    assert page.shows == ("_posts/2024-01-02-p2.md", "_posts/2024-01-01-p1.md")
    assert page.kind == "made by sitegen: the output `series`"


def test_what_an_edit_changes(tmp_path: Path) -> None:
    """A part's text changes no other part's page, its title that of each; a new part that of each, too."""
    build_site(tmp_path, {**parts("S", "S", "S", ""), "sitegen.toml": 'outputs = ["posts", "series"]'})
    edit = "_posts/2024-01-02-p2.md"
    assert build_site(tmp_path, {edit: post("Other.", title="B", series="S", description="d")}).report.written == 2
    assert build_site(tmp_path, {edit: post("Third.", title="B", series="S", description="d")}).report.written == 1
    assert build_site(tmp_path, {edit: post("Third.", title="X", series="S", description="d")}).report.written == 4
    built = build_site(tmp_path, {"_posts/2023-01-01-p0.md": post(title="Z", series="S")}).report
    assert built.written == 6, "four parts, the series, the list of all"
