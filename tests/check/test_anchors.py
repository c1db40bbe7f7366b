"""Links to parts of pages, and ids that stand twice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.check.world import POST, findings, hints, post, told, written

OTHER = post('## The first part\n\n<a name="old-name"></a>Text.\n\n## Größe', "Another")


def site(tmp_path: Path, body: str) -> Path:
    return written(tmp_path, {"_posts/2019-01-02-other.md": OTHER, POST: post(body)})


WELL = (
    "/2019/01/02/other/#the-first-part",
    "/2019/01/02/other/#old-name",
    "/2019/01/02/other/#gr%C3%B6%C3%9Fe",
    "/2019/01/02/other/#größe",
    "/2019/01/02/other/#:~:text=Text",
    "/2019/01/02/other/#comment-12",
    "/2019/01/02/other/#/route",
    "#here-it-is",
    "/feed.xml#x",
)
BROKEN = {
    "/2019/01/02/other/#first-part": "is it #the-first-part?",
    "/2019/01/02/other/#The-First-Part": "capitals count: write #the-first-part",
    "#heer-it-is": "is it #here-it-is?",
    "#zzz": "",
}


def links(addresses: Iterable[str]) -> str:
    return "\n".join(f"[words]({address})" for address in addresses) + "\n\n## Here it is"


def test_parts_that_there_are(tmp_path: Path) -> None:
    assert told(site(tmp_path, links(WELL)), "anchors") == []


def test_parts_that_there_are_not(tmp_path: Path) -> None:
    folder = site(tmp_path, links(BROKEN))
    message = 'the link to {} leads to no part of that page: it has no id "{}"'
    assert told(folder, "anchors") == [
        f"error anchors {POST}:{line}: {message.format(address, address.partition('#')[2])}"
        for line, address in enumerate(BROKEN, 4)
    ]
    assert hints(folder, "anchors") == list(BROKEN.values())


def test_a_link_within_its_page_is_told_where_an_index_page_shows_it(tmp_path: Path) -> None:
    layout = '<!doctype html><html lang="en"><title>x</title>{% for one in site.posts %}{{ one.content }}{% endfor %}'
    files = {POST: post("[down](#part)\n\n## Part"), "_layouts/home.html": layout}
    assert told(written(tmp_path, files), "anchors") == []  # all of the post is there, its part too
    written(tmp_path, {"_layouts/home.html": layout.replace("content", "excerpt")})
    (only,) = findings(tmp_path, ["anchors"])
    assert only.problem.where == f"{POST}:4"


def test_an_id_that_stands_twice(tmp_path: Path) -> None:
    folder = site(tmp_path, "## One {#x}\n\n## Two {#x}\n\n## Three")
    assert told(folder, "ids") == [f'error ids {POST}:6: the id "x" stands twice on the page /2026/05/06/a/']


def test_headings_of_the_same_words_are_no_clash(tmp_path: Path) -> None:
    assert told(site(tmp_path, "## Part\n\n## Part\n\nA note.[^1]\n\n[^1]: Here."), "ids") == []


def test_ids_of_a_copied_page(tmp_path: Path) -> None:
    page = '<p id="a">\n<p id="b">\n<p id="a">\n<p id="a">'
    folder = written(tmp_path, {POST: post("x"), "static/x.html": page})
    assert told(folder, "ids") == ['error ids static/x.html:3: the id "a" stands 3 times on the page /x.html']
