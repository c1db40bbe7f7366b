"""Hints: one that is near, or all there are, and several as one."""

from __future__ import annotations

import re
from pathlib import Path

import sitegen.errors
from sitegen.errors import did_you_mean, one_hint


def test_the_tree_has_every_exception_of_ours() -> None:
    files = Path(sitegen.errors.__file__).parent.rglob("*.py")
    ours = {name for file in files for name in re.findall(r"^class (\w+)\(SitegenError\)", file.read_text(), re.M)}
    assert "SiteError" in ours and set(re.findall(r"[├└]── (\w+)", sitegen.errors.__doc__ or "")) == ours


def test_a_near_word_stands_alone() -> None:
    assert did_you_mean("psot", ["post", "page", "default"]) == 'did you mean "post"?'


def test_without_a_near_word_few_are_listed_and_many_are_not() -> None:
    assert did_you_mean("menu", ["post", "page"]) == "known: page, post"
    assert did_you_mean("menu", [f"word{number}" for number in range(25)]) == ""
    assert did_you_mean("menu", []) == ""


def test_several_hints_are_one() -> None:
    assert one_hint("", "a", "b") == "a; b"
    assert one_hint('did you mean "post"?', "names have no ending", "", "c") == (
        'did you mean "post"? Names have no ending; c'
    )
