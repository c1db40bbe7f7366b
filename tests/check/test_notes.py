"""Notes that are left in the text, and what only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.world import POST, post, told, written

NOTES = (
    "TODO: write this",
    "It is TODO.",
    "**FIXME** soon",
    "(XXX ask Ada)",
    "The year was TK.",
    "It cost TKTK, or so",
    "Lorem ipsum dolor sit amet",
    "- [ ] TODO",
    "> TODO",
    "## TODO",
    "He was born in ??? and lived",
    "He was born in ????",
    "See [TODO](/x/)",
)
NO_NOTES = (
    "A todo list, and what todo",
    "MUTODO, TODOS and TODO_LIST",
    "See `TODO` and ``a TODO b``",
    "See [this](/TODO) and [that](https://example.org/?q=TODO 'TODO')",
    "<https://example.org/TODO>",
    "[1]: /TODO",
    "```text\nTODO\n```",
    "Code:\n\n    TODO = 3",
    "<pre>\nTODO\n</pre>",
    "<!-- TODO: later -->",
    "In TODO.md there is more",
    "#TODO and @TODO",
    "What??? Really???",
    "XXXL, TK-421 and 12XXX",
    "Loremipsum",
)


@pytest.mark.parametrize("body", NOTES)
def test_a_note(tmp_path: Path, body: str) -> None:
    (only,) = told(written(tmp_path, {POST: post(f"Text.\n\n{body}")}), "notes")
    assert only.startswith(f"note notes {POST}:6: a note of the author's is left in: ")


@pytest.mark.parametrize("body", NO_NOTES)
def test_no_note(tmp_path: Path, body: str) -> None:
    assert told(written(tmp_path, {POST: post(f"Text.\n\n{body}")}), "notes") == []


def test_titles_and_descriptions(tmp_path: Path) -> None:
    site = written(tmp_path, {POST: post("x", "Title TK", description="TODO")})
    assert [line.split(": ")[0] for line in told(site, "notes")] == [f"note notes {POST}:2", f"note notes {POST}:3"]


def test_drafts_may_have_some(tmp_path: Path) -> None:
    site = written(tmp_path, {POST: post("x"), "_drafts/a.md": post("TODO"), "_posts/2030-01-01-b.md": post("TODO")})
    assert told(site, "notes") == []
