"""TOML that is written is TOML that is read."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.importing.toml import assignment, table, value

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLAIN = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | TEXTS
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))


def without_null(item: object) -> object:
    if isinstance(item, dict):
        return {key: without_null(inner) for key, inner in item.items() if inner is not None}
    if isinstance(item, list):
        return [without_null(inner) for inner in item if inner is not None]
    return item


@given(VALUES.filter(lambda item: item is not None))
def test_any_value(item):
    assert tomllib.loads(assignment("x", item)) == {"x": without_null(item)}


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_any_table(values):
    lines = "\n".join(table(("extra",), values))
    assert tomllib.loads(lines).get("extra", {}) == without_null(values)


@pytest.mark.parametrize(
    ("item", "written"),
    [
        ("a\n\x7f\"b'", '"a\\n\\u007f\\"b\'"'),
        (["a", 1, None, True], '["a", 1, true]'),
        ({"a b": 1.0, "c": {}}, '{"a b" = 1.0, c = {}}'),
        (1e400, "inf"),
    ],
)
def test_a_value(item, written):
    assert value(item) == written


def test_tables_have_heads():
    lines = list(table(("extra",), {"a": {"b": 1}, "c": [{"d": 2}, {"d": 3}], "e": "f"}))
    assert lines == [
        "", "[extra]", 'e = "f"', "", "[extra.a]", "b = 1", "", "[[extra.c]]", "d = 2", "", "[[extra.c]]", "d = 3",
    ]  # fmt: skip


def test_a_long_list_has_a_line_for_each_item():
    assert assignment("x", ["word" * 10] * 3).count("\n") == 4
