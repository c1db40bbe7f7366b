"""What stands in the output folder: ours, a stranger's, links, folders where files belong."""

import errno
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sitegen.build import memory as memories
from sitegen.build.records import Record
from sitegen.build.staging import Staging
from sitegen.digests import digest_of
from sitegen.errors import SiteError
from tests.build.trees import made, stamps, tree


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path / "_posts/2024-01-01-x.md", "---\ntags: [a]\n---\nX")
    write(tmp_path / "static/file", "ours")
    write(tmp_path / "sitegen.toml", 'url = "https://example.org"\n')
    made(tmp_path)
    return tmp_path


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def notices(site: Path) -> list[str]:
    return [f"{notice.path}: {notice.message}" for notice in made(site).notices]


def test_a_file_becomes_a_folder_and_back(site):
    (site / "static/file").unlink()
    write(site / "static/file/a/b", "deep")
    made(site)
    assert (site / "output/file/a/b").read_text() == "deep"
    (site / "static/file/a/b").unlink()
    (site / "static/file/a").rmdir()
    (site / "static/file").rmdir()
    write(site / "static/file", "ours")
    made(site)
    assert (site / "output/file").read_text() == "ours"


def test_a_folder_with_something_foreign_in_it_is_not_replaced(site):
    (site / "output/file").unlink()
    write(site / "output/file/mine", "mine")
    before = tree(site / "output")
    write(site / "_posts/2024-01-01-x.md", "changed")
    with pytest.raises(SiteError, match="a folder stands where static/file belongs"):
        made(site)
    assert tree(site / "output") == before


def test_an_empty_folder_is_replaced(site):
    (site / "output/file").unlink()
    (site / "output/file/empty/too").mkdir(parents=True)
    made(site)
    assert (site / "output/file").read_text() == "ours"


def test_a_foreign_file_where_a_folder_is_needed(site):
    write(site / "output/needed", "mine")
    write(site / "static/needed/x", "x")
    with pytest.raises(SiteError, match="a foreign file stands where a folder is needed"):
        made(site)
    assert (site / "output/needed").read_text() == "mine"


def test_a_page_changed_by_hand_is_not_removed_and_does_not_break_a_build(site):
    (site / "output/file").write_text("changed by hand")
    (site / "static/file").unlink()
    assert notices(site) == ["output/file: stale, but changed by hand since it was built; left as it is"]
    assert notices(site) == []
    assert (site / "output/file").read_text() == "changed by hand"


def test_a_page_changed_by_hand_in_the_way_is_refused_before_anything_is_written(site):
    (site / "output/file").write_text("changed by hand")
    (site / "static/file").unlink()
    write(site / "static/file/inner", "x")
    write(site / "_includes/footer.html", "new")
    before = tree(site / "output")
    with pytest.raises(SiteError, match="foreign file"):
        made(site)
    assert tree(site / "output") == before


