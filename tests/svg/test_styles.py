"""Whatever is in an SVG: what is left of it names no other host, read by a tokenizer of its own."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.svg import clean
from tests.svg.hostile import svg
from tests.svg.tokens import addresses

FETCHES = ("url(//h/x)", "url('//h/x')", "\\75 rl(//h/x)", '@import "//h/x";', "image-set('//h/x' 1x)", "src('//h/x')")
PIECES = (
    *FETCHES,
    *("'", '"', "/*", "*/", "\\", "\n", "url(", "url(#", "u", "rl(", ")", "#a", "//h/x", "@", "import", "(", "rgb("),
    *(
        ";",
        ":",
        "{",
        "}",
        " ",
        "a",
        "1",
        "-",
        ".",
        "e",
        "!--",
        "-->",
        ",",
        "\\75",
        "\\'",
        '\\"',
        "\\)",
        "×",
        "\x7f",
        "@media",
    ),
)
WRAPS = ("'{}'", '"{}"', "/*{}*/", "url({})", "url('{}')", "a{{b:{}}}", "not({})", "#{}", "\\{}", "'{}\\'", "b:{};")
TEXTS = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.builds(str.format, st.sampled_from(WRAPS), inner) | st.lists(inner, max_size=4).map("".join),
    max_leaves=12,
)

HIDING = st.lists(
    st.sampled_from(["/*", "*/", "url(", "url(#", ")", '"', "\\'", "@", ";", "{", "}", "\\\\"]), max_size=2
).map("".join)
TIDY = st.lists(
    st.sampled_from(FETCHES)
    | st.sampled_from([";mask-image:", "}svg{mask-image:", "url(#a)", " "])
    | st.builds(str.format, st.sampled_from(["'{}'", "'{}'", '"{}"', "/*{}*/"]), HIDING),
    min_size=3,
    max_size=7,
).map("".join)  # what a browser reads without a doubt


def test_the_comparison_finds_what_it_is_for() -> None:
    for text in FETCHES:
        assert addresses(text) == ["//h/x"], text
        assert addresses(f"a{{b:'/*'}}{text}c{{d:'*/'}}") == ["//h/x"], text
        assert addresses(f"/*'*/{text}/*'*/") == ["//h/x"], text
        assert addresses(f"/*{text}*/x") == [], text


@settings(max_examples=700, deadline=None)
@given(text=TIDY | TEXTS, kind=st.sampled_from(["style", "fill", "values", "sheet"]))
def test_nothing_that_is_left_names_another_host(text: str, kind: str) -> None:
    inside = {
        "style": f"<rect style={quoteattr(text)}/>",
        "fill": f"<rect fill={quoteattr(text)}/>",
        "values": f'<rect><animate attributeName="fill" values={quoteattr(text)}/></rect>',
        "sheet": f"<style>{escape(text)}</style>",
    }[kind]
    for element in ElementTree.fromstring(clean(svg(inside)).data).iter():
        styles = [element.get("style", ""), element.get("fill", ""), *element.get("values", "").split(";")]
        for css in (*styles, element.text or "" if element.tag.endswith("}style") else ""):
            assert [one for one in addresses(css) if not one.strip().startswith("#")] == [], css


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([one for one in PIECES if one not in ("\\", "@", "×", "\x7f")] + ["b"])).map("".join))
def test_what_is_harmless_in_a_string_or_a_comment_stays(text: str) -> None:
    quoted = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\a ")
    sheet = f"a{{b:'{quoted}'}}/*{text.replace('*/', '')}*/c{{d:url(#x)}}".replace("*/*/", "*/")
    data = svg(f"<style>{escape(sheet)}</style>")
    assert clean(data).data == data


ENDLESS = (
    "url(",
    "url( ",
    "url(#)",
    "/*",
    "'",
    '"',
    "\\",
    "\\6",
    "@",
    "(",
    "not(",
    "/**/",
    "*",
    "a",
    "-",
    " ",
    "\n",
    ";'",
)
LARGE = f"""
from xml.sax.saxutils import escape, quoteattr
from sitegen.svg import clean
from tests.svg.hostile import svg
for piece in {ENDLESS!r}:
    text = piece * (200_000 // len(piece))
    clean(svg(f"<style>{{escape(text)}}</style>"))
    clean(svg(f"<style>a{{{{b:{{escape(text)}}</style>"))
    clean(svg(f"<rect fill={{quoteattr(text)}}/><animate attributeName='fill' values={{quoteattr(text)}}/>"))
"""


def test_large_styles_come_to_an_end() -> None:
    """A second or two; at the square of their length, each would take many minutes."""
    subprocess.run([sys.executable, "-c", LARGE], check=True, timeout=120)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a{b:url(//h/x)}", "a <style> with url()"),
        ("@import url(#x);", "a <style> with @import"),
        ("a{b:fetched('x')}", "a <style> with fetched()"),
        ("a{b:'x}", "a <style> with a ' that is not closed"),
        ("/* x", "a <style> with a /* that is not closed"),
    ],
)
def test_it_is_told_what_is_in_doubt(text: str, line: str) -> None:
    assert [words for _, words in clean(svg(f"<style>{text}</style>")).left_out] == [line]


def test_of_many_things_the_first_are_told() -> None:
    cleaned = clean(svg("<script/>\n" * 5000))
    assert len(cleaned.left_out) == 101 and b"script" not in cleaned.data
