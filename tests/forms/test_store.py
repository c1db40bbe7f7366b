"""The inbox: places, double submits, states, and what is wrong with a database."""

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest

from sitegen.errors import SitegenError
from sitegen.forms.inbox.database import StoreError, transaction
from sitegen.forms.inbox.places import Terms, note_form
from sitegen.forms.inbox.store import Entry, Filter, Full, KeyConflict, NotFound, Store
from tests.forms.world import NOON, open_store


def entry(name="Ada", **more):
    values = {"form": "f", "capacity": None, "created": NOON, **more}
    return Entry(answers=(("name", name),), **values)


def fill(store, *names, **more):
    return [store.accept(entry(name, **more)).submission for name in names]


def states(store):
    return [submission.state for submission in store.each()]


def test_what_is_accepted_is_listed(store):
    accepted = store.accept(entry())
    assert list(store.each()) == [accepted.submission]
    assert (accepted.submission.state, accepted.submission.created) == ("new", NOON)


def test_oldest_first(store):
    for minutes, name in ((5, "b"), (0, "a"), (9, "c")):
        store.accept(entry(name, created=NOON + timedelta(minutes=minutes)))
    assert [submission.answers[0][1] for submission in store.each()] == ["a", "b", "c"]


def test_spam_declined_and_waiting_take_no_place(store):
    fill(store, "s", capacity=2, spam="why")
    one = fill(store, "a", capacity=2)[0]
    store.mark(one.id, "declined")
    fill(store, "b", "c", "d", capacity=2)
    assert states(store) == ["spam", "declined", "new", "new", "waitlist"]


def test_spam_that_is_recovered_takes_a_place_or_waits(store):
    first, second = (fill(store, name, capacity=1, spam="why")[0] for name in "ab")
    assert store.mark(first.id, "new").submission.state == "new"
    waiting = store.mark(second.id, "new").submission
    assert (waiting.state, waiting.reason) == ("waitlist", "no place was free")


@pytest.mark.parametrize("how", ["declined", "spam", "delete"])
def test_a_freed_place_goes_to_the_first_who_waits(store, how):
    one, two, three = fill(store, "a", "b", "c", capacity=1)
    change = store.delete(one.id) if how == "delete" else store.mark(one.id, how)
    assert [submission.id for submission in change.promoted] == [two.id]
    assert store.find(two.id).state == "new"
    assert store.find(three.id).state == "waitlist"


def test_whom_the_author_lets_wait_stays_there(store):
    one, _, _ = fill(store, "a", "b", "c", capacity=2)
    store.mark(one.id, "waitlist")
    fill(store, "d", capacity=2)
    assert states(store) == ["waitlist", "new", "new", "waitlist"]


def test_a_greater_capacity_lets_those_in_who_wait(store):
    fill(store, "a", "b", capacity=1)
    fill(store, "c", capacity=3)
    assert states(store) == ["new", "new", "new"]


def test_without_a_waitlist_who_comes_late_is_not_stored(store):
    (ada,) = fill(store, "Ada", capacity=1, waitlist=False)
    with pytest.raises(Full):
        store.accept(entry("Bob", capacity=1, waitlist=False))
    assert store.accept(entry(capacity=1, waitlist=False)).submission == ada
    fill(store, "Eve", capacity=1, waitlist=False, spam="why")
    assert states(store) == ["new", "spam"]
    store.mark(ada.id, "declined")
    fill(store, "Bob", capacity=1, waitlist=False)
    assert states(store) == ["declined", "spam", "new"]


def test_the_same_answers_within_ten_minutes_are_one(store):
    first = store.accept(entry())
    again = store.accept(entry(created=NOON + timedelta(minutes=9, seconds=59)))
    assert again.repeated and again.submission == first.submission
    assert not store.accept(entry(created=NOON + timedelta(minutes=10))).repeated
    assert not store.accept(entry(form="g")).repeated
    assert not store.accept(entry(spam="why")).repeated


def test_the_same_key_is_one_for_ever(store):
    first = store.accept(entry(key="k"))
    again = store.accept(entry(key="k", created=NOON + timedelta(days=400)))
    assert again.repeated and again.submission.id == first.submission.id
    assert not store.accept(entry(key="k2")).repeated
    with pytest.raises(KeyConflict):
        store.accept(entry("Bob", key="k"))


def test_the_places_are_exact_under_load(store):
    with ThreadPoolExecutor(16) as pool:
        accepted = list(pool.map(lambda at: store.accept(entry(str(at), capacity=10)), range(200)))
    assert sorted(done.submission.state for done in accepted) == ["new"] * 10 + ["waitlist"] * 190
    assert len(states(store)) == 200


