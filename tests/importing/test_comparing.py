"""What is the same on two pages, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build.memory import BuildMemory
from sitegen.config import load_config
from sitegen.importing.comparing.compare import Comparison, compare
from sitegen.importing.comparing.contents import learn
from sitegen.importing.comparing.differences import differences
from sitegen.importing.comparing.feeds import differing_ids
from sitegen.importing.comparing.reading import read
from sitegen.importing.rehearsal import rehearse
from tests.importing.blogs import write
from tests.outputs.sites import NOW

LAYOUT = "<nav>Home</nav><article><h1 id='title'>A title</h1><div class='body'>%s</div><p>Next: b</p></article>"
BODIES = ("<h2 id='one'>One</h2><p>The first text.</p>", "<p>The second one.</p>", "<p>Third.</p><h2 id='b'>B</h2>")


def found(theirs: str, ours: str, others: tuple[str, ...] = BODIES) -> list[str]:
    """The differences of a page from a content, where the other pages tell what holds contents."""
    pages = [(read(LAYOUT % body), read(body).words) for body in others]
    return list(differences(read(theirs), read(ours), learn(pages)))


@pytest.mark.parametrize("body", BODIES)
def test_the_same(body: str) -> None:
    assert found(LAYOUT % body, body) == []
    assert found(f"<main>Other {body} layout</main>", body, others=()) == []


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("<p>“Well” – he’s … here</p>", '<p>"Well" -- he\'s ... here</p>'),
        ("<p>a b</p>", "<p>a\n  b</p>"),
        ("<pre><span>a</span>b</pre>", "<pre>ab</pre>"),
        ("<script>x</script><p>a<!-- b --></p>", "<p>a</p>"),
        ("<p>a&nbsp;b &amp; c</p>", "<p>a b &#38; c</p>"),
    ],
)
def test_only_the_words_count(theirs: str, ours: str) -> None:
    assert found(LAYOUT % theirs, ours) == []


@pytest.mark.parametrize(
    ("theirs", "ours", "said"),
    [
        ("<p>a b c d</p>", "<p>a b x d</p>", ['text: "c" is "x" here']),
        ("<p>a b c d</p>", "<p>a b d</p>", ['text: "c" is not here']),
        ("<p>a b d</p>", "<p>a b c d</p>", ['text: "c" is only here']),
        ("<p>first a b c last</p>", "<p>a b c</p>", ['text: "first" is not here (and 1 more)']),
        ("<p>a</p>", "<p>nothing of it</p>", ['text: "a" is "nothing of it" here']),
        ("<p>a b c</p>", "", ['text: "a b c" is not here']),
        (f"<p>a {'b ' * 9}c</p>", "<p>a c</p>", ['text: "b b b b b b b b …" is not here']),
    ],
)
def test_other_words(theirs: str, ours: str, said: list[str]) -> None:
    assert found(LAYOUT % theirs, ours) == said


def test_where_nothing_tells_what_holds_the_content_what_is_lost_inside_is_found() -> None:
    page = "<body>Head One two three four five. Tail</body>"
    assert found(page, "<p>One two three four five.</p>", others=()) == []
    assert found(page, "<p>One two four five.</p>", others=()) == ['text: "three" is not here']
    assert found(page, "<p>Quite another thing.</p>", others=()) == [
        'text: "Quite another thing." is not on Jekyll\'s page'
    ]


def test_a_content_that_does_not_close_what_it_opens() -> None:
    assert found(LAYOUT % "<div><p>Open.</p>", "<div><p>Open.</p>") == []


@pytest.mark.parametrize(
    ("theirs", "ours", "said"),
    [
        ("<h2 id='a-b'>A &amp; b</h2>", "<h2 id='a--b'>A &amp; b</h2>", ['heading id "a-b" is "a--b" here']),
        ("<h2 id='a'>A</h2><p>A</p>", "<p>A</p><p>A</p>", ['heading id "a" is not here']),
        (
            "<h2 id='a'>A</h2><h2 id='a-1'>A</h2>",
            "<h2 id='a'>A</h2><h2 id='a_1'>A</h2>",
            ['heading id "a-1" is "a_1" here'],
        ),
        ("<h2>A</h2>", "<h2 id='a'>A</h2>", []),
    ],
)
def test_headings(theirs: str, ours: str, said: list[str]) -> None:
    assert found(LAYOUT % theirs, ours) == said


FEED = (
    """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://x.example/a/"/><id>%s</id></entry></feed>"""
)


def test_feeds() -> None:
    one, other = (FEED % name for name in ("https://x.example/a", "https://x.example/a.html"))
    assert list(differing_ids(one.encode(), one.encode())) == []
    said = ['the entry "https://x.example/a" is "https://x.example/a.html" here']
    assert list(differing_ids(one.encode(), other.encode())) == said
    assert list(differing_ids(one.encode(), b"<feed/>")) == ['the entry "https://x.example/a" is not here']
    assert list(differing_ids(b"no feed <", one.encode())) == []


SITE = {
    "_config.yml": "title: A blog\nurl: https://x.example\n",
    "_posts/2020-01-01-one.md": "---\ntitle: One\n---\nThe first text.\n",
    "_posts/2020-01-02-two.md": "---\ntitle: Two\n---\n## Two\n\nThe second text.\n",
    "images/a.svg": "<svg/>",
}


def compared(folder: Path, theirs: dict[str, str]) -> Comparison:
    write(folder, SITE)
    write(folder / "_site", theirs)
    with BuildMemory.blank() as memory:
        ours = rehearse(load_config(folder), memory, now=NOW)
    return compare(ours, folder / "_site", folder)


def test_pages_are_found_by_their_addresses(tmp_path: Path) -> None:
    result = compared(
        tmp_path,
        {
            "2020/01/01/one.html": LAYOUT % "<p>The first text.</p>",
            "2020/01/02/two/index.html": LAYOUT % "<p>The second text.</p>",
            "images/a.svg": "<svg/>",
            "theme.css": "",
        },
    )
    assert [f"{one.url}: {one.what}" for one in result.differences] == [
        "/2020/01/02/two/: this page is not here, but at /2020/01/02/two.html",
        "/2020/01/02/two.html: Jekyll had no such page",
    ]
    assert (result.pages, result.same, result.missing) == (2, 1, ("/theme.css",))
    assert "/archive/" in result.added


def test_a_file_of_the_site_that_is_not_published_is_a_difference(tmp_path: Path) -> None:
    write(tmp_path, {"_notes.txt": "for me"})
    result = compared(tmp_path, {"_notes.txt": "for me", "other.txt": ""})
    assert [one.what for one in result.differences if one.url == "/_notes.txt"] == ["this file is not here"]
    assert result.missing == ("/other.txt",)


def test_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path, SITE)
    before = sorted(tmp_path.rglob("*"))
    with BuildMemory.blank() as memory:
        rehearse(load_config(tmp_path), memory, now=NOW)
    assert sorted(tmp_path.rglob("*")) == before
