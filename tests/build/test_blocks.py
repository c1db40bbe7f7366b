"""Code in colour is remembered by block: of a body that has changed, only the blocks that are new are coloured."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sitegen.build import remembered
from sitegen.build.remembered import Store
from sitegen.markup import highlighting
from tests.build.test_imports import modules_of
from tests.build.trees import made

BLOCK = '```python title="a.py"\nfor each in {}:\n    print(each)\n```\n'
POST = "_posts/2020-05-06-a.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_layouts/post.html").write_text("{{ content }}")
    (tmp_path / "sitegen.toml").write_text('outputs = ["posts"]\n')
    (tmp_path / POST).write_text(f"Some text.\n\n{BLOCK.format('one')}")
    modules_of(tmp_path)
    return tmp_path


def blocks(site: Path) -> int:
    (file,) = (site / ".sitegen").glob("build-*.db")
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("select count(*) from blocks").fetchone()[0])


def edit(site: Path, old: str, new: str) -> None:
    text = (site / POST).read_text()
    assert old in text
    (site / POST).write_text(text.replace(old, new))


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_a_block_that_is_left_as_it_is_needs_no_pygments(site: Path, engine: str) -> None:
    edit(site, "Some", f"---\nengine: {engine}\n---\nSome")
    modules_of(site)
    edit(site, "Some text", "Other words")
    assert "pygments" not in modules_of(site)
    page = (site / "output/2020/05/06/a/index.html").read_text()
    assert "Other words" in page and '<span class="k">for</span>' in page
    edit(site, "in one", "in two")
    assert "pygments" in modules_of(site)
    assert blocks(site) == 2


def test_no_other_title_or_mark_colours_it_anew(site: Path) -> None:
    edit(site, 'title="a.py"', "{2}")
    assert "pygments" not in modules_of(site)
    assert '<mark class="hll">' in (site / "output/2020/05/06/a/index.html").read_text()


def test_another_engine_finds_them(site: Path) -> None:
    (site / "sitegen.toml").write_text('outputs = ["posts"]\nmarkdown.engine = "commonmark"\n')
    assert "pygments" not in modules_of(site)


def test_a_block_that_is_damaged_is_coloured_anew(site: Path) -> None:
    (file,) = (site / ".sitegen").glob("build-*.db")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("update blocks set text = cast(replace(text, 'for', 'fur') as blob)")
    edit(site, "Some text", "Other words")
    assert "pygments" in modules_of(site)
    assert '<span class="k">for</span>' in (site / "output/2020/05/06/a/index.html").read_text()


def test_the_blocks_that_came_last_stay() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for keys in ("abc", "d", "e"):
            store = Store(connection, "blocks", str, str, most=3)
            for key in keys:
                store.put(key, key.upper())
            store.save()
        assert [Store(connection, "blocks", str, str).get(key) for key in "abcde"] == [None, None, "C", "D", "E"]


def test_there_is_a_bound(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_BLOCKS", 2)
    highlighting.forget()
    (site / POST).write_text("\n".join(BLOCK.format(f"n{number}") for number in range(5)))
    made(site)
    assert blocks(site) == 2
