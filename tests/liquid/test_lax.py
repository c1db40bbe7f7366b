"""What is not well written is read as Liquid reads it where it is lax, and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.liquid.lax import LONGEST, relaxed
from sitegen.liquid.marks import Mark
from tests.liquid.sites import JEKYLL, told

TAKEN = {
    ("", 'page.title | replace, "a", "b"'): 'page.title | replace: "a", "b"',
    ("", "page.title | date '%Y' | x: y z: 1, k: 2"): "page.title | date | x: y, 1, k: 2",
    ("", "page.title!"): "page.title",
    ("", "a || upcase |"): "a | upcase",
    ("", "site.[x].y"): "site[x].y",
    ("", "'a' + 'b'"): "'a'",
    ("", "page.done? | x: 2nd"): 'page["done?"] | x: nil',
    ("", "( 1 .. n.m )"): "nil",
    ("", "a*b/2"): 'a.b["2"]',
    ("", ""): None,
    ("assign", "x.y = a b | c 'd'"): "x_y = a | c",
    ("assign", "x"): None,
    ("capture", "/dev/null"): "dev",
    ("capture", "'note'"): "note",
    ("capture", "!"): None,
    ("for", "x in list | sort"): "x in list",
    ("for", "x in (1..a.[b]) , limit: 2"): "x in (1..a[b]) limit: 2",
    ("for", "x in a.b reversed, limit: 2, offset:c.[d]"): "x in a.b reversed limit: 2 offset: c[d]",
    ("for", "x of y"): None,
    ("if", "a == 'x and y' && b or c.[d] contains 'e' and f"): "a == 'x and y' or c[d] contains 'e' and f",
    ("if", "a = b"): None,
    ("unless", "a>1 and b"): 'a["1"] and b',
    ("elsif", "a == b c"): "a == b",
    ("endif", "x"): None,
}


@pytest.mark.parametrize("given", TAKEN)
def test_what_a_mark_is_taken_for(given: tuple[str, str]) -> None:
    name, expression = given
    assert relaxed(Mark(0, 0, name, expression, 0)) == TAKEN[given]


def test_each_is_told_and_runs(tmp_path: Path) -> None:
    text = (
        "{% capture /dev/null %}no{% endcapture %}{% for x in page.tags | sort %}{{ x }}{% endfor %}{{ page.title! }}\n"
    )
    files = {**JEKYLL, "_includes/a.html": "{{ include.[b] | append, '!' }}"}
    after, problems = told(tmp_path, text + "{% assign b = 'c' %}{% include a.html c='d' %}", files)
    assert after == "All\nd!"
    assert [problem.split(": ")[0] for problem in problems] == [
        "_includes/a.html:1 warning", *["_posts/2021-03-04-all.md:4 warning"] * 3,
    ]  # fmt: skip


def test_what_stands_behind_the_name_of_an_end_is_passed_over(tmp_path: Path) -> None:
    text = "{% if true %}a{% else x %}b{% endif x %}{% raw %}{{ c }}{% endraw c %}{% comment %}d{% endcomment d %}"
    assert told(tmp_path, text + "{% highlight text %}e{% endhighlight text %}")[0].startswith("a{{ c }}<figure")


NAMES = st.sampled_from(["", "assign", "capture", "elsif", "for", "if", "tablerow", "unless", "endif"])
WORDS = st.sampled_from(
    ["a", "and", "or", " ", ".", "[", "]", "'", '"', "|", ":", ",", "==", "in", "(", ")", "..", "limit:", "\n", "é"]
)


@given(NAMES, st.lists(WORDS | st.text(max_size=3), max_size=60).map("".join))
def test_any_expression(name: str, expression: str) -> None:
    taken = relaxed(Mark(0, 0, name, expression, 0))
    assert taken is None or taken.strip()


@pytest.mark.parametrize("sign", ["a", "'", "(", "a ", "a.", "|", "[", "and ", "=", ",", "a:"])
@pytest.mark.parametrize("name", ["", "assign", "if", "for"])
def test_long_ones(name: str, sign: str) -> None:
    relaxed(Mark(0, 0, name, (sign * LONGEST)[:LONGEST], 0))
    assert relaxed(Mark(0, 0, name, "a" * (LONGEST + 1), 0)) is None
