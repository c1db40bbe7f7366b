"""What is a shortcode and what is text, where it stands in the HTML, and what may not reach beyond it."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markup import MarkupError, MarkupSettings, Rendered, render
from sitegen.markup.faults import fault
from sitegen.markup.rendered import Shortcode
from sitegen.markup.shortcodes import filled, prepared

ENGINES = ("markdown", "commonmark")
SECONDS = 10  # what is quadratic takes minutes


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def rendered(body: str, engine: str = "markdown", **options: Any) -> Rendered:
    return render(body, MarkupSettings(engine=engine, shortcodes=True), **options)


def seen(body: str, engine: str = "markdown") -> str:
    """The HTML with the shortcodes as elements, without its line ends."""
    found = rendered(body, engine)
    return re.sub(r">\s+<", "><", filled(found, lambda one, inner: f"<{one.name}>{inner.strip()}</{one.name}>")).strip()


def values(body: str) -> dict[str, str | bool]:
    (found,) = rendered(body).shortcodes
    return dict(found.values)


def complaint(body: str) -> tuple[int | None, str]:
    with pytest.raises(MarkupError) as caught:
        rendered(body)
    return caught.value.line, caught.value.message


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("::x", "<x></x>"),
        ("::x{}", "<x></x>"),
        ("::x{a=1}  ", "<x></x>"),
        ("A\n\n::x\n\nB", "<p>A</p><x></x><p>B</p>"),
        ("A\n::x\nB", "<p>A</p><x></x><p>B</p>"),
        ("# A\n::x\n# B", '<h1 id="a">A</h1><x></x><h1 id="b">B</h1>'),
        ("- A\n\n::x\n\n- B", "<ul><li>A</li></ul><x></x><ul><li>B</li></ul>"),
        (":::x\nA *b*\n:::", "<x><p>A <em>b</em></p></x>"),
        (":::x{a}\n:::", "<x></x>"),
        (":::x\n::y\n:::\n::z", "<x><y></y></x><z></z>"),
        ("::::x\n:::y\nA\n:::\n::z\n::::", "<x><y><p>A</p></y><z></z></x>"),
        (":::x\n[A][1]\n:::\n\n[1]: /a/", '<x><p><a href="/a/">A</a></p></x>'),
        (":::x\n```\n:::\n```\n:::", '<x><div class="highlight"><pre tabindex="0"><code>:::\n</code></pre></div></x>'),
        ("::x{a='\n`'}\n\nA `b`", "<x></x><p>A <code>b</code></p>"),
        ("::x\r\n\r\nA", "<x></x><p>A</p>"),
        (":::x {a=1}\nA\n:::", "<x><p>A</p></x>"),
    ],
)
def test_a_shortcode_is_a_block(body: str, html: str, engine: str) -> None:
    assert seen(body, engine) == html


@pytest.mark.parametrize(
    "body",
    [
        r"\::x{a=1}",
        "A ::x",
        " ::x",
        "::x y",
        "::x[y]",
        "::X",
        "::1x",
        "::",
        ":::",
        "::: x",
        ":: x",
        ":x{a=1}",
        "> ::x",
        "- ::x",
        "    ::x",
        "\t::x",
        "::std::vector",
        "`a\n::x{b}\nc`",
        "``a`\n::x\nb``",
        "```\n::x\n```",
        "~~~\n:::x\n:::\n~~~",
        "<pre>\n::x\n</pre>",
        "<div>\n::x{a}\n</div>",
        "<!--\n::x\n-->",
    ],
)
def test_what_is_text_stays_text(body: str, engine: str) -> None:
    settings = MarkupSettings(engine=engine)
    assert rendered(body, engine).shortcodes == ()
    assert rendered(body, engine) == render(body, settings)


def test_backticks_that_nothing_closes_are_no_code() -> None:
    assert seen("A ` b\n::x\nc") == "<p>A ` b</p><x></x><p>c</p>"
    assert seen("A `b\n::x\nc` d") == "<p>A <code>b\n::x\nc</code> d</p>"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{a=1}", {"a": "1"}),
        ("{ a = 1 }", None),
        ('{a="1 2" b=\'3 "4"\' c=/x?y=1&z#q}', {"a": "1 2", "b": '3 "4"', "c": "/x?y=1&z#q"}),
        ("{a b=}", None),
        ("{a b c-d}", {"a": True, "b": True, "c-d": True}),
        ("{\n  a=1\n\tb='x\ny'\n}", {"a": "1", "b": "x\ny"}),
        ("{a='&quot;&amp;&#39;' b='&copy=1'}", {"a": "\"&'", "b": "&copy=1"}),
        ('{a=""}', {"a": ""}),
        ("{a='}' b=\"{{ x }}\"}", {"a": "}", "b": "{{ x }}"}),
        ("{a=ü b='日本'}", {"a": "ü", "b": "日本"}),
    ],
)
def test_attributes(written: str, meant: dict[str, str | bool] | None) -> None:
    if meant is None:
        assert "no attribute" in complaint(f"::x{written}")[1]
    else:
        assert values(f"::x{written}") == meant


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("A\n\n::x{a", 3, "has attributes that no } closes"),
        ("::x{a='b", 1, "something that is no attribute: a='b"),
        ("::x{a=1\n\nb=2}", 1, "has attributes that no } closes"),
        ("::x{\na=1\n.wide}", 3, "something that is no attribute: .wide}"),
        ("::x{a=1 a=2}", 1, "has `a` twice"),
        ("::x{a} b", 1, "behind the } of `::x` stands more"),
        ("A\n:::x\n\n:::y\n:::\n", 2, "`:::x` is not closed"),
        ("```\n::x\n```\n:::y{\na=1}\n", 4, "`:::y` is not closed"),
        (":::x\n" * 31, 31, "shortcodes more than 30 deep"),
        ("::x\n\n" + "> " * 40 + "a", 3, "lists and quotes more than 30 deep"),
    ],
)
def test_what_is_badly_written_is_told_at_its_line(body: str, line: int, words: str) -> None:
    at, message = complaint(body)
    assert (at, words in message) == (line, True), message


@pytest.mark.parametrize(
    "opening", ["<!-- ", "<div>\n<!--\n\n</div>", "<title>", "<textarea>", "<script>", "<iframe>", "<xmp>", "<style>"]
)
@pytest.mark.parametrize("shortcode", ["::x", ":::x\nA\n:::"])
def test_within_what_is_no_html_none_can_stand(opening: str, shortcode: str, engine: str) -> None:
    with pytest.raises(MarkupError, match="cannot stand here") as caught:
        rendered(f"{opening}\n\n{shortcode}\n\nabc", engine)
    assert caught.value.line == opening.count("\n") + 3


def test_the_lines_are_those_of_the_body(engine: str) -> None:
    body = "A\n\n::x{\na=1\n}\n\n:::y\n## B\n\n::z\n:::\n\n::x\n"
    found = [one for top in rendered(body, engine).shortcodes for one in top.walk()]
    assert [(one.name, one.line) for one in found] == [("x", 3), ("y", 7), ("z", 10), ("x", 13)]


def test_nobody_can_write_what_stands_for_one(engine: str) -> None:
    """Whoever knows the HTML of one body can write that; in another body it is a comment like any other."""
    stolen = prepared("::x").text.strip()
    assert stolen.startswith("<!--")
    found = rendered(f"{stolen}\n\n::y\n\n{stolen}\n", engine)
    assert [one.name for one in found.shortcodes] == ["y"]
    assert found.html.count(stolen) == 2
    assert rendered("::x", engine).html.count("<!--") == 0


def test_around_them_the_body_is_as_ever(engine: str) -> None:
    found = rendered("## A\n\n[TOC]\n\n:::x\n## B\n\nText [a](/a/).[^1]\n:::\n\n[^1]: A note.\n", engine)
    assert re.findall(r'href="([^"]+)"', found.toc) == ["#a", "#b"]
    assert "/a/" in found.links
    inner = found.html[found.shortcodes[0].start : found.shortcodes[0].end]
    assert inner.strip().startswith('<h2 id="b">B</h2>')
    assert "A note." not in inner
    assert (
        found.words
        == render("## A\n\n[TOC]\n\n## B\n\nText [a](/a/).[^1]\n\n[^1]: A note.\n", MarkupSettings(engine)).words
    )


def test_excerpts_have_no_debris() -> None:
    assert rendered("::x{a=1}\n\nFirst.\n\nSecond.").summary == "First."
    assert rendered(":::x\nFirst.\n:::\n\nSecond.").excerpt == "<p>First.</p>"
    assert rendered("A\n\n::x\n\nB\n\n<!--more-->\n\nC").excerpt.split() == ["<p>A</p>", "<p>B</p>"]
    assert rendered(":::x\nA\n\n<!--more-->\n\nB\n:::").summary == "A"
    assert rendered("::x").summary == ""


def test_html_and_sites_that_want_none_have_none() -> None:
    assert render("::x", MarkupSettings(shortcodes=True), html=True).html == "::x"
    assert render("::x", MarkupSettings()).html == "<p>::x</p>"


PIECES = [
    "::x", "::x{a=1}", ":::x", ":::", "::::y{b}", "text", "", "", "- item", "> quote", "```", "`", "a `b`", "<div>",
    "</div>", "    code", "# head", "::z{", "<!--", "-->", "\\::x", "[^1]: note", "| a | b |", "***", "<b>", "$$",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(ENGINES))
def test_any_body_is_rendered_or_refused(lines: list[str], engine: str) -> None:
    """Whatever it is: each shortcode has its place, in order, and within the one around it."""
    body = "\n".join(lines)
    try:
        found = rendered(body, engine)
    except MarkupError as error:
        assert error.line is None or 1 <= error.line <= len(lines)
        return
    check_order(found.shortcodes, 0, len(found.html))
    named = [one for top in found.shortcodes for one in top.walk()]
    assert [one.line for one in named] == sorted(one.line for one in named)
    assert all(lines[one.line - 1].startswith("::") for one in named)


def check_order(found: tuple[Shortcode, ...], start: int, end: int) -> None:
    for one in found:
        assert start <= one.start <= one.end <= end
        assert one.wraps or one.start == one.end
        check_order(one.inside, one.start, one.end)
        start = one.end


@pytest.mark.parametrize(
    "piece",
    [
        "::x\n",
        "::x\n\n",
        ":::x\n:::\n",
        "`\n::x\n",
        "```a\n::x\n",
        "::x y\n",
        "<div>\n::x\n",
        "::x{a='\nb'}\n",
        ":::\n",
    ],
)
def test_many_of_them_take_no_longer_each(piece: str) -> None:
    start = time.perf_counter()
    prepared(piece * 20_000)
    assert time.perf_counter() - start < SECONDS


@pytest.mark.parametrize("html", ["<div>", "<p><div>", "<svg><g/>", "<div><b/>", "</p>", "<", "<!-- -->", "<a title='"])
def test_long_html_is_judged_in_no_time(html: str) -> None:
    start = time.perf_counter()
    fault(html * 20_000)
    assert time.perf_counter() - start < SECONDS


@pytest.mark.parametrize(
    "html",
    [
        "", "a < b & c", "<p>x", "<ul><li>a<li>b</ul>", "<br><img src=x>", "<svg><path/></svg>", "<p>a</p></p>",
        "<script>'</div>'</script>", "<!-- a --><b title='>'>x</b>", "<table><tr><td>x</table>",
    ],
)  # fmt: skip
def test_what_stays_within_itself(html: str) -> None:
    assert fault(html) == ""


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<div>", "<div> is not closed"),
        ("<div/>", "<div> is not closed"),
        ("</div>", "</div> closes what is not open"),
        ("</div><div>", "</div> closes what is not open"),
        ("<div><b></div></b>", "<b> is not closed"),
        ("<!-- a", "a comment that does not end"),
        ('<a href="x>y</a>', 'a tag that does not end: <a href="x>y</a>'),
        ("a <b", "a tag that does not end: <b"),
        ("<script>x", "<script> is not closed"),
        ("<script><!--<script></script>", "<script> is not closed"),
        ("<textarea>", "<textarea> is not closed"),
        ("<plaintext></plaintext>", "<plaintext> never ends"),
    ],
)
def test_what_would_reach_beyond(html: str, words: str) -> None:
    assert fault(html) == words
