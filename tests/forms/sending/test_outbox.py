"""What is to be sent is stored with the submission, leased, settled, and goes with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sitegen.forms.inbox.store import Entry
from sitegen.forms.notices import Notice
from sitegen.forms.sending.envelope import Letterhead
from sitegen.forms.sending.letters import compose
from tests.forms.world import NOON

HEAD = Letterhead("Ada's blog", "blog@example.org", "")
LEASE = timedelta(minutes=2)
MAIL = Notice("answer", "mail", "me@example.org")
HOOK = Notice("answer", "webhook", "https://example.org/hook")


def entry(name="Ada", **more):
    address = f"{name.lower()}@example.org"
    values = {"form": "f", "capacity": None, "created": NOON, "notices": (MAIL, HOOK)} | more
    return Entry(answers=(("name", name), ("email", address)), **values)


def kinds(store, submission):
    return [(one.notice.kind, one.notice.target) for one in store.deliveries_of(submission)]


def test_what_is_to_be_sent_is_there_with_the_submission(store):
    made = store.accept(entry()).submission
    assert [one.notice for one in store.deliveries_of(made)] == [MAIL, HOOK]
    assert {one.state for one in store.deliveries_of(made)} == {"waiting"}


def test_of_spam_and_of_what_is_there_already_nobody_is_told(store):
    spam = store.accept(entry(spam="why")).submission
    first, again = (store.accept(entry("Bob")) for _ in range(2))
    assert store.deliveries_of(spam) == ()
    assert again.repeated
    assert len(store.deliveries_of(first.submission)) == 2


def test_one_lease_at_a_time_and_a_new_one_when_it_has_run_out(store):
    store.accept(entry(notices=(MAIL,)))
    parcel = store.lease("mail", NOON, LEASE)
    assert (parcel.delivery.attempts, parcel.submission.answers[0]) == (1, ("name", "Ada"))
    assert store.lease("mail", NOON + LEASE - timedelta(seconds=1), LEASE) is None
    assert store.lease("webhook", NOON + LEASE, LEASE) is None
    again = store.lease("mail", NOON + LEASE, LEASE)
    assert (again.delivery.id, again.delivery.attempts) == (parcel.delivery.id, 2)


def test_what_is_deleted_is_not_sent(store):
    made = store.accept(entry()).submission
    store.delete(made.id)
    assert store.lease("mail", NOON, LEASE) is None
    assert store.next_due("webhook") is None


def test_visitors_are_told_once_a_day_at_most(store):
    first = store.accept(entry(letters=True)).submission
    again = store.accept(entry(letters=True, form="g", created=NOON + timedelta(hours=23))).submission
    later = store.accept(entry(letters=True, form="h", created=NOON + timedelta(hours=24))).submission
    assert ("confirmation", "ada@example.org") in kinds(store, first)
    assert ("confirmation", "ada@example.org") not in kinds(store, again)
    assert ("confirmation", "ada@example.org") in kinds(store, later)


@pytest.mark.parametrize("letters", [True, False])
def test_whoever_gets_a_free_place_is_told_the_day_after_the_last_letter(store, letters):
    today = datetime.now(UTC)
    more = {"capacity": 1, "letters": letters, "notices": (), "created": today}
    first, second = (store.accept(entry(name, **more)).submission for name in ("Ada", "Bob"))
    store.delete(first.id)
    told = [one for one in store.deliveries_of(second) if one.notice.kind == "place"]
    assert [one.due for one in told] == ([today + timedelta(days=1)] if letters else [])


@pytest.mark.both_databases
@pytest.mark.parametrize("state", ["declined", "spam", "waitlist"])
def test_nobody_is_told_of_a_place_that_is_not_theirs_any_more(store, state):
    more = {"capacity": 1, "letters": True, "notices": ()}
    _, waits = (store.accept(entry(name, **more)).submission for name in ("Ada", "Bob"))
    store.promote_one(waits.id)
    (tomorrow,) = (one.due for one in store.deliveries_of(waits) if one.notice.kind == "place")
    store.mark_all([waits.id], state)
    for _ in ("Ada's receipt", "Bob's receipt"):
        store.settle(replace(store.lease("mail", NOON, LEASE).delivery, state="sent"))
    with pytest.raises(ValueError, match="no place"):
        compose(HEAD, store.lease("mail", tomorrow, LEASE), "Chicago")


def test_what_was_given_up_can_be_sent_anew(store):
    made = store.accept(entry(notices=(MAIL,))).submission
    delivery = store.lease("mail", NOON, LEASE).delivery
    store.settle(replace(delivery, state="dead", error="550 No such user"))
    assert (store.next_due("mail"), store.deliveries_of(made)[0].error) == (None, "550 No such user")
    assert (store.replay(made.id[:6]), store.replay(made.id)) == (1, 0)
    assert store.lease("mail", store.deliveries_of(made)[0].due, LEASE).delivery.id == delivery.id


def test_who_was_too_late_undoes_nothing(store):
    """The machine of the first slept; another has sent it meanwhile."""
    made = store.accept(entry(notices=(MAIL,))).submission
    slow, quick = (store.lease("mail", NOON + at * LEASE, LEASE).delivery for at in (0, 1))
    store.settle(replace(quick, state="sent"))
    store.settle(replace(slow, due=NOON, error="timed out"))
    assert [(one.state, one.error) for one in store.deliveries_of(made)] == [("sent", "")]
