"""What is kept of bodies between builds: whole, as long as they are of use, and never what is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sitegen.build.remembered import RememberedBodies, Store, sealed
from sitegen.markup.rendered import Ends, Rendered, Shortcode
from tests.build.trees import made

INNER = Shortcode("video", {"src": "/a.mp4", "loop": True}, 4, False, 9, 9)
BODY = Rendered(
    "<p>x</p>",
    "x",
    "x",
    "",
    1,
    ("/a/",),
    Ends(("/a/",), ("/b.png",), ("c",)),
    (Shortcode("box", {}, 3, True, 0, 9, (INNER,)),),
)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        yield connection


def texts(connection: sqlite3.Connection) -> Store[str]:
    return Store(connection, "texts", str, str)


def saved(connection: sqlite3.Connection, **values: str) -> None:
    store = texts(connection)
    for key, value in values.items():
        store.put(key, value)
    store.save()


def test_a_body_comes_back_as_it_was(connection: sqlite3.Connection) -> None:
    bodies = RememberedBodies(connection)
    bodies.put("a", BODY)
    bodies.save()
    again = RememberedBodies(connection)
    assert (again.get("a"), again.ends("a")) == (BODY, BODY.ends)
    assert (again.get("b"), again.ends("b")) == (None, None)


def test_of_a_store_that_is_read_as_a_whole_only_damaged_rows_are_lost(connection: sqlite3.Connection) -> None:
    saved(connection, a="A", b="B", c="C")
    connection.execute("update texts set text = X'00' where key = 'b'")
    connection.execute("update texts set key = X'ff00' where key = 'c'")
    store = Store(connection, "texts", str, str, whole=True)
    assert [store.get(key) for key in "abc"] == ["A", None, None]
    store.save()
    assert [key for (key,) in connection.execute("select key from texts order by key")] == ["a", "b"]


def test_the_ends_of_links_are_stored_once(connection: sqlite3.Connection) -> None:
    bodies = RememberedBodies(connection)
    bodies.put("a", BODY)
    bodies.save()
    assert [row for row in connection.execute("select text from bodies") if b"/b.png" in row[0]] == []


@pytest.mark.parametrize("table", ["bodies", "ends"])
def test_a_body_that_is_damaged_is_rendered_anew(connection: sqlite3.Connection, table: str) -> None:
    bodies = RememberedBodies(connection)
    bodies.put("a", BODY)
    bodies.save()
    connection.execute(f"update {table} set text = cast(replace(text, 'a', 'b') as blob)")
    assert RememberedBodies(connection).get("a") is None


@pytest.mark.parametrize(("table", "text"), [("bodies", "{}"), ("bodies", "["), ("ends", "7"), ("ends", "[[], []]")])
def test_a_row_that_no_build_has_written_is_as_good_as_none(
    connection: sqlite3.Connection, table: str, text: str
) -> None:
    bodies = RememberedBodies(connection)
    bodies.put("a", BODY)
    bodies.save()
    connection.execute(f"update {table} set text = ?", [sealed("a", text)])
    found = RememberedBodies(connection).get("a")
    assert found is None or found.ends == Ends((), ())


def test_what_is_new_is_known_before_it_is_saved(connection: sqlite3.Connection) -> None:
    store = texts(connection)
    store.put("a", "x")
    assert store.get("a") == "x"
    assert texts(connection).get("a") is None


def test_what_is_neither_asked_for_nor_kept_is_dropped(connection: sqlite3.Connection) -> None:
    saved(connection, asked="x", kept="y", gone="z")
    store = texts(connection)
    store.get("asked")
    store.keep(["kept"])
    store.save()
    assert [texts(connection).get(key) for key in ("asked", "kept", "gone")] == ["x", "y", None]


def file_of(site: Path) -> Path:
    (file,) = (site / ".sitegen").glob("build-*.db")
    return file


def change(site: Path, *commands: str) -> None:
    with closing(sqlite3.connect(file_of(site))) as connection, connection:
        for command in commands:
            connection.execute(command)


def test_links_are_told_whatever_became_of_their_ends(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/2026-05-06-a.md").write_text("[words](/nowhere/)")
    told = made(tmp_path).notices
    assert any("/nowhere/" in notice.message for notice in told)
    change(tmp_path, "update ends set text = cast(replace(text, '/nowhere/', '/') as blob)")
    assert made(tmp_path).notices == told


def test_tables_of_another_version_are_made_anew(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/2026-05-06-a.md").write_text("X")
    made(tmp_path)
    change(
        tmp_path,
        "drop table ends",
        "create table ends (key text primary key, ends text) without rowid",
        "update about set fingerprint = 'another'",
    )
    made(tmp_path)
    assert [made(tmp_path).written, made(tmp_path).deleted] == [0, 0]
