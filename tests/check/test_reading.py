"""One page of HTML, and what is read of it."""

from __future__ import annotations

import pytest

from sitegen.check.pages import SeenPage
from sitegen.check.reading import read_page


def page(html: str) -> SeenPage:
    return read_page(html, "a/index.html", "_posts/a.md")


def addresses(html: str) -> list[tuple[str, str]]:
    return [(reference.kind, reference.address) for reference in page(html).references]


def pictures(*names: str) -> list[tuple[str, str]]:
    return [("picture", name) for name in names]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<A HREF=" /x/ ">', [("link", "/x/")]),
        ("<a href=/x/?a=1&amp;b=2#c>", [("link", "/x/?a=1&b=2#c")]),
        ('<img src="a.png" srcset="b.png 1x,c,d.png 300w, e.png">', pictures("b.png", "c,d.png", "e.png", "a.png")),
        ('<img src="a.png" srcset="data:image/png;base64,AA== 1x">', pictures("data:image/png;base64,AA==", "a.png")),
        ('<link rel="stylesheet" href="/a.css"><link rel="dns-prefetch" href="//b">', [("style", "/a.css")]),
        ('<meta http-equiv="Refresh" content="0; URL=\'/new/\'">', [("link", "/new/")]),
        ('<meta property="og:image" content="/a.png"><meta name="x" content="/b.png">', [("picture", "/a.png")]),
        ("<!-- <a href=/no/> --><script>'<a href=/no/>'</script><textarea><a href=/no/></textarea>", []),
        ("<p title='<a href=/no/>'><a name=x><div id=y>", []),
    ],
)
def test_addresses(html: str, expected: list[tuple[str, str]]) -> None:
    assert addresses(html) == expected


def test_what_else_is_read() -> None:
    html = (
        '<!doctype html>\n<html lang="en">\n<head><title>A &amp; b</title><base href="/c/"></head>\n<body id="top">\n'
        '<h1>One <span class="x">two</span> <a href="#p">three <img src="x" alt="four"></a></h1>\n<p id=p>'
        '<form action="/f" METHOD="POST"><a href="/" aria-label="Home"></a><a href="/"><img src=x></a>'
    )
    found = page(html)
    assert (found.whole, found.lang, found.title, found.base) == (True, "en", "A & b", "/c/")
    assert found.ids == (("top", 4), ("p", 6))
    assert [(heading.level, heading.text, heading.line) for heading in found.headings] == [(1, "One two three four", 5)]
    assert [(form.action, form.method) for form in found.forms] == [("/f", "post")]
    links = [reference for reference in found.references if reference.tag == "a"]
    assert [link.words for link in links] == ["three four", "Home", "(picture)"]
    assert [reference.alt for reference in found.references if reference.tag == "img"] == ["four", None]


def test_a_fragment_is_no_document() -> None:
    assert not page("<p>x</p>").whole


@pytest.mark.parametrize(
    "piece", ["<h2>", "<a href=x>", "<a href='", "<", "<p id=x ", '<img srcset="' + ",x " * 9, "</a>"]
)
def test_broken_html_takes_no_more_time_for_being_long(piece: str) -> None:
    read_page(piece * 40_000, "a.html", "a.html")


def test_a_long_list_of_pictures_takes_no_more_time() -> None:
    read_page(f'<img srcset="{"," * 200_000}"><meta http-equiv=refresh content="{" " * 200_000}">', "a.html", "a.html")
