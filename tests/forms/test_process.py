"""The process that stores answers: it does what the store does, and its death costs nobody anything."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from tempfile import TemporaryFile

import pytest

from sitegen.forms.inbox.database import StoreError, parse_database
from sitegen.forms.inbox.process import StoreProcess, accepting_apart
from sitegen.forms.inbox.store import Accepted, Entry, Store
from sitegen.forms.submission import Upload
from tests.forms.kill import writer_of
from tests.forms.world import NOON, open_store

ADA = Entry("chicago", 1, (("name", "Ada"),), NOON, key="k")
BEN = Entry("chicago", 1, (("name", "Ben"),), NOON, key="l", waitlist=False)


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "inbox.db")) as store:
        yield store


@pytest.fixture
def process(store) -> Iterator[StoreProcess]:
    with accepting_apart(store) as process:
        assert isinstance(process, StoreProcess)
        yield process


def names_in(store):
    return [value for one in store.each() for _, value in one.answers]


def test_it_stores_what_comes_as_the_store_would(process, store):
    stored, again, other, full = process.accept_all([ADA, ADA, replace(BEN, key="k"), BEN])
    assert again == Accepted(stored.submission, repeated=True)
    assert [type(one).__name__ for one in (other, full)] == ["KeyConflict", "Full"]
    assert list(store.each()) == [stored.submission]


def test_files_go_through_the_store(process, store):
    with TemporaryFile() as content:
        content.write(b"words")
        file = Upload("cv", "a.txt", "text/plain", 5, sha256(b"words").hexdigest(), content)
        (stored,) = process.accept_all([replace(ADA, files=(file,))])
    assert [store.content_of(kept) for kept in store.files_of(stored.submission)] == [b"words"]


def test_what_cannot_be_stored_is_said(process, store, tmp_path):
    process.accept_all([ADA])
    moved = tmp_path.rename(tmp_path.with_name("moved"))
    with pytest.raises(StoreError, match=r"inbox\.db"):
        process.accept_all([BEN])
    moved.rename(tmp_path)
    process.accept_all([replace(BEN, capacity=None)])
    assert names_in(store) == ["Ada", "Ben"]


def test_a_bug_of_ours_is_raised_here(process, store):
    with pytest.raises(UnicodeEncodeError):
        process.accept_all([replace(ADA, answers=(("name", "\ud800"),))])
    process.accept_all([ADA])
    assert names_in(store) == ["Ada"]


def test_one_that_dies_is_started_anew(process, store, caplog):
    process.accept_all([ADA])
    first = writer_of(os.getpid())
    os.kill(first, signal.SIGKILL)
    assert process.accept_all([ADA])[0].repeated
    assert "has ended: -9" in caplog.text
    process.accept_all([replace(BEN, capacity=None)])
    assert writer_of(os.getpid()) != first
    assert names_in(store) == ["Ada", "Ben"]


def test_one_that_says_nothing_is_killed(store, caplog):
    with closing(StoreProcess(store, longest=2)) as process:
        process.accept_all([ADA])
        first = writer_of(os.getpid())
        os.kill(first, signal.SIGSTOP)
        long = replace(BEN, capacity=None, answers=(("name", "Ben"), ("text", "x" * 1_000_000)))
        process.accept_all([ADA, long])
        assert "said nothing for 2 seconds" in caplog.text
        assert names_in(store)[:2] == ["Ada", "Ben"]
        process.accept_all([replace(ADA, key="m", answers=(("name", "Cy"),), capacity=None)])
        assert writer_of(os.getpid()) != first
    assert len(list(store.each())) == 3


def test_one_that_does_not_end_is_killed(store):
    with accepting_apart(store):
        writer = writer_of(os.getpid())
        os.kill(writer, signal.SIGSTOP)
    with pytest.raises(ProcessLookupError):
        os.kill(writer, 0)


def test_a_file_that_was_taken_away_is_told_once(process, store, tmp_path, caplog):
    process.accept_all([ADA])
    away = [file.rename(file.with_name(f"away-{file.name}")) for file in tmp_path.glob("inbox.db*")]
    process.accept_all([BEN])
    process.accept_all([ADA])
    assert names_in(store) == ["Ben", "Ada"]
    assert caplog.text.count("was taken away while we ran") == 1
    with pytest.raises(StoreError, match="a new one stands in its place"):
        store.probe()
    for file in away:
        file.replace(file.with_name(file.name.removeprefix("away-")))
    store.probe()
    assert process.accept_all([ADA])[0].repeated
    assert "is back" in caplog.text


def test_no_signal_ends_it_before_its_time(process, store):
    process.accept_all([ADA])
    first = writer_of(os.getpid())
    for kind in (signal.SIGINT, signal.SIGTERM):
        os.kill(first, kind)
    process.accept_all([replace(BEN, capacity=None)])
    assert writer_of(os.getpid()) == first


def test_it_ends_with_its_input(store):
    with accepting_apart(store) as process:
        process.accept_all([ADA])
        writer = writer_of(os.getpid())
    with pytest.raises(ProcessLookupError):
        os.kill(writer, 0)


def test_where_there_is_no_file_there_is_no_process():
    with closing(Store(parse_database("sqlite://"))) as store, accepting_apart(store) as acceptor:
        assert acceptor is store
