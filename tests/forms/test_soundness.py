"""What is no value of ours is restored from no backup, whatever its digests say."""

import sqlite3
from contextlib import closing

import pytest

from sitegen.forms.inbox.backup import back_up
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.manifest import Rows
from sitegen.forms.inbox.restoring import restore
from tests.forms.test_backup import empty, entry, fill, rows
from tests.forms.world import NOON, open_store


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    with closing(open_store(folder / "inbox.db")) as store:
        fill(store)
        back_up(store.url, folder / "backup", NOON)
    return (folder / "backup").read_bytes()


def altered(path, script):
    """Run a script on a backup, and make its digests anew, as whoever does so on purpose would."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        for (name,) in connection.execute("SELECT name FROM sitegen_backup").fetchall():
            found = Rows().plus(connection.execute(f"SELECT * FROM {name}"))
            values = (found.count, f"{found.digest:064x}", name)
            connection.execute("UPDATE sitegen_backup SET rows = ?, digest = ? WHERE name = ?", values)
        connection.commit()


def refused(tmp_path, whole, script, words):
    backup, target = tmp_path / "backup", empty(tmp_path / "target.db")
    backup.write_bytes(whole)
    altered(backup, script)
    with closing(open_store(tmp_path / "target.db")) as store:
        store.accept(entry("Zoe"))
    before = rows(target)
    with pytest.raises(StoreError, match=words) as told:
        restore(backup, target, replace=True)
    assert rows(target) == before
    assert str(told.value).startswith(f"{backup} has ")


VALUES = [
    ("submissions", "state", "'happy'"),
    ("submissions", "created", "'yesterday'"),
    ("submissions", "created", "'2026-05-06'"),
    ("submissions", "created", "x'00'"),
    ("submissions", "answers", "'{}'"),
    ("submissions", "answers", "'[[\"a\"]]'"),
    ("submissions", "answers", "'[[\"a\",1]]'"),
    ("submissions", "answers", '\'[["a","\\u0000"]]\''),
    ("submissions", "answers", '\'[["a","\\ud800"]]\''),
    ("submissions", "answers", "'['"),
    ("submissions", "answers", "1"),
    ("submissions", "form", "x'ff'"),
    ("submissions", "consent", "x'00'"),
    ("outbox", "kind", "'joke'"),
    ("outbox", "channel", "'pigeon'"),
    ("outbox", "state", "''"),
    ("outbox", "due", "7"),
    ("outbox", "attempts", "-1"),
    ("outbox", "attempts", "'many'"),
    ("forms", "capacity", "'many'"),
    ("forms", "capacity", "-1"),
    ("forms", "keep", "99999999"),
    ("forms", "letters", "2"),
    ("files", "size", "'large'"),
    ("files", "content", "'text'"),
    ("notes", "created", "'now'"),
    ("notes", "text", "x'00'"),
]


@pytest.mark.parametrize(("table", "column", "value"), VALUES)
def test_a_value_that_cannot_be_is_told(tmp_path, whole, table, column, value):
    last = f"(SELECT max(rowid) FROM {table})"
    script = f"UPDATE {table} SET {column} = {value} WHERE rowid = {last}"
    refused(tmp_path, whole, script, rf"no possible value in row \d+ of its table {table} \({column}\)")


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM forms; END", 'a trigger that no backup has, "t"'),
        ("CREATE VIEW v AS SELECT 1", 'a view that no backup has, "v"'),
        ("CREATE TABLE cats (name)", 'a table that no backup has, "cats"'),
        (
            "ALTER TABLE notes RENAME TO old; CREATE VIEW notes AS SELECT * FROM old",
            "a (table|view) that no backup has",
        ),
        ("UPDATE sitegen_inbox SET version_num = '-1'", "schema -1, which no sitegen has written"),
        ("UPDATE sitegen_inbox SET version_num = '0'", "schema 0, which no sitegen has written"),
    ],
)
def test_what_else_is_in_the_file_is_told(tmp_path, whole, script, words):
    refused(tmp_path, whole, script, words)
