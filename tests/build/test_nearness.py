"""Which posts are near to which is found out once, as long as no front matter changes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from sitegen.build.remembered import sealed
from sitegen.model.content import Post
from sitegen.model.related import related
from tests.build.trees import fresh_copy, made, tree

LAYOUT = "{{ content }}{% for one in page.related %}[{{ one.title }}]{% endfor %}"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "_posts").mkdir(parents=True)
    (folder / "_layouts").mkdir()
    (folder / "_layouts/post.html").write_text(LAYOUT)
    (folder / "sitegen.toml").write_text('outputs = ["posts"]\n[languages.de]\n')
    for number in range(12):
        front = f"title: T{number}\ntags: [t{number % 3}]\nlang: {'de' if number > 8 else 'en'}"
        (folder / f"_posts/2026-01-{number + 1:02}-p{number}.md").write_text(f"---\n{front}\n---\nText\n")
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many posts it was found out of, each time."""
    found: list[int] = []

    def noted(posts: Sequence[Post], most: int) -> Mapping[str, tuple[str, ...]]:
        found.append(len(posts))
        return related(posts, most)

    monkeypatch.setattr("sitegen.model.site.related", noted)
    return found


def edit(site: Path, old: str, new: str, number: int = 1) -> None:
    post = site / f"_posts/2026-01-{number + 1:02}-p{number}.md"
    assert old in post.read_text()
    post.write_text(post.read_text().replace(old, new))


def is_as_anew(site: Path, tmp_path: Path) -> bool:
    found, clean = tree(site / "output"), fresh_copy(site, tmp_path / "clean")
    made(clean)
    return found == tree(clean / "output")


def test_once_for_each_language_until_a_front_matter_changes(site: Path, tmp_path: Path, asked: list[int]) -> None:
    made(site)
    assert sorted(asked) == [3, 9]
    edit(site, "Text", "Other words")
    made(site)
    assert len(asked) == 2
    edit(site, "t1", "t2")
    made(site)
    assert asked[2:] == [9]  # only in the language of that post
    assert is_as_anew(site, tmp_path)


def test_another_order_or_number_is_another_site(site: Path, tmp_path: Path, asked: list[int]) -> None:
    made(site)
    (site / "_posts/2026-01-02-p1.md").unlink()
    made(site)
    assert sorted(asked) == [3, 8, 9]
    assert is_as_anew(site, tmp_path)


@pytest.mark.parametrize("row", ["[]", "7", "[[99], [], [], [], [], [], [], [], []]", "{"])
def test_a_row_that_no_build_has_written_is_not_taken(site: Path, tmp_path: Path, row: str) -> None:
    made(site)
    (file,) = (site / ".sitegen").glob("build-*.db")
    with closing(sqlite3.connect(file)) as connection, connection:
        for (key,) in connection.execute("select key from near").fetchall():
            connection.execute("update near set text = ? where key = ?", (sealed(key, row), key))
    edit(site, "Text", "Other words")
    made(site)
    assert is_as_anew(site, tmp_path)


def test_who_does_not_ask_does_without(site: Path, asked: list[int]) -> None:
    (site / "_layouts/post.html").write_text("{{ content }}")
    made(site)
    (file,) = (site / ".sitegen").glob("build-*.db")
    with closing(sqlite3.connect(file)) as connection:
        assert (asked, connection.execute("select text from near").fetchall()) == ([], [])


def test_a_row_has_places(site: Path) -> None:
    made(site)
    (file,) = (site / ".sitegen").glob("build-*.db")
    with closing(sqlite3.connect(file)) as connection:
        rows = [json.loads(text[4:]) for (text,) in connection.execute("select text from near")]
    assert sorted(map(len, rows)) == [3, 9]