def test_nothing_is_written_or_removed_through_links(site, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    write(outside / "a/index.html", "outside")
    for path in sorted((site / "output/tags").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (site / "output/tags").rmdir()
    (site / "output/tags").symlink_to(outside)
    with pytest.raises(SiteError, match="a link in the output folder"):
        made(site)
    write(site / "_posts/2024-01-01-x.md", "no tags any more")
    made(site)
    assert tree(outside) == {"a/index.html": b"outside"}


def test_empty_folders_are_not_removed_through_links(site, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "a").mkdir()
    shutil.rmtree(site / "output/tags")
    (site / "output/tags").symlink_to(outside)
    write(site / "_posts/2024-01-01-x.md", "no tags any more")
    made(site)
    assert (outside / "a").is_dir()


def test_what_a_memory_claims_outside_the_output_stays(site):
    (file,) = (site / ".sitegen").glob("build-*.db")
    before = tree(site / "_posts")
    with sqlite3.connect(file) as connection:
        for path in ("../_posts/2024-01-01-x.md", str(site / "_posts/2024-01-01-x.md"), "", ".", "a\0b"):
            digest = digest_of(before["2024-01-01-x.md"])
            connection.execute("insert into files values (?, ?)", [path, Record(path, digest, "", (), "", 0, 0).row])
    connection.close()
    made(site)
    assert tree(site / "_posts") == before


def test_the_output_is_called_untouched_only_while_it_is(site, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "no space")

    write(site / "static/file", "new")
    for name, said in (("_place", "as it was"), ("move", "a part of the output is new")):
        monkeypatch.setattr(Staging, name, full)
        with pytest.raises(SiteError, match="the disk is full") as caught:
            made(site)
        assert said in caught.value.problems[0].hint
        monkeypatch.undo()


def test_a_name_that_is_too_long_with_its_ending_is_told_at_the_permalink(site):
    before = tree(site / "output")
    write(site / "_posts/2024-01-02-y.md", f"---\npermalink: /{'x' * 246}.beta\n---\nY")
    with pytest.raises(SiteError, match=r"_posts/2024-01-02-y\.md:2.*too long for a file name"):
        made(site)
    assert tree(site / "output") == before


def test_a_link_in_a_pages_place_is_replaced_and_what_it_leads_to_stays(site, tmp_path):
    write(tmp_path / "target.txt", "precious")
    (site / "output/index.html").unlink()
    (site / "output/index.html").symlink_to(tmp_path / "target.txt")
    made(site)
    assert not (site / "output/index.html").is_symlink()
    assert (tmp_path / "target.txt").read_text() == "precious"


def test_a_name_that_changes_only_its_letters_case(site):
    (site / "static/file").rename(site / "static/FILE")
    made(site)
    assert {name for name in tree(site / "output") if name.lower() == "file"} == {"FILE"}


def test_the_output_folder_may_be_deleted(site):
    before = tree(site / "output")
    for path in sorted((site / "output").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (site / "output").rmdir()
    made(site)
    assert tree(site / "output") == before


def test_without_memory_what_is_the_same_is_not_written_again(site):
    before = stamps(site / "output")
    for file in (site / ".sitegen").iterdir():
        file.unlink()
    (site / ".sitegen").rmdir()
    report = made(site)
    assert (report.written, stamps(site / "output")) == (0, before)


def test_a_new_version_looks_at_everything_again_and_still_knows_its_files(site, monkeypatch):
    before = stamps(site / "output")
    (site / "static/file").unlink()
    monkeypatch.setattr(memories, "__version__", "99.0")
    report = made(site)
    del before["file"]
    assert (report.deleted, report.written, stamps(site / "output")) == (1, 0, before)


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "flip", "folder", "table"])
def test_a_damaged_memory_costs_time_only(site, damage):
    (file,) = (site / ".sitegen").glob("build-*.db")
    data = file.read_bytes()
    expected = tree(site / "output")
    if damage == "folder":
        file.unlink()
        write(file / "mine", "mine")
        with pytest.raises(SiteError, match="a folder stands where"):
            made(site)
        (file / "mine").unlink()  # an empty folder is replaced
    elif damage == "table":
        with sqlite3.connect(file) as connection:
            connection.execute("drop table files")
            connection.execute("create table files (path text primary key)")
        connection.close()
    else:
        flipped = data.replace(b"<p>X</p>", b"<p>Y</p>")
        assert flipped != data
        file.write_bytes({"empty": b"", "text": b"x" * 5000, "cut": data[: len(data) // 2], "flip": flipped}[damage])
    write(site / "_includes/footer.html", "")
    made(site)
    (site / "_includes/footer.html").unlink()
    made(site)
    assert tree(site / "output") == expected


@pytest.mark.parametrize("table", ["bodies", "ends", "sqlite_autoindex_bodies_1", "sqlite_autoindex_ends_1"])
def test_damage_that_comes_to_light_late_costs_time_only(site, table):
    (file,) = (site / ".sitegen").glob("build-*.db")
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("select rootpage from sqlite_master where name = ?", [table]).fetchone()
        (size,) = connection.execute("pragma page_size").fetchone()
    with file.open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xff" * size)
    write(site / "_posts/2024-01-01-x.md", "Y")
    made(site)
    assert "tags/a/index.html" not in tree(site / "output")
    before = stamps(site / "output")
    assert (made(site).written, stamps(site / "output")) == (0, before)


def test_a_record_that_is_damaged_is_as_good_as_not_there(site):
    before = stamps(site / "output")
    (file,) = (site / ".sitegen").glob("build-*.db")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("update files set record = cast(replace(record, ':', ';') as blob)")
    assert (made(site).written, stamps(site / "output")) == (0, before)


def test_what_an_unfinished_build_left_is_cleared_away(site):
    write(site / "output/.sitegen-staging/0", "half")
    made(site)
    assert not (site / "output/.sitegen-staging").exists()


def test_a_file_that_cannot_be_copied_leaves_no_litter(site, monkeypatch):
    copyfile = shutil.copyfile

    def changed(file, place):
        copyfile(file, place)
        Path(place).write_text("another")

    monkeypatch.setattr(shutil, "copyfile", changed)
    write(site / "static/file", "new")
    before = tree(site / "output")
    with pytest.raises(SiteError, match="changed while"):
        made(site)
    assert tree(site / "output") == before
    monkeypatch.undo()
    made(site)
    assert (site / "output/file").read_text() == "new"


def test_a_missing_layout_that_appears_on_a_jekyll_site(tmp_path):
    write(tmp_path / "_config.yml", "title: T\n")
    write(tmp_path / "_posts/2024-01-01-x.md", "---\nlayout: special\n---\nX")
    made(tmp_path)
    write(tmp_path / "_layouts/special.html", "special {{ content }}")
    made(tmp_path)
    assert (tmp_path / "output/2024/01/01/x.html").read_text().startswith("special")


def test_the_kind_of_the_configuration_counts(tmp_path):
    write(tmp_path / "sitegen.toml", 'baseurl = "/b"\npermalink = "/:title/"\n')
    write(tmp_path / "_posts/2024-01-01-x.md", "[a](/a/)")
    made(tmp_path)
    assert 'href="/b/a/"' in (tmp_path / "output/x/index.html").read_text()
    (tmp_path / "sitegen.toml").unlink()
    write(tmp_path / "_config.yml", "baseurl: /b\npermalink: /:title/\n")
    made(tmp_path)
    assert 'href="/a/"' in (tmp_path / "output/x/index.html").read_text()
