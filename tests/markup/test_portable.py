"""HTML that is to stand elsewhere."""

import pytest

from sitegen.markup import MarkupSettings, portable, render

PAGE = "https://example.org/blog/2026/post/"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ('<a href="/a?x=1&amp;y=2">x</a>', '<a href="https://example.org/a?x=1&amp;y=2">x</a>'),
        ('<a href="../x/">x</a>', '<a href="https://example.org/blog/2026/x/">x</a>'),
        ('<a href="#y">x</a>', '<a href="https://example.org/blog/2026/post/#y">x</a>'),
        ('<a href="">x</a>', f'<a href="{PAGE}">x</a>'),
        ('<a href="//cdn.example.org/y">x</a>', '<a href="https://cdn.example.org/y">x</a>'),
        ("<img src=a.png>", f'<img src="{PAGE}a.png">'),
        ('<img srcset="a.png 1x, /b.png 2x">', f'<img srcset="{PAGE}a.png 1x, https://example.org/b.png 2x">'),
        ('<video poster="p.jpg"></video>', f'<video poster="{PAGE}p.jpg"></video>'),
        ('<object data="d.pdf">D</object>', f'<object data="{PAGE}d.pdf">D</object>'),
    ],
)
def test_every_address_is_whole(given, wanted):
    assert portable(given, PAGE) == wanted


@pytest.mark.parametrize(
    "html",
    [
        '<a href="mailto:a@example.org">x</a>',
        '<a href="https://other.org/#y">x</a>',
        '<a href="https://example.org/a/../b;c">x</a>',
        '<a href="https://other.org/a/../b.html">x</a>',
        '<img src="data:image/png;base64,AAAA">',
        '<code>href="/c"</code>',
        '<a href="http://[">x</a>',
        '<li data-src="/x">x</li>',
        '<iframe src="https://video.example.org/1"></iframe>',
    ],
)
def test_what_is_whole_or_no_address_stays(html):
    assert portable(html, PAGE) == html


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("a<script>x()</script>b", "ab"),
        ("a<style>p { }</style>b", "ab"),
        ("a<form><p>Mail: <input></p><button>Go</button></form>b", "ab"),
        ("a<button>Go</button><select><option>1</select><textarea>t</textarea>b", "ab"),
        ("a<!-- note to self -->b", "ab"),
        ('<noscript><img src="/x.png"></noscript>', '<img src="https://example.org/x.png">'),
        ('<a onclick="x()" href="javascript:x()">x</a>', "<a>x</a>"),
        ('<p tabindex="0">x</p>', "<p>x</p>"),
        ('<input type="checkbox" checked disabled> a', "☑ a"),
        ('<input type="checkbox" disabled> a', "☐ a"),
    ],
)
def test_no_scripts_and_no_forms(given, wanted):
    assert portable(given, PAGE) == wanted


def test_what_nothing_closes_takes_no_words_with_it():
    assert portable("<form><p>kept</p><input>also", PAGE) == "<p>kept</p>also"


def test_ids_are_left_to_the_page_but_for_those_of_footnotes():
    html = portable(render("# Head\n\nText[^1].\n\n[^1]: Note.", MarkupSettings()).html, PAGE)
    assert "<h1>Head</h1>" in html
    for part in ('<sup id="fnref:1"', f'href="{PAGE}#fn:1"', '<li id="fn:1"', f'href="{PAGE}#fnref:1"'):
        assert part in html


def test_a_drawing_keeps_what_its_parts_refer_to():
    html = '<svg><g id="g"/><use href="#g"/><image href="x.png"/></svg><p id="q">'
    assert portable(html, PAGE) == f'<svg><g id="g"/><use href="#g"/><image href="{PAGE}x.png"/></svg><p>'


def test_without_a_host_addresses_begin_at_the_root():
    assert portable('<a href="#y">x</a> <img src="a.png">', "/p/") == '<a href="/p/#y">x</a> <img src="/p/a.png">'
