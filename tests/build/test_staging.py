"""What is staged: written at once by whoever made it, and moved into its place as whole folders where these are new."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.build.staging import STAGING, Staging, staging
from sitegen.errors import SiteError
from tests.build.crew import write
from tests.build.trees import made, tree


def staged(tmp_path: Path, *paths: str) -> Staging:
    """A staging folder, with a file of its own name at each path."""
    stage = Staging(tmp_path / "output")
    stage.begin()
    for path in paths:
        stage.put(path, path.encode())
    return stage


def test_it_is_told_what_was_written(tmp_path: Path) -> None:
    written = staged(tmp_path).put("a/b", b"four")
    assert (written.size, written.modified, written.read()) == (4, os.stat(written.place).st_mtime_ns, b"four")


def test_a_file_is_copied_only_as_it_was_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    assert staged(tmp_path).copy("a/b", tmp_path / "file", "the digest of another") is None


def test_a_folder_that_is_new_moves_as_it_is(tmp_path: Path) -> None:
    stage = staged(tmp_path, "a/b/c", "a/d", "e")
    before = (tmp_path / "output" / STAGING / str(os.getpid()) / "a").stat().st_ino
    stage.move()
    assert (tmp_path / "output/a").stat().st_ino == before
    stage.end()
    assert tree(tmp_path / "output") == {path: path.encode() for path in ("a/b/c", "a/d", "e")}
    assert not (tmp_path / "output" / STAGING).exists()


def test_a_folder_that_is_there_keeps_what_is_in_it(tmp_path: Path) -> None:
    stage = staged(tmp_path, "a/b/c", "a/d")
    write(tmp_path, "output/a/b/mine", "mine")
    write(tmp_path, "output/a/d", "old")
    before = (tmp_path / "output/a/b").stat().st_ino
    stage.move()
    assert (tmp_path / "output/a/b").stat().st_ino == before
    assert tree(tmp_path / "output") == {"a/b/c": b"a/b/c", "a/b/mine": b"mine", "a/d": b"a/d"}


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_folder_does_not_go_through_what_came_in_its_place_meanwhile(tmp_path: Path, kind: str) -> None:
    stage = staged(tmp_path, "a/b")
    (tmp_path / "outside").mkdir()
    place = tmp_path / "output/a"
    place.symlink_to(tmp_path / "outside") if kind == "link" else place.write_text("mine")
    with pytest.raises(NotADirectoryError):
        stage.move()
    assert (list((tmp_path / "outside").iterdir()), place.is_dir()) == ([], kind == "link")


def test_nothing_is_left_of_what_was_never_moved(tmp_path: Path) -> None:
    with staging(tmp_path / "a/output") as stage:
        stage.begin()
        stage.put("b/c", b"x")
    assert not (tmp_path / "a").exists()


def test_a_link_in_its_place_goes_and_not_what_it_leads_to(tmp_path: Path) -> None:
    write(tmp_path, "outside/file", "mine")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / STAGING).symlink_to(tmp_path / "outside")
    stage = staged(tmp_path, "a")
    stage.move()
    assert tree(tmp_path / "outside") == {"file": b"mine"} and tree(tmp_path / "output") == {"a": b"a"}


def test_another_build_that_did_not_wait_never_mixes_its_files_with_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = staged(tmp_path, "a")
    monkeypatch.setattr(os, "getpid", lambda: 1)
    theirs = staged(tmp_path, "b")
    with pytest.raises(SiteError, match="cannot be written"):
        ours.put("c", b"c")
    ours.end()
    theirs.move()
    theirs.end()
    assert tree(tmp_path / "output") == {"b": b"b"} and not (tmp_path / "output" / STAGING).exists()


def test_nothing_is_staged_where_all_comes_out_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "_posts/2024-01-02-y.md", "Y")
    made(tmp_path)
    monkeypatch.setattr(Staging, "begin", lambda _: pytest.fail("it began"))
    assert made(tmp_path, clean=True).written == 0


def test_a_build_that_is_refused_stages_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    write(tmp_path, "_posts/2024-01-01-x.md", "---\ntitle: [\n---\nX")
    write(tmp_path, "_posts/2024-01-02-y.md", "Y")
    monkeypatch.setattr(Staging, "put", never)
    with pytest.raises(SiteError):
        made(tmp_path)
    assert not (tmp_path / "output").exists()
