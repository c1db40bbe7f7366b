"""How what is staged comes into its place: new folders as they are, files one by one where a folder is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build.render import Artifact
from sitegen.build.staging import move, stage
from tests.build.trees import tree


def staged(tmp_path: Path, *paths: str) -> tuple[str, str]:
    """The staging folder, with a file of its own name at each path, and an output folder."""
    stage(str(tmp_path / "staging"), [Artifact(path, path, "", "", (), "", data=path.encode()) for path in paths])
    (tmp_path / "output").mkdir()
    return str(tmp_path / "staging"), str(tmp_path / "output")


def test_it_is_told_what_was_written(tmp_path: Path) -> None:
    found = stage(str(tmp_path / "staging"), [Artifact("a/b", "", "", "", (), "", data=b"four")])
    file = (tmp_path / "staging/a/b").stat()
    assert (found["a/b"].st_size, found["a/b"].st_mtime_ns) == (4, file.st_mtime_ns)


def test_a_folder_that_is_new_moves_as_it_is(tmp_path: Path) -> None:
    staging, output = staged(tmp_path, "a/b/c", "a/d", "e")
    before = (tmp_path / "staging/a").stat().st_ino
    move(staging, output)
    assert (tmp_path / "output/a").stat().st_ino == before
    assert tree(tmp_path / "output") == {path: path.encode() for path in ("a/b/c", "a/d", "e")}
    assert not (tmp_path / "staging").exists()


def test_a_folder_that_is_there_keeps_what_is_in_it(tmp_path: Path) -> None:
    staging, output = staged(tmp_path, "a/b/c", "a/d")
    (tmp_path / "output/a/b").mkdir(parents=True)
    (tmp_path / "output/a/b/mine").write_text("mine")
    (tmp_path / "output/a/d").write_text("old")
    before = (tmp_path / "output/a/b").stat().st_ino
    move(staging, output)
    assert (tmp_path / "output/a/b").stat().st_ino == before
    assert tree(tmp_path / "output") == {"a/b/c": b"a/b/c", "a/b/mine": b"mine", "a/d": b"a/d"}
    assert not (tmp_path / "staging").exists()


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_folder_does_not_go_through_what_came_in_its_place_meanwhile(tmp_path: Path, kind: str) -> None:
    staging, output = staged(tmp_path, "a/b")
    (tmp_path / "outside").mkdir()
    place = tmp_path / "output/a"
    place.symlink_to(tmp_path / "outside") if kind == "link" else place.write_text("mine")
    with pytest.raises(NotADirectoryError):
        move(staging, output)
    assert (list((tmp_path / "outside").iterdir()), place.is_dir()) == ([], kind == "link")
