"""Addresses, rates and verdicts."""

from datetime import timedelta

import pytest

from sitegen.forms.judgement.addresses import client_address
from sitegen.forms.judgement.rates import Rate, RateLimiter, parse_rate
from sitegen.forms.judgement.verdicts import verdict
from tests.forms.world import NOON

TWO_A_MINUTE = Rate(2, timedelta(minutes=1))
ONE_A_DAY = Rate(1, timedelta(days=1))
PROXIES = ("10.0.0.0/8", "fd00::/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # no proxy of ours: forged
        ("127.0.0.1", "198.51.100.1", "127.0.0.1"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),  # the left end is the visitor's own
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.1", "rubbish", "10.0.0.1"),
        ("10.0.0.1", ",,", "10.0.0.1"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::5%eth0", "", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", "203.0.113.7"),
        ("fd00::1", "[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("testclient", "", "testclient"),
        ("", "", ""),
    ],
)
def test_whom_to_count(peer, forwarded, address):
    assert client_address(peer, forwarded, PROXIES) == address


def test_a_network_may_be_named_by_one_of_its_addresses():
    assert client_address("10.9.9.9", "198.51.100.1", ["10.0.0.1/8"]) == "198.51.100.1"


def test_a_window_slides():
    limiter, rate = RateLimiter(), TWO_A_MINUTE
    seconds = [0, 30, 59, 60, 61, 89, 90]
    waits = [limiter.wait(("a", "f"), rate, NOON + timedelta(seconds=at)) for at in seconds]
    assert waits == [0, 0, 1, 0, 29, 1, 0]


def test_addresses_and_forms_are_counted_apart():
    limiter, rate = RateLimiter(), ONE_A_DAY
    keys = (("a", "f"), ("b", "f"), ("a", "g"), ("a", "f"))
    assert [limiter.wait(key, rate, NOON) for key in keys] == [0, 0, 0, 86400]


def test_a_clock_that_is_set_back_locks_nobody_out():
    limiter, rate = RateLimiter(), ONE_A_DAY
    assert limiter.wait(("a", "f"), rate, NOON) == 0
    assert limiter.wait(("a", "f"), rate, NOON - timedelta(hours=1)) == 0


def test_memory_is_bounded():
    limiter, rate = RateLimiter(most_keys=3), ONE_A_DAY
    for name in "abcd":
        limiter.wait((name, "f"), rate, NOON)
    assert limiter.wait(("d", "f"), rate, NOON) > 0
    assert limiter.wait(("a", "f"), rate, NOON) == 0


@pytest.mark.parametrize("text", ["", "20", "0/minute", "20/fortnight", "-1/minute", "20/minute; drop"])
def test_what_is_no_rate(text):
    with pytest.raises(ValueError, match="no rate"):
        parse_rate(text)


def test_rates():
    assert parse_rate("2/minute") == TWO_A_MINUTE
    assert parse_rate(" 1 / day ") == ONE_A_DAY
    assert parse_rate("off") is None


def test_forged_forwarding_does_not_help(world):
    world.book = type(world.book)(world.book.forms, rate=ONE_A_DAY)
    statuses = [
        world.post({"name": "a", "email": "a@b.org"}, headers={"X-Forwarded-For": f"9.9.9.{at}"}).status_code
        for at in range(3)
    ]
    assert statuses == [200, 429, 429]


def test_the_honeypot():
    assert verdict({"_gotcha": "http://spam"})
    assert not verdict({"_gotcha": " "})
    assert not verdict({})
