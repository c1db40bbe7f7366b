"""Authors: their pages, their feeds, and where posts name them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import feedparser
import pytest

from sitegen.errors import SiteError
from tests.outputs.rules import RULES
from tests.outputs.sites import Built, build_site, post
from tests.outputs.test_machines import data_of

SITE = 'title = "Circles"\nurl = "https://example.org"\nbaseurl = "/blog"\nauthor = "jane"\n'
PROFILES = """\
jane:
  name: Jane Doe
  bio: Runs the *Thursday* circle.
  picture: /jane.png
  url: https://jane.example
  social: [https://social.example/@jane, https://jane.example]
  role: editor
joe:
  name: Joe & Co
"""
FILES = {
    "sitegen.toml": SITE,
    "_data/authors.yml": PROFILES,
    "_posts/2026-01-01-both.md": post(author="[jane, Joe & Co]", title="Both"),
    "_posts/2026-01-02-nobody.md": post(title="Nobody"),
    "_posts/2026-01-03-guest.md": post(
        authors="[joe, {name: Ann, url: https://ann.example}, {name: Bo}]", title="Guest"
    ),
}
BOTH = "2026/01/01/both/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Built:
    return build_site(tmp_path, FILES)


def pages(site: Built) -> set[str]:
    return {path for path in site.files if path.startswith("authors/")}


def shown(site: Built, path: str) -> list[str]:
    """The titles of the posts on a page."""
    return re.findall(r'<a class="u-url" href="/blog/2026/\d\d/\d\d/\w+/">(\w+)</a>', site[path])


def bylines(page: str) -> list[tuple[str, str]]:
    """Name and address of each author in the head of a post."""
    found = re.findall(
        r'<(?:a|span) class="p-author h-card"(?: rel="author" href="([^"]*)")? dir="auto">([^<]*)<', page
    )
    return [(name, address) for address, name in found]


def test_each_profile_has_a_page_with_its_posts(site: Built) -> None:
    own = {f"authors/{key}/{name}" for key in ("jane", "joe") for name in ("index.html", "feed.xml")}
    assert pages(site) == {"authors/index.html", *own}
    assert shown(site, "authors/jane/index.html") == ["Nobody", "Both"]
    assert shown(site, "authors/joe/index.html") == ["Guest", "Both"]


def test_the_page_is_a_card(site: Built) -> None:
    page = site["authors/jane/index.html"]
    assert '<img class="u-photo portrait" src="/blog/jane.png" alt=""' in page
    assert "<p>Runs the <em>Thursday</em> circle.</p>" in page
    assert re.findall(r'rel="me" href="([^"]+)"', page) == ["https://jane.example", "https://social.example/@jane"]
    assert '<meta name="description" content="Runs the Thursday circle.">' in page
    assert "u-photo" not in site["authors/joe/index.html"]


def test_one_author_needs_no_overview(tmp_path: Path) -> None:
    files = {"sitegen.toml": SITE, "_data/authors.yml": "jane: {name: Jane}\n", "_posts/2026-01-01-x.md": post()}
    site = build_site(tmp_path, files)
    assert pages(site) == {"authors/jane/index.html", "authors/jane/feed.xml"}
    assert [item["name"] for item in data_of(site["authors/jane/index.html"])[1]["itemListElement"]] == [
        "Circles",
        "Jane",
    ]
    assert 'href="/blog/authors/"' not in site["authors/jane/index.html"]
    assert "p-author" not in site["index.html"]


def test_who_has_not_written_yet_has_a_page_too(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"sitegen.toml": SITE, "_data/authors.yml": "new: {name: New}\n"})
    assert "Nothing here yet." in site["authors/new/index.html"]
    assert list(RULES["feed.xml"](site["authors/new/feed.xml"])) == []


def test_posts_name_their_authors(site: Built) -> None:
    assert bylines(site[BOTH]) == [("Jane Doe", "/blog/authors/jane/"), ("Joe &amp; Co", "/blog/authors/joe/")]
    assert bylines(site["2026/01/02/nobody/index.html"]) == [("Jane Doe", "/blog/authors/jane/")]
    joe, ann, bo = bylines(site["2026/01/03/guest/index.html"])
    assert (joe[1], ann, bo) == ("/blog/authors/joe/", ("Ann", "https://ann.example"), ("Bo", ""))


def test_lists_name_them_where_there_are_several(site: Built) -> None:
    names = re.findall(r'<span class="p-author h-card" dir="auto">([^<]*)</span>', site["index.html"])
    assert names == ["Joe &amp; Co", "Ann", "Bo", "Jane Doe", "Jane Doe", "Joe &amp; Co"]
    assert 'dir="auto">Jane Doe</span>' not in site["authors/joe/index.html"]


def test_search_engines_know_them(site: Built) -> None:
    people: list[dict[str, Any]] = data_of(site[BOTH])[0]["author"]
    jane = {
        "@type": "Person",
        "name": "Jane Doe",
        "url": "https://example.org/blog/authors/jane/",
        "image": "https://example.org/blog/jane.png",
        "sameAs": ["https://jane.example", "https://social.example/@jane"],
    }
    assert people == [jane, {"@type": "Person", "name": "Joe & Co", "url": "https://example.org/blog/authors/joe/"}]
    about, crumbs = data_of(site["authors/jane/index.html"])
    assert about["@type"] == "ProfilePage"
    assert about["mainEntity"] == {**jane, "description": "Runs the Thursday circle."}
    assert [item["name"] for item in crumbs["itemListElement"]] == ["Circles", "Authors", "Jane Doe"]
    assert data_of(site["index.html"])[0]["author"] == [jane]


def test_the_addresses_of_the_settings_are_the_sites_authors(tmp_path: Path) -> None:
    config = SITE.replace("jane", "Joe & Co") + 'social = ["https://social.example/@joe"]\n'
    about = data_of(build_site(tmp_path, {**FILES, "sitegen.toml": config})[BOTH])[0]
    assert [person["sameAs"][-1] for person in about["author"]] == [
        "https://social.example/@jane",
        "https://social.example/@joe",
    ]


def test_each_has_a_feed(site: Built) -> None:
    text = site["authors/joe/feed.xml"]
    feed = feedparser.parse(text)
    assert list(RULES["feed.xml"](text)) == []
    assert (feed.feed.title, feed.feed.author) == ("Joe & Co · Circles", "Joe & Co")
    assert feed.feed.link == feed.feed.author_detail.href == "https://example.org/blog/authors/joe/"
    assert [entry.title for entry in feed.entries] == ["Guest", "Both"]
    link = 'title="Joe &amp; Co · Circles" href="/blog/authors/joe/feed.xml">'
    assert f'<link rel="alternate" type="application/atom+xml" {link}' in site["authors/joe/index.html"]


def test_other_feeds_name_them(site: Built) -> None:
    feed = json.loads(site["feed.json"])
    avatar = "https://example.org/blog/jane.png"
    jane = {"name": "Jane Doe", "url": "https://jane.example", "avatar": avatar}
    assert (feed["authors"], feed["items"][1]["authors"]) == ([jane], [jane])
    assert [author["name"] for author in feed["items"][0]["authors"]] == ["Joe & Co", "Ann", "Bo"]


def test_the_sitemap_has_them(site: Built) -> None:
    places = re.findall(r"<loc>https://example.org/blog(/authors/[^<]*)</loc>", site["sitemap.xml"])
    assert places == ["/authors/", "/authors/jane/", "/authors/joe/"]


def test_without_the_output_nobody_has_a_page(tmp_path: Path) -> None:
    outputs = 'outputs = ["posts", "home", "atom", "sitemap"]\n'
    site = build_site(tmp_path, {**FILES, "sitegen.toml": SITE + outputs})
    assert pages(site) == set()
    assert "/authors/" not in site["sitemap.xml"] + site["feed.xml"]
    assert bylines(site[BOTH]) == [("Jane Doe", "https://jane.example"), ("Joe &amp; Co", "")]


@pytest.mark.parametrize("own", ["authors/joe.md", "static/authors/joe/index.html"])
def test_a_page_of_ones_own_goes_before_it(tmp_path: Path, own: str) -> None:
    files = {"_pages/" + own if own.endswith("md") else own: post("Mine.")}
    assert "Mine." in build_site(tmp_path, {**FILES, **files})["authors/joe/index.html"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("authors.json", '{"jane": {"name": "Jane Doe", "uri": "/about/"}}'),
        ("authors.toml", '[jane]\nname = "Jane Doe"\nuri = "/about/"\n'),
        ("authors/jane.yml", "name: Jane Doe\nuri: /about/\n"),
    ],
)
def test_profiles_in_other_files(tmp_path: Path, path: str, text: str) -> None:
    site = build_site(tmp_path, {"sitegen.toml": SITE, "_posts/2026-01-01-x.md": post(), f"_data/{path}": text})
    assert '<a class="u-url" rel="me" href="/blog/about/">' in site["authors/jane/index.html"]


@pytest.mark.parametrize(("key", "folder"), [("王小明", "王小明"), ("C. Müller", "c-müller"), ("🎉", "u1f389")])
def test_keys_of_any_script(tmp_path: Path, key: str, folder: str) -> None:
    files = {"_data/authors.yml": f"{key}: {{name: علي}}\n", "_posts/2026-01-01-x.md": post(author=key)}
    site = build_site(tmp_path, files)
    assert '<h1 class="p-name"><bdi>علي</bdi></h1>' in site[f"authors/{folder}/index.html"]
    assert bylines(site["2026/01/01/x/index.html"]) == [("علي", f"/authors/{folder}/")]


def test_layouts_see_the_profile_and_the_front_matter(tmp_path: Path) -> None:
    seen = (
        "{% for a in page.authors %}{{ a }}|{{ a.key }}|{{ a.role | default('') }}|{{ a.posts | length }} {% endfor %}"
    )
    layout = seen + "{{ page.author }} {{ site.data.authors[page.author].name }} {{ site.profiles | join(',') }}"
    files = {"sitegen.toml": SITE, "_data/authors.yml": PROFILES, "_posts/2026-01-04-x.md": post(author="jane")}
    site = build_site(tmp_path, {**files, "_layouts/post.html": layout})
    wanted = "Jane Doe|jane|editor|1 jane Jane Doe Jane Doe,Joe &amp; Co"
    assert site["2026/01/04/x/index.html"] == wanted


NAMED = [  # front matter, and whom it names; none is the site's author
    ({"author": "[Ann, Bo]"}, ["Ann", "Bo"]),
    ({"authors": "[Ann, Bo]"}, ["Ann", "Bo"]),
    ({"author": "[Ann, {name: Cy}, Ann]"}, ["Ann", "Cy"]),
    ({"authors": "{name: Cy}"}, ["Cy"]),
    ({"author": "Ann", "authors": "[Bo]"}, ["Ann"]),
    ({"author": "['', ' ']", "authors": "[Bo, '']"}, ["Bo"]),
    ({"author": "[1.10]"}, ["1.10"]),
    ({"author": "''", "authors": "[]"}, ["jane"]),
    ({"author": "false"}, ["jane"]),
    ({}, ["jane"]),
]


@pytest.mark.parametrize(("front", "names"), NAMED)
def test_without_profiles_all_tell_the_same(tmp_path: Path, front: dict[str, str], names: list[str]) -> None:
    files = {"_posts/2026-01-01-both.md": post(**front), "_layouts/page.html": "{{ site.posts[0].author }}"}
    site = build_site(tmp_path, {"sitegen.toml": SITE, "_pages/text.md": "", **files})
    assert bylines(site[BOTH]) == [(name, "") for name in names]
    assert data_of(site[BOTH])[0]["author"] == [{"@type": "Person", "name": name} for name in names]
    assert json.loads(site["feed.json"])["items"][0]["authors"] == [{"name": name} for name in names]
    assert site["text/index.html"] == ", ".join(names)
    assert pages(site) == set()


def test_a_page_in_the_layout_of_posts_has_a_byline_too(tmp_path: Path) -> None:
    about = {name: post(layout="post", date="2026-01-01", **front) for name, front in PAGES.items()}
    site = build_site(tmp_path, {"sitegen.toml": SITE, **{f"_pages/{name}.md": text for name, text in about.items()}})
    assert {name: bylines(site[f"{name}/index.html"]) for name in PAGES} == {
        "a": [("Ann", "")],
        "b": [("Bo", "https://bo.example")],
        "c": [("jane", "")],
    }


PAGES: dict[str, dict[str, str]] = {
    "a": {"author": "Ann"},
    "b": {"author": "{name: Bo, url: https://bo.example}"},
    "c": {},
}
SLIPS = [  # a post, the line and what is told of it, a word of the hint
    (post(author="jnae"), '2: there is no author "jnae"', '"jane"?'),
    ("---\nauthors:\n- jane\n- Joe\n---\n", '4: there is no author "Joe"', "{name: Joe}"),
    (post(author="[[jane]]"), "2: there is no author", ""),
    (post(author="Al"), '2: "Al" is the name of al and of al2', "the key"),
]
MALFORMED = [  # the profiles, the line and what is told of it, a word of the hint
    ("jane: {name: J}\njoe: Joe\n", "2: `joe` is no profile", "name:"),
    ("jane: {name: J}\njoe:\n", "2: `joe` is no profile", ""),
    ("jane:\n  name: J\njoe:\n  bio: x\n", "3: an author without a `name`", "name: joe"),
    ("jane:\n  name: J\n  picture: [a]\n", "3: `picture` is a list", ""),
    ("jane:\n  name: J\n  bio: {a: b}\n", "3: `bio` is a mapping", ""),
    ("jane:\n  name: J\n  url: javascript:x\n", "3: `url` is no web address", "https"),
    ("jane:\n  name: J\n  social:\n  - '@j'\n", '4: `social` has "@j"', ""),
    ("a b: {name: J}\na-b: {name: K}\n", "2: `a-b` would have the same page as `a b`", "another key"),
    (f"{'j' * 300}: {{name: J}}\n", "1: the key is too long", "shorten"),
]
X, DATA = "_posts/2026-01-04-x.md", "_data/authors.yml"
TWINS = PROFILES + "al: {name: Al}\nal2: {name: Al}\n"
WRONG = [({DATA: TWINS, X: text}, f"{X}:{told}", hint) for text, told, hint in SLIPS]
WRONG += [({DATA: text}, f"{DATA}:{told}", hint) for text, told, hint in MALFORMED]
ALONE = {"sitegen.toml": 'author = "Ann"\n', "_data/authors.yml": PROFILES}


@pytest.mark.parametrize(("files", "told", "hint"), WRONG)
def test_what_is_wrong_is_told_at_its_line(tmp_path: Path, files: dict[str, str], told: str, hint: str) -> None:
    with pytest.raises(SiteError) as refused:
        build_site(tmp_path, {**ALONE, **files})
    found = [(f"{problem.where}: {problem.message}", problem.hint) for problem in refused.value.problems]
    assert any(text.startswith(told) and hint in said for text, said in found), found


@pytest.mark.parametrize(("files", "told", "hint"), WRONG)
def test_jekyll_lets_it_pass(tmp_path: Path, files: dict[str, str], told: str, hint: str) -> None:
    site = build_site(tmp_path, {"_config.yml": "", **files})
    assert any(notice.startswith(told) for notice in site.notices)


@pytest.mark.parametrize("data", ["- {name: Jane}\n", "just text", ""])
def test_data_that_is_no_profiles(tmp_path: Path, data: str) -> None:
    """A list may be what layouts of the site's own want."""
    site = build_site(tmp_path, {**FILES, "_data/authors.yml": data})
    assert pages(site) == set()
    assert any("these authors have no pages" in notice for notice in site.notices) == bool(data)


def test_whom_the_configuration_names_may_be_anybody(tmp_path: Path) -> None:
    files = {"_posts/2026-01-01-x.md": post(author="Ann"), "_posts/2026-01-02-y.md": post()}
    site = build_site(tmp_path, {**ALONE, **files})
    assert bylines(site["2026/01/01/x/index.html"]) == bylines(site["2026/01/02/y/index.html"]) == [("Ann", "")]


@pytest.mark.parametrize(("name", "told"), [("Amn", True), ("Somebody else", False), ("ann", False)])
def test_a_slip_of_the_pen_in_the_configuration_is_told(tmp_path: Path, name: str, told: bool) -> None:
    settings = f'url = "https://example.org"\nauthor = "{name}"\n'
    files = {"sitegen.toml": settings, "_data/authors.yml": "ann:\n  name: Ann\n", "_posts/2026-01-02-y.md": post()}
    notices = build_site(tmp_path, files).notices
    assert any("no author" in notice for notice in notices) == told


def test_an_edited_body_changes_no_page_of_others(tmp_path: Path) -> None:
    build_site(tmp_path, FILES)
    site = build_site(tmp_path, {"_posts/2026-01-02-nobody.md": post("Other.", title="Nobody")})
    assert "Other." in site["authors/jane/index.html"]
    before = (tmp_path / "output/authors/joe/index.html").stat().st_mtime_ns
    site = build_site(tmp_path, {"_posts/2026-01-02-nobody.md": post("Again.", title="Nobody")})
    assert (tmp_path / "output/authors/joe/index.html").stat().st_mtime_ns == before
    assert site.report.written < 8


def test_a_bio_that_is_too_much_is_told_at_its_line(tmp_path: Path) -> None:
    bio = json.dumps(">" * 5000 + " deep")
    with pytest.raises(SiteError, match=r"_data/authors\.yml:2"):
        build_site(tmp_path, {"_data/authors.yml": f"jane:\n  bio: {bio}\n  name: J\n"})