def test_the_places_are_exact_for_several_processes(database):
    stores = [Store(database) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:  # the first of them make the form's row, all at once
        list(pool.map(lambda at: stores[at % 4].accept(entry(str(at), capacity=10)), range(40)))
    assert states(stores[0]).count("new") == 10
    for store in stores:
        store.close()


def test_filters(store):
    fill(store, "a")
    fill(store, "b", form="g")
    store.accept(entry("c", created=NOON + timedelta(days=1), spam="why"))
    count = lambda **wanted: len(list(store.each(Filter(**wanted))))  # noqa: E731
    assert (count(), count(form="g"), count(states=("spam",)), count(since=NOON + timedelta(hours=1))) == (3, 1, 1, 1)
    assert (count(form="' OR 1=1 --"), count(form="%")) == (0, 0)


def test_a_unique_beginning_of_an_id_is_enough(database):
    ids = iter(["abc1", "abd2"])
    store = Store(database, lambda: next(ids))
    fill(store, "a", "b")
    assert store.find("abd").id == "abd2"
    for start in ("ab", "x", "", "a%", "_bc1"):
        with pytest.raises(NotFound):
            store.find(start)
    store.close()


def test_what_is_deleted_leaves_no_byte(tmp_path):
    store = open_store(tmp_path / "inbox.db")
    secret = fill(store, "Wilhelmina Zauberberg", "b")[0]
    store.delete(secret.id)
    assert not any(b"Zauberberg" in file.read_bytes() for file in tmp_path.iterdir())
    with pytest.raises(NotFound):
        store.find(secret.id)
    store.close()


def test_it_is_durable_and_private(tmp_path):
    store = open_store(tmp_path / "inbox.db")
    with store._engine.connect() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        ]
    assert pragmas == ["wal", 2, 1, 1]
    assert (tmp_path / "inbox.db").stat().st_mode & 0o777 == 0o600
    store.close()


def test_readers_do_not_wait_for_writers(store):
    fill(store, "a")
    with transaction(store._engine, writing=True) as connection:
        note_form(connection, "f", Terms(3), NOON)
        assert len(states(store)) == 1


def test_a_folder_that_was_deleted_is_made_again_and_nothing_is_lost(tmp_path):
    store = open_store(tmp_path / "inbox.db")
    for file in tmp_path.iterdir():
        file.unlink()
    fill(store, "a")
    store.close()
    again = open_store(tmp_path / "inbox.db")
    assert states(again) == ["new"]
    again.close()


def test_the_folder_of_a_site_is_made_and_ignored_by_git(tmp_path):
    store = open_store(tmp_path / ".sitegen" / "inbox.db")
    shutil.rmtree(tmp_path / ".sitegen")
    fill(store, "a")
    store.close()
    assert (tmp_path / ".sitegen" / ".gitignore").read_text() == "*\n"


def refused(path):
    with pytest.raises(SitegenError) as error:
        open_store(path)
    assert str(path) in str(error.value)
    return str(error.value)


def test_files_that_are_no_inbox(tmp_path):
    (tmp_path / "text.db").write_text("hello " * 1000)
    assert "no SQLite database" in refused(tmp_path / "text.db")
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE songs (name)")
    other.close()
    assert "something else" in refused(tmp_path / "other.db")
    assert "cannot be" in refused(tmp_path)
    assert "cannot be" in refused(tmp_path / "missing" / "inbox.db")


def test_a_damaged_inbox(tmp_path):
    path = tmp_path / "inbox.db"
    store = open_store(path)
    fill(store, *(str(at) * 9000 for at in range(5)))
    store.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    with pytest.raises(StoreError):
        damaged = open_store(path)
        try:
            list(damaged.each())
        finally:
            damaged.close()


def test_a_reader_keeps_the_journal_and_the_deletion_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("sitegen.forms.inbox.database.PATIENCE", 0.1)
    store = open_store(tmp_path / "inbox.db")
    ada, bob = fill(store, "Ada of the journal", "Bob")
    reader = sqlite3.connect(tmp_path / "inbox.db", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM submissions").fetchone() == (2,)
    assert not store.delete(ada.id).swept
    reader.close()
    assert store.delete(bob.id).swept
    assert all(b"Ada of the journal" not in file.read_bytes() for file in tmp_path.iterdir())
    store.close()


def test_an_empty_file_becomes_an_inbox(tmp_path):
    (tmp_path / "inbox.db").touch()
    open_store(tmp_path / "inbox.db").close()


def test_the_third_sender_of_one_text_within_a_day_is_spam_in_whichever_form(store):
    sent = [("a", "f", 0), ("b", "g", 8), ("b", "h", 9), ("c", "f", 23), ("d", "g", 40), ("e", "g", 60)]
    for name, form, hours in sent:
        store.accept(entry(name, form=form, text="digest", created=NOON + timedelta(hours=hours)))
        store.accept(entry(name, form=form, text="another" + name, created=NOON + timedelta(hours=hours)))
    told = [(one.answers[0][1], one.state, one.reason) for one in store.each() if one.reason]
    assert told == [("c", "spam", "the same text came from 3 senders or more within a day")]


def test_a_flood_of_one_text_does_not_hide_another(store):
    store.accept_all([entry(name, text="mine") for name in "ab"])
    store.accept_all([entry(f"n{at}", text="flood") for at in range(200)])
    outcomes = store.accept_all([entry("c", text="mine"), entry("last", text="flood"), entry("d", text="else")])
    assert [outcome.submission.state for outcome in outcomes] == ["spam", "spam", "new"]


def test_a_flood_of_one_text_keeps_nobody_waiting(store):
    more = tuple((f"f{at}", "x") for at in range(900))
    flood = [replace(one, answers=one.answers + more) for one in (entry(f"n{at}", text="flood") for at in range(250))]
    since = process_time()
    assert {outcome.submission.state for outcome in store.accept_all(flood)} == {"new", "spam"}
    assert process_time() - since < 5


def test_who_sends_again_what_was_judged_otherwise_by_then_has_sent_it_once(store):
    first = store.accept(entry(key="k", spam="sent within two seconds"))
    again = store.accept(entry(key="k"))
    assert again.repeated and again.submission == first.submission


def test_what_was_judged_spam_does_not_swallow_what_is_not(store):
    assert not store.accept(entry(spam="the hidden field")).repeated
    assert store.accept(entry(spam="the hidden field; and more")).repeated
    assert store.accept(entry()).submission.state == "new"
