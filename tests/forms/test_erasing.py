"""One person is forgotten: what is theirs, what mentions them, and every byte of it."""

import random
import sqlite3
from base64 import b64encode
from contextlib import closing
from dataclasses import replace
from io import BytesIO

import pytest

from sitegen.forms.inbox import database as inbox_database
from sitegen.forms.inbox.database import file_of
from sitegen.forms.inbox.store import Entry, Store
from sitegen.forms.notices import Notice
from sitegen.forms.submission import Upload
from tests.forms.sending.test_outbox import kinds
from tests.forms.test_store import states
from tests.forms.world import NOON, open_store

ADA = "ada@example.org"
AUTHOR = Notice("answer", "mail", ADA)  # who reads the answers may have given one herself


def accept(store, email, form="f", **more):
    answers = tuple((more.pop("answers", {}) | {"email": email}).items())
    return store.accept(Entry(form, more.pop("capacity", None), answers, NOON, **more)).submission


def left(store):
    return [submission.id for submission in store.each()]


def test_everything_of_a_person_goes_whatever_case_and_form(store):
    bob = accept(store, "bob@example.org", notices=(AUTHOR,))
    mine = [accept(store, "Ada@Example.ORG"), accept(store, ADA, "g"), accept(store, " ada@example.org", "h", spam="x")]
    near = [accept(store, email) for email in ("ada@example.org.uk", "grada@example.org", "a.da@example.org")]
    erasure = store.erase(ADA)
    assert erasure.deleted == erasure.found.theirs == tuple(mine) and erasure.swept
    assert left(store) == [bob.id, *(one.id for one in near)]
    assert kinds(store, bob) == [("answer", ADA)]
    assert not store.erase(ADA).found


def test_an_address_under_another_name_is_theirs_where_there_is_no_other(store):
    contact = store.accept(Entry("f", None, (("name", "Ada"), ("contact", ADA)), NOON)).submission
    friend = accept(store, "bob@example.org", answers={"friend": ADA})
    assert store.erase(ADA).deleted == (contact,)
    assert left(store) == [friend.id]


def test_who_mentions_the_address_is_told_and_goes_only_when_asked(store):
    bob, eve = accept(store, "bob@example.org", answers={"note": f"Ask <{ADA.upper()}>!"}), accept(store, "eve@x.org")
    store.note(eve.id, f"a friend of {ADA}")
    store.note(eve.id, "called on Monday")
    found = store.erase(ADA).found
    assert (found.theirs, found.mentions, len(found.notes)) == ((), (bob,), 1)
    assert left(store) == [bob.id, eve.id] and len(store.notes_of(eve)) == 2
    assert store.erase(ADA, mentions=True).deleted == (bob,)
    assert [note.text for note in store.notes_of(eve)] == ["called on Monday"]


def test_who_waits_moves_up(store):
    accept(store, ADA, capacity=1)
    bob = accept(store, "bob@example.org", capacity=1)
    assert [one.id for one in store.erase(ADA).promoted] == [bob.id]
    assert states(store) == ["new"]


def test_a_file_that_is_called_after_somebody_mentions_them(store):
    named = Upload("cv", f"{ADA}.txt", "text/plain", 2, "d", BytesIO(b"hi"))
    bob = accept(store, "bob@example.org", files=(named,))
    assert store.traces_of(ADA).mentions == (bob,)


def test_while_another_reads_the_journal_it_says_so_and_a_second_run_mends_it(tmp_path):
    store = open_store(tmp_path / "inbox.db")
    accept(store, ADA)
    reader = sqlite3.connect(tmp_path / "inbox.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM submissions").fetchone()
    assert not store.erase(ADA).swept
    assert ADA.encode() in (tmp_path / "inbox.db-wal").read_bytes()
    reader.close()
    assert store.erase(ADA).swept
    assert all(ADA.encode() not in path.read_bytes() for path in tmp_path.iterdir())
    store.close()


def test_while_another_uses_a_table_of_the_server_it_says_so(postgres, monkeypatch):
    monkeypatch.setattr(inbox_database, "QUEUE", 0.1)
    store = Store(postgres.emptied())
    accept(store, ADA)
    with postgres.connection() as other, other.transaction():
        other.execute("SELECT count(*) FROM submissions")
        assert not store.erase(ADA).swept
    assert store.erase(ADA).swept
    store.close()


WORDS = ("wilhelmina", "zauberberg", "streng geheim", "grossmutter", "lebenslauf", "beiblatt", "zustimmung")


def crowd(store, number):
    """So many people, and among them one whose every word can be known again."""
    chance = random.Random(number)
    entries = [_entry(f"person{at}", "words " * chance.choice((1, 20, 900))) for at in range(number)]
    noise = b64encode(chance.randbytes(9000))  # what cannot be pressed together stands on the disk as it is
    file = Upload("cv", "Lebenslauf.txt", "text/plain", 9, "d", BytesIO(b"Beiblatt" + noise))
    her = _entry("Wilhelmina.Zauberberg", f"Streng geheim: meine Grossmutter {noise.decode()}")
    entries.insert(number // 2, replace(her, files=(file,), consent="Zustimmung"))
    for at in range(0, len(entries), 250):
        store.accept_all(entries[at : at + 250])
    (hers,) = store.traces_of("wilhelmina.zauberberg@example.org").theirs
    store.note(hers.id, "Wilhelmina called")
    store.mark(hers.id, "contacted")


def _entry(name, message):
    answers = (("name", name.replace(".", " ")), ("email", f"{name}@example.org"), ("message", message))
    told = Notice("answer", "mail", "me@example.org")
    return Entry(f"f{len(message) % 3}", None, answers, NOON, letters=True, notices=(told,))


def words_in(paths):
    """Which of her words stand in any of these files."""
    data = b"\n".join(path.read_bytes() for path in paths).lower()
    return [word for word in WORDS if word.encode() in data]


@pytest.mark.parametrize("number", [5, pytest.param(10_000, marks=pytest.mark.slow)])
def test_of_one_among_many_no_byte_is_left(store, database, request, tmp_path, number):
    crowd(store, number)
    if file_of(database) is None:
        request.getfixturevalue("postgres").sql("ANALYZE")  # as the server does now and then: values become statistics
    assert words_in(_files(database, request)) == list(WORDS)
    assert store.erase("wilhelmina.zauberberg@example.org").swept
    assert words_in(_files(database, request)) == []
    assert store.count() == number


def _files(database, request):
    """Those of the database, as they are on the disk by now; and of SQLite a backup that is made just now."""
    path = file_of(database)
    if path is None:
        server = request.getfixturevalue("postgres")
        server.sql("CHECKPOINT")
        return [path for path in (server.folder / "data" / "base").rglob("*") if path.is_file()]
    backup = path.with_name("backup.db")
    backup.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(backup)) as copy:
        live.backup(copy)
    return list(path.parent.iterdir())
