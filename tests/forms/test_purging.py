"""What has been kept long enough goes, by command and once a day; nothing else does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sitegen.forms.inbox import purging
from sitegen.forms.inbox.purging import AT_ONCE, Old
from sitegen.forms.periods import UNCONFIRMED_DAYS
from sitegen.forms.receiver import upkeep
from sitegen.forms.receiver.book import FormBook
from sitegen.forms.receiver.upkeep import Upkeep, look, tidy
from tests.forms.sending.test_outbox import entry, kinds
from tests.forms.test_store import states
from tests.forms.world import FORM, NOON, Clock


def accept(store, days, **more):
    """Somebody who answered so many days ago."""
    return store.accept(entry(f"p{days}", created=NOON - timedelta(days=days), **more)).submission


def left(store):
    return [submission.id for submission in store.each()]


def test_what_is_older_than_its_form_says_goes(store):
    old, young = accept(store, 91, keep=90), accept(store, 89, keep=90)
    other = accept(store, 1000, form="forever")
    assert store.count_old(Old(NOON)) == {"f": {"new": 1}}
    assert {*left(store)} == {old.id, young.id, other.id}
    assert store.purge(Old(NOON)).deleted == {"f": {"new": 1}}
    assert left(store) == [other.id, young.id]


def test_where_nothing_is_said_nothing_goes(store):
    accept(store, 10_000)
    accept(store, 10_000, spam="why")
    assert (store.count_old(Old(NOON)), store.purge(Old(NOON)).deleted) == ({}, {})


def test_spam_goes_earlier_where_that_is_said(store):
    accept(store, 31, spam="why")
    kept = [accept(store, 31), accept(store, 29, spam="why")]
    assert store.purge(Old(NOON, spam_days=30)).deleted == {"f": {"spam": 1}}
    assert left(store) == [one.id for one in kept]


def test_what_nobody_confirmed_goes_after_a_week(store):
    accept(store, UNCONFIRMED_DAYS + 1, confirm=True)
    young = accept(store, UNCONFIRMED_DAYS - 1, confirm=True)
    assert store.purge(Old(NOON)).deleted == {"f": {"unconfirmed": 1}}
    assert left(store) == [young.id]


def test_of_one_form_only(store):
    accept(store, 9, keep=1)
    accept(store, 9, keep=1, form="g")
    assert store.purge(Old(NOON, form="g")).deleted == {"g": {"new": 1}}
    assert states(store) == ["new"]


def test_very_many_go_some_at_a_time(store):
    store.accept_all([entry(f"n{at}", keep=1) for at in range(2 * AT_ONCE + 1)])
    assert store.purge(Old(NOON + timedelta(days=2))).deleted == {"f": {"new": 2 * AT_ONCE + 1}}
    assert store.count() == 0


@pytest.mark.parametrize(("closes", "state"), [(None, "new"), (NOON - timedelta(days=1), "waitlist")])
def test_who_waits_moves_up_only_in_a_call_that_is_open(store, closes, state):
    accept(store, 91, keep=90, capacity=1, letters=True)
    waiting = accept(store, 3, keep=90, capacity=1, letters=True)
    tidy(store, FormBook({"f": replace(FORM, id="f", keep=90, closes=closes)}), NOON)
    assert store.find(waiting.id).state == state
    assert ("place" in [kind for kind, _ in kinds(store, waiting)]) == (state == "new")


def test_nobody_comes_between_a_place_that_becomes_free_and_those_who_wait(store):
    accept(store, 91, keep=90, capacity=1)
    waiting = accept(store, 3, keep=90, capacity=1)
    purge = store.purge(Old(NOON, open=frozenset("f")))
    assert [one.id for one in purge.promoted] == [waiting.id]
    assert accept(store, 0, keep=90, capacity=1).state == "waitlist"


def test_nobody_moves_up_only_to_be_deleted(store, monkeypatch):
    monkeypatch.setattr(purging, "AT_ONCE", 1)
    accept(store, 99, keep=90, capacity=1, letters=True)
    accept(store, 91, keep=90, capacity=1, letters=True)
    waiting = accept(store, 3, keep=90, capacity=1, letters=True)
    purge = store.purge(Old(NOON, open=frozenset("f")))
    assert (purge.deleted, [one.id for one in purge.promoted]) == ({"f": {"new": 1, "waitlist": 1}}, [waiting.id])


def test_what_the_site_says_now_counts_even_if_no_answer_comes_any_more(store):
    accept(store, 40, keep=90)
    tidy(store, FormBook({"f": replace(FORM, id="f", keep=30)}), NOON)
    assert store.count() == 0


def test_it_happens_once_a_day_by_the_clock(store):
    book = FormBook({"f": replace(FORM, id="f", keep=30)})
    done = look(store, lambda: book, NOON, None)
    accept(store, 40, keep=30)
    assert look(store, lambda: book, NOON + timedelta(hours=23), done) == done == NOON
    assert store.count() == 1
    assert look(store, lambda: book, NOON + timedelta(hours=24), done) == NOON + timedelta(hours=24)
    assert store.count() == 0


def test_the_thread_looks_at_once_and_goes_on_after_trouble(store, monkeypatch, caplog):
    monkeypatch.setattr(upkeep, "LOOK_SECONDS", 0.01)
    accept(store, 40, keep=30)
    troubles = iter([FormBook({}), None])  # at first there is no book

    def book():
        if next(troubles, "over") != "over":
            raise ValueError("secret words of a visitor")
        return FormBook({})

    running = Upkeep(store, book, Clock())
    while store.count():
        pass
    running.close()
    assert "the upkeep failed" in caplog.text
