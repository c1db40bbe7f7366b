"""An unchanged picture is not opened by the next build, and one that has changed is."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

from sitegen.build.remembered import sealed
from sitegen.dimensions import ENDINGS
from sitegen.model.content import Asset
from sitegen.pictures.heads import Heads
from tests.build.trees import fresh_copy, made, tree
from tests.outputs.sites import post
from tests.pictures.photos import photo, saved

_watched: list[list[str]] = []


def _seen(event: str, given: tuple[object, ...]) -> None:
    if event == "open" and _watched and str(given[0]).lower().endswith(ENDINGS):
        _watched[-1].append(Path(str(given[0])).name)


sys.addaudithook(_seen)  # there is no way to take it back: it does nothing while nobody watches


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of pictures that Python opens; the disk's clock is so late that all that is read is kept."""
    monkeypatch.setattr(import_module("sitegen.build.build"), "clock_of", lambda config: 1 << 62)
    _watched.append([])
    yield _watched[-1]
    _watched.pop()


def site_of(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "_posts").mkdir(parents=True)
    (site / "static").mkdir()
    (site / "sitegen.toml").write_text('title = "T"\n')
    (site / "_posts/2026-05-06-x.md").write_text(post("![A](a.jpg) ![B](/b.png) ![N](/n.gif)"))
    (site / "_posts/a.jpg").write_bytes(saved(photo(1, 24, 18)))
    (site / "static/b.png").write_bytes(saved(photo(2, 24, 18), "png"))
    (site / "static/n.gif").write_bytes(b"none")
    return site


def test_an_unchanged_picture_is_not_opened(tmp_path: Path, opened: list[str]) -> None:
    site = site_of(tmp_path)
    made(site)
    assert {"a.jpg", "b.png", "n.gif"} <= set(opened)
    opened.clear()
    (site / "_posts/2026-05-06-x.md").write_text(post("Again ![A](a.jpg) ![B](/b.png) ![N](/n.gif)"))
    made(site)
    assert opened == []
    (site / "static/b.png").write_bytes(saved(photo(2, 12, 10), "png"))
    made(site)
    assert set(opened) == {"b.png"}
    assert 'src="/b.png" alt="B" width="12" height="10"' in (site / "output/2026/05/06/x/index.html").read_text()
    assert tree(site / "output") == tree(made_clean(site, tmp_path / "clean") / "output")


def test_what_is_told_of_a_kind_is_told_again(tmp_path: Path, opened: list[str]) -> None:
    site = site_of(tmp_path)
    (site / "_posts/a.jpg").write_bytes(saved(photo(1, 24, 18), "png"))
    told = "this picture is PNG, and its name says JPEG"
    assert told in [one.message for one in made(site).notices] and "a.jpg" in opened
    opened.clear()
    assert told in [one.message for one in made(site).notices] and not opened


def made_clean(site: Path, place: Path) -> Path:
    made(fresh_copy(site, place))
    return place


@pytest.mark.parametrize("row", ["", "jpeg", "jpeg 24", "jpeg x 18", "jpeg -1 18", "jpeg 24 18 1"])
def test_a_row_that_is_none_of_ours_is_not_taken(tmp_path: Path, opened: list[str], row: str) -> None:
    site = site_of(tmp_path)
    made(site)
    before = tree(site / "output")
    [memory] = (site / ".sitegen").glob("build-*.db")
    with closing(sqlite3.connect(memory)) as connection, connection:
        for (key,) in connection.execute("select key from heads").fetchall():
            connection.execute("update heads set text = ? where key = ?", [sealed(key, row), key])
    opened.clear()
    made(site)
    assert set(opened) == {"a.jpg", "b.png", "n.gif"} and tree(site / "output") == before


def test_what_changed_since_its_digest_was_made_is_not_kept(tmp_path: Path) -> None:
    class Rows(dict[str, str]):
        def put(self, key: str, text: str) -> None:
            self[key] = text

    file, rows = tmp_path / "a.jpg", Rows()
    file.write_bytes(saved(photo(1, 24, 18)))
    for modified, kept in ((file.stat().st_mtime - 1, {}), (file.stat().st_mtime, {"x": "jpeg 24 18"})):
        assert Heads(rows).of(Asset("a.jpg", "/a.jpg", str(file), "x", modified)).kind == "jpeg"
        assert rows == kept
