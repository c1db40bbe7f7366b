"""Everything is sent, at least once, by real threads, in a store that is really there."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from sitegen.forms.notices import Parcel
from sitegen.forms.sending.deliverer import Deliverer, Undelivered
from sitegen.forms.sending.schedule import WAITS, next_attempt
from tests.forms.sending.post import parcel
from tests.forms.sending.test_outbox import MAIL, entry
from tests.forms.world import NOON, Clock


@dataclass
class Post:
    """Takes what is sent; `fails` says what is wrong with the attempts, one after another."""

    fails: list[Exception] = field(default_factory=list)
    sent: list[Parcel] = field(default_factory=list)
    tried: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def __call__(self, parcel: Parcel) -> None:
        try:
            if self.fails:
                raise self.fails.pop(0)
            self.sent.append(parcel)
        finally:
            self.tried.release()


@dataclass
class Waking:
    """A deliverer that begins to work when it is told to, and is waited for."""

    store: object
    post: Post
    clock: Clock = field(default_factory=Clock)

    def attempt(self, times: int = 1) -> None:
        deliverer = Deliverer(self.store, {"mail": self.post}, self.clock, lambda: 0.0)  # type: ignore[arg-type]
        for _ in range(times):
            assert self.post.tried.acquire(timeout=20)
        deliverer.close()


@pytest.fixture
def made(store):
    return store.accept(entry(notices=(MAIL,))).submission


def test_it_is_sent_and_settled(store, made):
    post = Post()
    Waking(store, post).attempt()
    (delivery,) = store.deliveries_of(made)
    assert (delivery.state, delivery.attempts, [one.delivery.id for one in post.sent]) == ("sent", 1, [delivery.id])


@pytest.mark.parametrize("error", [Undelivered("down"), ValueError("a bug of ours")])
def test_what_failed_is_tried_again_later_with_the_same_id(store, made, error):
    post, clock = Post([error]), Clock()
    Waking(store, post, clock).attempt()
    (delivery,) = store.deliveries_of(made)
    assert (delivery.state, delivery.due) == ("waiting", NOON + timedelta(seconds=WAITS[0]))
    clock.now = delivery.due
    Waking(store, post, clock).attempt()
    assert [one.delivery.id for one in post.sent] == [delivery.id]
    assert store.deliveries_of(made)[0].state == "sent"


def test_after_three_days_it_is_given_up(store, made):
    post, clock = Post([Undelivered("down")] * 20), Clock()
    for _ in range(len(WAITS) + 1):
        Waking(store, post, clock).attempt()
        clock.now = store.deliveries_of(made)[0].due
    (delivery,) = store.deliveries_of(made)
    assert (delivery.state, delivery.error, delivery.attempts) == ("dead", "down", len(WAITS) + 1)
    assert sum(WAITS) > 3 * 24 * 3600


@pytest.mark.parametrize(("final", "state"), [(True, "dead"), (False, "waiting")])
def test_a_no_for_good_is_the_end(store, made, final, state):
    Waking(store, Post([Undelivered("no", final=final)])).attempt()
    assert store.deliveries_of(made)[0].state == state


def test_whoever_asks_to_be_left_alone_is():
    chance: Callable[[], float] = lambda: 1.0  # noqa: E731
    first, second = (replace(parcel().delivery, attempts=number) for number in (1, 2))
    assert next_attempt(first, NOON, chance, 600) == NOON + timedelta(seconds=600)
    assert next_attempt(first, NOON, chance, 10**9) == NOON + timedelta(days=1)
    assert next_attempt(second, NOON, chance, 1) == NOON + timedelta(seconds=WAITS[1] * 1.2)


def test_nothing_is_given_up_before_its_days_are_over_however_often_we_were_killed():
    often = replace(parcel().delivery, attempts=50)
    assert next_attempt(often, NOON + timedelta(hours=1), lambda: 0.0) == NOON + timedelta(hours=1, seconds=WAITS[-1])
    assert next_attempt(often, NOON + timedelta(days=4), lambda: 0.0) is None


def test_two_receivers_send_each_once(store, made):
    for at in range(20):
        store.accept(entry(f"N{at}", notices=(MAIL,)))
    post, clock = Post(), Clock()
    both = [Deliverer(store, {"mail": post}, clock) for _ in range(2)]
    for _ in range(21):
        assert post.tried.acquire(timeout=20)
    for one in both:
        one.close()
    assert len({one.delivery.id for one in post.sent}) == len(post.sent) == 21
