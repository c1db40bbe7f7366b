"""What stands in `.sitegen/` in place of its files: nothing is followed, nothing waited for."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sitegen.digests import digest_of, digest_of_file
from sitegen.errors import SiteError
from tests.build.trees import made, tree

FILES = ("lock", "db", "db-journal")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site/_posts").mkdir(parents=True)
    (tmp_path / "site/_posts/2024-01-01-x.md").write_text("X")
    made(tmp_path / "site")
    return tmp_path / "site"


def emptied(site: Path, kind: str) -> Path:
    """Where a file of the memory belongs; it is gone."""
    (database,) = (site / ".sitegen").glob("build-*.db")
    file = site / ".sitegen/lock" if kind == "lock" else database.with_suffix("." + kind)
    file.unlink(missing_ok=True)
    return file


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("target", ["precious", "not there"])
def test_a_link_is_not_followed(site, tmp_path, kind, target):
    (tmp_path / "precious").write_text("precious")
    emptied(site, kind).symlink_to(tmp_path / target)
    made(site)
    assert (tmp_path / "precious").read_text() == "precious"
    assert not (tmp_path / "not there").exists()


@pytest.mark.parametrize("kind", FILES)
def test_a_pipe_does_not_hold_the_build(site, kind):
    before = tree(site / "output")
    os.mkfifo(file := emptied(site, kind))
    made(site)
    assert file.is_file() or not file.exists()
    assert tree(site / "output") == before


@pytest.mark.parametrize("kind", FILES)
def test_a_folder_with_something_in_it_is_told(site, kind):
    file = emptied(site, kind)
    (file / "mine").mkdir(parents=True)
    with pytest.raises(SiteError, match=rf"\.sitegen/{file.name}.*a folder stands where a file"):
        made(site)
    (file / "mine").rmdir()
    made(site)  # an empty one is replaced


def test_the_list_of_what_git_ignores_is_not_written_through_a_link(site, tmp_path):
    (site / ".sitegen/.gitignore").unlink()
    (site / ".sitegen/.gitignore").symlink_to(tmp_path / "elsewhere")
    made(site)
    assert not (tmp_path / "elsewhere").exists()


def test_a_refused_build_leaves_no_new_memory(tmp_path):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/2024-01-01-x.md").write_text("X")
    (tmp_path / "output").write_text("a file")
    with pytest.raises(SiteError):
        made(tmp_path)
    assert list((tmp_path / ".sitegen").glob("*.db*")) == []
    (tmp_path / "output").unlink()
    made(tmp_path)
    assert len(list((tmp_path / ".sitegen").glob("*.db*"))) == 1


@pytest.mark.parametrize("size", [0, 5, (1 << 20) + 1])
def test_a_file_has_the_digest_of_its_bytes(tmp_path, size):
    (tmp_path / "x").write_bytes(b"x" * size)
    assert digest_of_file(tmp_path / "x") == digest_of(b"x" * size)


def memory_of(site: Path) -> sqlite3.Connection:
    (file,) = (site / ".sitegen").glob("build-*.db")
    return sqlite3.connect(file)


def test_files_of_a_sitegen_before_this_one_are_ours(site: Path) -> None:
    with closing(memory_of(site)) as memory, memory:
        rows = memory.execute("select path from files").fetchall()
        memory.execute("drop table files")
        memory.execute("create table outputs (path text, digest text, identity text, claim text)")
        held = [(path, digest_of_file(site / "output" / path)) for (path,) in rows]
        memory.executemany("insert into outputs values (?, ?, '', '')", held)
        memory.execute("update about set fingerprint = 'another'")
    (post,) = (site / "_posts").iterdir()
    page = next(path for path, _ in held if path.endswith("/x/index.html"))
    post.unlink()
    made(site)
    assert not (site / "output" / page).exists()


def test_a_path_that_is_none_any_more(site: Path) -> None:
    with closing(memory_of(site)) as memory, memory:
        memory.execute("update files set path = cast(path as blob) where path like '%/x/%'")
    (post,) = (site / "_posts").iterdir()
    post.write_text("Another")
    made(site)
    assert any("Another" in page.read_text() for page in (site / "output").rglob("x/index.html"))
