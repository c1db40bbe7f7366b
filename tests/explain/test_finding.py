"""What is meant, and what is said where nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.explain.finding import NothingFits
from tests.explain.asking import ask, write
from tests.outputs.sites import post

CONFIG = 'url = "https://x.example"\nbaseurl = "/blog"\n'
SEA = "_posts/2026-01-02-the-sea.md"
FILES = {
    "sitegen.toml": CONFIG,
    SEA: post(title="By the sea"),
    "_posts/2026-01-03-the-hills.md": post(title="In the hills"),
    "_posts/2027-01-04-the-moon.md": post(title="To the moon"),
    "_drafts/idea.md": post(),
    "_pages/café.md": post(title="Café"),
    "_layouts/x.html": "x",
    "_data/people.yml": "a: b\n",
    "notes.txt": "x",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path


@pytest.mark.parametrize(
    "what",
    [
        SEA,
        f"./{SEA}",
        "the-sea",
        "The-Sea",
        "2026-01-02-the-sea",
        "2026-01-02-the-sea.md",
        "By the sea",
        "by the",
        "/2026/01/02/the-sea/",
        "/2026/01/02/the-sea",
        "2026/01/02/the-sea/index.html",
        "/blog/2026/01/02/the-sea/",
        "/2026/01/02/the-sea/?x=1#y",
        "https://x.example/blog/2026/01/02/the-sea/",
        "http://localhost:4000/blog/2026/01/02/the-sea/",
    ],
)
def test_a_post_is_found(site: Path, what: str) -> None:
    assert ask(site, what).path == SEA


def test_a_path_counts_from_here_too(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "_posts")
    assert ask(site, Path(SEA).name).path == SEA
    assert ask(site, str(site / SEA)).path == SEA


def test_addresses_may_be_encoded(site: Path) -> None:
    assert ask(site, "/café/").path == ask(site, "/caf%C3%A9/").path == "_pages/café.md"


@pytest.mark.parametrize("what", ["_posts/2027-01-04-the-moon.md", "moon", "/2027/01/04/the-moon/"])
def test_what_is_left_out_is_found_by_all_its_names(site: Path, what: str) -> None:
    found = ask(site, what)
    assert found.left_out is not None and found.left_out.reason == "future"
    assert (found.url, found.lists, found.published) == ("/2027/01/04/the-moon/", (), False)


def test_the_start(site: Path) -> None:
    for what in ("/", "/blog", "/blog/", "https://x.example/blog/", "http://localhost:4000", "index.html"):
        assert ask(site, what).title == "the home page /"


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("the-see", 'nothing in this site is called "the-see", nor has that address; did you mean the-sea?'),
        ("/2026/01/02/the-see/", "; did you mean /2026/01/02/the-sea/?"),
        ("zzzzzz", 'nothing in this site is called "zzzzzz", nor has that address'),
        ("", 'nothing in this site is called "", nor has that address'),
        ("the-", '"the-" may be one of 3:\n  _posts/2026-01-02-the-sea.md\n  _posts/2026-01-03-the-hills.md\n  _posts'),
        ("https://y.example/", "https://y.example/ is at y.example, and this site is at https://x.example"),
        ("_layouts/x.html", "_layouts/x.html is a layout: explain takes posts, pages, files and addresses"),
        ("_data/people.yml", "_data/people.yml is a data file"),
        ("sitegen.toml", "sitegen.toml is the configuration"),
        ("notes.txt", "notes.txt is no part of the site"),
        ("/../../etc/passwd", "nothing in this site is called"),
    ],
)
def test_where_nothing_fits(site: Path, what: str, says: str) -> None:
    with pytest.raises(NothingFits) as caught:
        ask(site, what)
    assert says in str(caught.value)


def test_what_keeps_the_site_from_being_built_is_counted(site: Path) -> None:
    assert ask(site, SEA).elsewhere == 0
    menu = CONFIG + '[[menu]]\ntitle = "Gone"\nurl = "/gone/"\n'
    assert ask(site, SEA, {"sitegen.toml": menu}).elsewhere == 1
