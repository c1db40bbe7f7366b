"""Several at once, places by hand, notes, and answers that their visitors have to confirm."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sitegen.errors import SitegenError
from sitegen.forms.inbox.database import transaction
from sitegen.forms.inbox.store import NotFound
from sitegen.forms.inbox.tables import notes, submissions
from sitegen.forms.notices import Notice
from tests.forms.sending.test_outbox import LEASE, kinds
from tests.forms.sending.test_outbox import entry as addressed
from tests.forms.test_store import fill, states
from tests.forms.world import NOON, open_store


def test_several_are_marked_at_once_and_places_passed_on_once(store):
    made = fill(store, *"abcd", capacity=2) + fill(store, "x", "y", form="g", capacity=1)
    changes = store.mark_all([made[1].id, made[0].id, made[4].id, "gone"], "declined")
    assert [one.id for one in changes.submissions] == [made[0].id, made[1].id, made[4].id]
    assert [one.id for one in changes.promoted] == [made[2].id, made[3].id, made[5].id]
    assert states(store) == ["declined", "declined", "new", "new", "declined", "new"]


def test_several_are_deleted_at_once(store):
    made = fill(store, *"abcd", capacity=2)
    changes = store.delete_all([made[0].id, made[1].id, made[1].id])
    assert (len(changes.submissions), len(changes.promoted), changes.swept) == (2, 2, True)
    assert list(store.each()) == list(changes.promoted)
    assert store.delete_all([]).submissions == ()


def test_very_many_are_deleted_at_once(store):
    outcomes = store.accept_all([addressed(f"n{at}") for at in range(1200)])
    changes = store.delete_all(outcome.submission.id for outcome in outcomes)
    assert (len(changes.submissions), store.count()) == (1200, 0)


def test_spam_that_is_recovered_with_others_takes_no_more_places_than_there_are(store):
    made = fill(store, *"abc", capacity=2, spam="why")
    store.mark_all([one.id for one in made], "new")
    assert states(store) == ["new", "new", "waitlist"]


def test_a_place_by_hand_where_none_is_free(store):
    more = {"capacity": 1, "letters": True, "notices": ()}
    ada, bob = (store.accept(addressed(name, **more)).submission for name in ("Ada", "Bob"))
    placed = store.promote_one(bob.id[:9])
    assert (placed.id, placed.state, placed.reason) == (bob.id, "new", "given a place by hand")
    assert ("place", "bob@example.org") in kinds(store, bob)
    assert (store.taken("f"), store.find(ada.id).state) == (2, "new")
    with pytest.raises(SitegenError, match="not on the waitlist"):
        store.promote_one(ada.id)


def test_one_queue_for_all_who_came_first_is_first_and_by_hand_comes_last(store):
    moments = (("taken", 0), ("by hand", 0), ("confirmed late", 2), ("came between", 1))
    entries = (addressed(name, capacity=1, created=NOON + timedelta(hours=hours)) for name, hours in moments)
    taken, hand, late, between = (store.accept(one).submission for one in entries)
    store.mark_all([hand.id], "waitlist")
    assert [one.id for one in store.queue_of("f")] == [between.id, late.id, hand.id]
    assert store.queue_of("f", 1)[0].id == between.id
    assert [one.id for one in store.mark_all([taken.id], "declined").promoted] == [between.id]
    store.mark_all([between.id, late.id], "declined")
    assert [one.id for one in store.queue_of("f")] == [hand.id]


def test_notes_stand_beside_a_submission_and_go_with_it(store):
    ada, bob = fill(store, "Ada", "Bob")
    written = [store.note(ada.id[:9], text) for text in ("called her", "she\x00\ud800")]
    assert store.notes_of(ada) == tuple(written)
    assert store.notes_of(bob) == ()
    store.delete(ada.id)
    with transaction(store._engine) as connection:
        assert connection.execute(select(notes)).all() == []
    with pytest.raises(NotFound):
        store.note(ada.id, "too late")


def test_of_what_is_deleted_neither_notes_nor_what_search_looks_in_leave_a_byte(tmp_path):
    store = open_store(tmp_path / "inbox.db")
    (ada,) = fill(store, "Wilhelmina Zauberberg", consent="Wilhelmina agrees")
    store.note(ada.id, "Zauberberg called")
    store.delete_all([ada.id])
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir()).lower()
    assert b"zauberberg" not in kept and b"wilhelmina" not in kept
    store.close()


def test_the_words_that_were_agreed_to_are_kept(store):
    (ada, bob) = fill(store, "Ada", consent="I agree to be written to.") + fill(store, "Bob")
    assert (store.find(ada.id).consent, store.find(bob.id).consent) == ("I agree to be written to.", "")


def tokens(store):
    with transaction(store._engine) as connection:
        return connection.execute(select(submissions.c.token).order_by(submissions.c.number)).scalars().all()


def test_what_has_to_be_confirmed_takes_no_place_and_only_the_visitor_is_told(store):
    waiting = store.accept(addressed(confirm=True, capacity=1, letters=True)).submission
    placed = store.accept(addressed("Bob", capacity=1)).submission
    assert (waiting.state, placed.state) == ("unconfirmed", "new")
    assert kinds(store, waiting) == [("confirm", "ada@example.org")]
    parcel = store.lease("mail", NOON, LEASE)
    assert (parcel.submission, [parcel.token, None]) == (waiting, tokens(store))
    assert len(parcel.token) == 32


def test_what_is_spam_is_not_to_be_confirmed(store):
    spam = store.accept(addressed(confirm=True, spam="why")).submission
    assert (spam.state, kinds(store, spam), tokens(store)) == ("spam", [], [None])


def test_the_author_can_do_without_the_confirmation(store):
    made = [store.accept(addressed(name, confirm=True, capacity=1)).submission for name in ("Ada", "Bob")]
    assert [store.mark(one.id, "new").submission.state for one in made] == ["new", "waitlist"]
    assert store.lease("mail", NOON, LEASE).token == ""


def test_the_question_to_confirm_is_late_rather_than_left_out(store):
    store.accept(addressed(letters=True, notices=()))
    again = store.accept(addressed(form="g", confirm=True, created=NOON + timedelta(hours=1))).submission
    assert [one.due for one in store.deliveries_of(again)] == [NOON + timedelta(days=1)]


def test_a_digest_is_about_no_submission(store):
    store.accept(addressed(notices=()))
    assert store.put_digest("me@example.org", NOON + timedelta(minutes=1))
    parcel = store.lease("mail", NOON + timedelta(minutes=1), LEASE)
    assert (parcel.submission, parcel.delivery.submission) == (None, None)
    assert parcel.delivery.notice == Notice("digest", "mail", "me@example.org")
