"""Hostile and odd bodies: rendered or refused, and never for long."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markup import MarkupError, MarkupSettings, render

SITE = MarkupSettings()
SECONDS = 20  # the goal is two; a busy machine that covers its coverage is slower
N = 8_000
MANY = [
    "[", "]", "![", "[a](", "[a][", "[^a]", "*", "*a ", "*a*", "**a *", "_a ", "`", "`a ", "~~a", "<", "<a ", '<a b="',
    "<b>", "<div>\n", "<!--", "<![CDATA[", "<?", ">", "> ", "- ", "1. ", "- a\n", "a|b\n", "\\", "&", '"', "'a ", "--",
    "#", "# a\n", "a\n===\n", "a\n: b\n", "{: ", "```\n", "[TOC]\n\n", "[^1] ", "\u2028", "\u200f", "😀",
    "\x02wzxhzdk:0\x03",
]  # fmt: skip
WHOLE = {
    "deep lists": "".join("  " * depth + "- a\n" for depth in range(1000)),
    "deep quotes": "\n".join("> " * depth + "a" for depth in range(1000)),
    "brackets in brackets": "[" * 5000 + "]" * 5000,
    "one long line": 'lorem ipsum\'s "dolor" ' * 45_000,
    "one long word": "a" * 1_000_000,
    "wide table": "|a" * 3000 + "\n" + "|-" * 3000 + "\n" + "|b\n" * 3000,
    "open HTML": '<div markdown="1">\n' * 1000,
    "open fence": "```py\n" + "x = [1]\n" * 5000,
    "code": "```python\n" + "x = [1]\n" * 20_000 + "```",
    "just within": "*a* [b](c)\n\n" * 4900,
    "just within, one paragraph": "*a* [b](c)\n" * 2900,
    "items within": "- a\n" * 9900,
}


def outcome(body: str, engine: str = "markdown") -> Any:
    """The result or the refusal; fails if it took long."""
    start = time.perf_counter()
    try:
        return render(body, MarkupSettings(engine))
    except MarkupError as error:
        return error.message, error.line
    finally:
        assert time.perf_counter() - start < SECONDS


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
@pytest.mark.parametrize("piece", MANY, ids=ascii)
def test_many_of_one_kind(piece, engine):
    outcome(piece * N, engine)


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
def test_much_of_all_kinds(body, engine):
    outcome(body, engine)


def test_the_message_says_what():
    message, _ = outcome("[" * 5000 + "]" * 5000)
    assert "nothing closes" in message


@pytest.mark.parametrize(
    "body",
    [
        "**\\<nick>** *what* [was](/said), `code`  \n" * 1500,
        "sha | title\n----|------\n" + "[a1](/c/a1) | fixes **it**\n" * 2000,
        "- an item\n" * 5000,
    ],
    ids=["a log in one paragraph", "a long table", "a long list"],
)
def test_what_is_only_long_is_rendered(body):
    assert outcome(body).words > 3000


@pytest.mark.parametrize("line", ["<nick> said\n", "<nick>\nsaid\n\n"])
def test_html_too_deep_is_text(line):
    html = outcome(line * 500).html
    assert html.count("said") == 500
    assert 80 < html.count("<nick>") < 120
    assert html.count("&lt;nick&gt;") == 500 - html.count("<nick>")


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
@pytest.mark.parametrize("body", ["> " * 40 + "a", "- " * 40 + "a"])
def test_depth_is_said_with_its_line(body, engine):
    message, line = outcome(f"x\n\n{body}", engine)
    assert "deep" in message
    assert line >= 3


def test_a_table_of_many_cells_is_said_with_its_line():
    message, line = outcome("x\n\n" + "|a" * 200 + "\n" + "|-" * 200 + "\n" + ("|b" * 200 + "\n") * 50, "commonmark")
    assert "10,000 cells" in message
    assert line == 3


def test_deep_recursion_is_a_markup_error(monkeypatch):
    def convert(text, dialect):
        raise RecursionError

    monkeypatch.setattr("sitegen.markup.engine.convert", convert)
    with pytest.raises(MarkupError, match="deep"):
        render("a", SITE)


def test_what_no_page_can_hold_is_replaced():
    html = render("a\x00b \ud800c\r\n\r\nd\re \x02wzxhzdk:0\x03 \u2028 \ufffd", SITE).html
    assert html == "<p>a\ufffdb \ufffdc</p>\n<p>d\ne wzxhzdk:0 \u2028 \ufffd</p>"


@pytest.mark.parametrize(
    "body", ["<div", "</div>", "<p><b>x</p>", "<a href='", "<!--", "<script>a", "&#0;", "<b x=\"'>"]
)
def test_broken_html_passes(body):
    render(f"{body}\n\nafter", SITE)


SIGNS = st.text(st.sampled_from("ab \n\t-*+>#1.`~[](){}:|<!=_\"'&\\^/$"), max_size=60)


@given(SIGNS, st.sampled_from(["markdown", "commonmark"]))
def test_nothing_else_is_ever_raised(body, engine):
    outcome(body, engine)


@given(st.lists(st.sampled_from(["- w", "  - w", "1. w", "   w", "w", "", "> w", "```", "# w", "    w"]), max_size=12))
def test_no_word_is_lost(lines):
    body = "\n".join(line.replace("w", f"word{n}") for n, line in enumerate(lines))
    html = render(body, SITE).html
    assert all(f"word{n}" in html for n, line in enumerate(lines) if "w" in line)
