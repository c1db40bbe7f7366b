"""HTML cut at its tags: the quick way makes what the exact one makes, or leaves it to it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markup import MarkupSettings, render
from sitegen.markup.cuts import cut, exact, is_balanced, regular, whole
from sitegen.markup.plain import count_words
from sitegen.markup.tokens import balanced, tokens
from tests.markup.test_dialect import ROWS

PIECES = st.sampled_from([
    "a", " ", "\n", "&amp;", "<", ">", '"', "'", "<p>", "</p>", "<em>", "</em>", "<div>", "</div>", "<a href='x'>",
    '<a href="x">', "</a>", '<a title="y > z">', '<b x="\'">', "</b>", "<br>", "<br />", "</br>", "<hr/>", "<div/>",
    "<svg>", "<path/>", "</svg>", "<script>", "</script>", "<title>", "</title>", "<!-- c -->", "<!--", "<?x>", "<P>",
    "<p\n>", "</p >", "<plaintext>", "</plaintext>", "<x-y>", "</x-y>", "<li>", "<select>", "</select>", '<a "', "<1>",
])  # fmt: skip
KINDS = """
# A *b*

[c](/d "e") `f` **g** ![h](i.png) ~~o~~[^1]

- j

> k

```py
l < 1
```

| m |
|---|
| n |

[^1]: p
"""
DOCS = sorted(Path(__file__).parents[2].glob("docs/_pages/*.md"))


def holds(html):
    assert cut(html) == exact(tokens(html))
    assert whole(html) == exact(balanced(tokens(html)))
    assert cut(html).html == html


@given(st.lists(PIECES, max_size=14))
def test_both_ways_are_the_same(pieces):
    holds("".join(pieces))


@given(st.recursive(st.sampled_from(["a", "<br>", '<img src="x">']), lambda inside: st.builds(
    lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
    st.sampled_from(["p", "em", "a", "div", "li", "del", "code", "math"]), st.lists(inside, max_size=3),
)))  # fmt: skip
def test_both_ways_are_the_same_for_elements_in_others(html):
    assert regular(html) is not None
    holds(html)


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
@pytest.mark.parametrize("body", [row[0] for row in ROWS] + [path.read_text() for path in DOCS])
def test_both_ways_are_the_same_for_what_engines_write(body, engine):
    holds(render(body, MarkupSettings(engine)).html)


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_what_engines_write_is_cut_the_quick_way(engine):
    found = regular(render(KINDS, MarkupSettings(engine)).html)
    assert found is not None
    assert is_balanced(found)


@given(st.text(st.sampled_from("aZ09é²_'’.,- \n\t“—½ß"), max_size=40))
def test_words_are_counted_alike_in_every_alphabet(text):
    assert count_words(text) == count_words(f"{text} а") - 1  # a Cyrillic letter: the signs are looked at one by one


def test_the_quick_way_leaves_what_is_deep_to_the_exact_one():
    html = "<div>" * 101 + "<b></b>" + "</div>" * 101
    found = regular(html)
    assert found is not None and not is_balanced(found)
    assert whole(html) == exact(balanced(tokens(html)))


def test_a_name_that_is_longer_in_lower_case_hides_no_attribute():
    assert exact(tokens("<xİİİ id=x>")).given == [0]
