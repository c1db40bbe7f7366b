"""What a body's Liquid has read decides: an incremental build equals a clean one, and runs no more than it must."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.build.trees import fresh_copy, made, tree
from tests.liquid.sites import JEKYLL, Memory, run, write

SITE = {
    **JEKYLL,
    "_posts/2020-01-01-linked.md": "---\ntitle: Linked\ntags: [a]\n---\nOne\n",
    "_posts/2020-01-02-plain.md": "---\ntitle: Plain\n---\nNo Liquid\n",
    "_posts/2020-02-01-address.md": "{% post_url 2020-01-01-linked %}",
    "_posts/2020-02-02-title.md": "{{ page.previous.title }}{{ site.posts.last.title }}",
    "_posts/2020-02-03-include.md": "{% include a.html x=page.title %}",
    "_posts/2020-02-04-data.md": "{{ site.data.people | join }}",
    "_posts/2020-02-05-beside.md": "{% include_relative beside.txt %}",
    "_posts/2020-02-06-tags.md": "{{ site.tags.a.size }}{% for p in site.posts %}{{ p.excerpt }}{% endfor %}",
    "_posts/2020-02-07-own.md": "{{ site.mine }}{{ page.title }}",
    "_posts/2020-02-08-missing.md": "{% include later.html %}{% link later.md %}",
    "_posts/beside.txt": "beside",
    "_includes/a.html": "A{{ include.x }}{% include b.html %}",
    "_includes/b.html": "B",
    "_data/people.yml": "[Bob, Al]",
    "index.html": "---\n---\n{% for p in site.posts %}{{ p.title }} {{ p.content }}{% endfor %}",
}
EDITS = {
    "title of a linked post": {"_posts/2020-01-01-linked.md": "---\ntitle: Other\ntags: [a]\n---\nOne\n"},
    "address of it": {"_posts/2020-01-01-linked.md": "---\ntitle: Linked\npermalink: /moved/\n---\nOne\n"},
    "text of it": {"_posts/2020-01-01-linked.md": "---\ntitle: Linked\ntags: [a]\n---\nTwo\n"},
    "text of one that others show": {"_posts/2020-01-02-plain.md": "---\ntitle: Plain\n---\n{{ page.title }}\n"},
    "include": {"_includes/a.html": "C{{ include.x }}"},
    "include in it": {"_includes/b.html": "C"},
    "include that was missing": {"_includes/later.html": "later"},
    "page that was missing": {"later.md": "---\ntitle: Later\n---\n"},
    "data": {"_data/people.yml": "[Cy]"},
    "file beside": {"_posts/beside.txt": "other {{ page.title }}"},
    "configuration": {"_config.yml": JEKYLL["_config.yml"] + "mine: x\n"},
    "a new post": {"_posts/2021-01-01-new.md": "---\ntitle: New\ntags: [a]\n---\nNew\n"},
    "another body": {"_posts/2020-02-07-own.md": "{{ page.url }}"},
}


@pytest.mark.parametrize("edit", EDITS)
def test_incremental_equals_clean(tmp_path: Path, edit: str) -> None:
    root = tmp_path / "site"
    write(root, SITE)
    before = made(root).notices
    write(root, EDITS[edit])
    report, after = made(root), tree(root / "output")
    clean = fresh_copy(root, tmp_path / "clean")
    assert made(clean).notices == report.notices
    assert after == tree(clean / "output")
    assert report.written or report.notices != before
    assert made(root).written == 0


def test_a_post_that_goes(tmp_path: Path) -> None:
    root = tmp_path / "site"
    write(root, SITE)
    made(root)
    (root / "_posts/2020-01-01-linked.md").unlink()
    notices = made(root).notices
    assert any("2020-01-01-linked" in notice.message for notice in notices)
    shutil.rmtree(root / ".sitegen")
    assert made(root).notices == notices


def test_strict_after_lenient(tmp_path: Path) -> None:
    """What was only told before fails now, though nothing has changed."""
    memory = Memory()
    run(tmp_path, SITE, memory)
    assert run(tmp_path, {}, memory, strict=True)[1].errors


@pytest.mark.parametrize(
    ("edit", "runs"),
    [
        ({}, 0),  # two documents show what all the others have become
        ({"_data/people.yml": "[Cy]"}, 3),
        ({"_includes/b.html": "C"}, 3),
        ({"_posts/2020-01-02-plain.md": "---\ntitle: Plain\n---\nOther\n"}, 2),
    ],
)
def test_only_what_must_runs(tmp_path: Path, edit: dict[str, str], runs: int) -> None:
    memory = Memory()
    run(tmp_path, SITE, memory)
    memory.made = 0
    run(tmp_path, edit, memory)
    assert memory.made == runs
