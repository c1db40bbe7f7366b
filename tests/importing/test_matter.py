"""Front matter that is changed, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.frontmatter import read_front_matter
from sitegen.errors import Problems
from sitegen.importing.matter import with_values, yaml_value
from sitegen.marked import read_yaml

ROWS = {
    "---\ntitle: a\n---\nbody\n": "---\ntags: [x]\ntitle: a\n---\nbody\n",
    "---\ntags: a b\ntitle: a\n---\nbody": "---\ntags: [x]\ntitle: a\n---\nbody",
    "---\ntags:\n- a\n\n- b\n\n# remark\nb: a\n...\ntags: z\n": "---\ntags: [x]\n\n# remark\nb: a\n...\ntags: z\n",
    "---\n'tags' : >\n  a\n  b\nmytags: c\n---\n": "---\ntags: [x]\nmytags: c\n---\n",
    "---\r\ntitle: a\r\ntags: b\r\n---\r\nbody\r\n": "---\r\ntitle: a\r\ntags: [x]\r\n---\r\nbody\r\n",
    "\ufeff--- \ntitle: a\n---\nb": "\ufeff--- \ntags: [x]\ntitle: a\n---\nb",
    "---\ntags: [a,\nb]\ntitle: a\n---\nbody": "---\ntags: [x]\ntitle: a\n---\nbody",
    '---\n{"tags": 1, "title": 1.10}\n---\nbody': "---\ntags: [x]\ntitle: 1.10\n---\nbody",
    "---\n---\nbody": "---\ntags: [x]\n---\nbody",
    "no front matter\n": "---\ntags: [x]\n---\nno front matter\n",
    "": "---\ntags: [x]\n---\n",
}


@pytest.mark.parametrize("text", ROWS)
def test_a_key(text):
    assert with_values(text, {"tags": ["x"]}) == ROWS[text]


def test_nothing_to_say_changes_nothing():
    assert with_values("no front matter", {}) == "no front matter"


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=15)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab: #'-\"1é", min_size=1), inner, max_size=3),
)


@given(VALUES)
def test_yaml_reads_what_was_written(item):
    assert read_yaml(f"key: {yaml_value(item)}").value == {"key": item}


@given(st.dictionaries(st.sampled_from(["title", "tags", "x"]), VALUES), st.text(max_size=30), VALUES)
def test_the_other_keys_and_the_body_stay(values, body, item):
    rows = "".join(f"{key}: {yaml_value(value)}\n" for key, value in values.items())
    text = with_values(f"---\n{rows}---\n{body}", {"tags": item})
    assert text.endswith(f"---\n{body}")
    front = read_front_matter(text, "x.md", Problems())
    assert front is not None
    assert front.values == {**values, "tags": item}
