"""Addresses, rates and origins."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.forms.judgement.addresses import MOST_HOPS, client_address
from sitegen.forms.judgement.origins import origin_allowed, source_of
from sitegen.forms.judgement.rates import Rate, RateLimiter, parse_rate
from tests.forms.world import ADA, FORM, NOON, codes

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
        ("10.0.0.1", "198.51.100.1, rubbish", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1,10.0.0.2,10.0.0.3", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6,198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.9", "10.0.0.9"),  # a visitor inside the network of the proxies
        ("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "[::ffff:198.51.100.1]:80", "198.51.100.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1:99999:1", "10.0.0.1"),
        ("10.0.0.1", "0x7f.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1" + ",10.0.0.2" * MOST_HOPS, "10.0.0.2"),
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


PIECES = ("10.0.0.1", "[::1]:2", "fd00::1%x", "fd00::1", " ", ":", "[", "0", "٣", "1.2.3.4:x")
ODD = st.text() | st.lists(st.sampled_from(PIECES)).map(",".join)


@given(ODD, ODD)
def test_any_header_gives_somebody_to_count(peer, forwarded):
    assert isinstance(client_address(peer, forwarded, PROXIES), str)


def test_addresses_inside_one_network_of_a_customer_are_one():
    found = {client_address(f"2001:db8:1:2:{at:x}::{at:x}", "", ()) for at in range(50)}
    assert found == {"2001:db8:1:2::/64"}


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


def test_a_form_may_have_a_limit_of_its_own(world):
    world.serve_form(FORM, form_rate=Rate(2, timedelta(minutes=1)))
    answers = [world.post(ADA | {"name": peer}, peer=peer) for peer in ("192.0.2.1", "192.0.2.2", "192.0.2.3")]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["retry-after"] == "60"


def test_who_is_over_their_own_limit_does_not_use_up_that_of_the_form(world):
    world.serve_form(FORM, rate=ONE_A_DAY, form_rate=Rate(2, timedelta(minutes=1)))
    peers = ("192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2")
    assert [world.post(ADA | {"name": peer}, peer=peer).status_code for peer in peers] == [200, 429, 429, 200]


def test_who_is_refused_anyway_does_not_use_up_the_limit_of_the_form(world):
    world.serve_form(FORM, form_rate=Rate(1, timedelta(minutes=1)), origins=("https://example.org",))
    stranger = world.post(ADA, headers={"Origin": "https://evil.test"})
    wrong, good, late = (
        world.post(ADA | {"email": email}) for email in ("nobody", "ada@example.org", "bob@example.org")
    )
    assert [answer.status_code for answer in (stranger, wrong, good, late)] == [403, 422, 200, 429]


LISTED = ("https://example.org", "https://xn--bcher-kva.example:8443")


@pytest.mark.parametrize(
    ("origin", "referer", "allowed"),
    [
        ("https://example.org", "", True),
        ("https://xn--bcher-kva.example:8443", "", True),
        ("https://receiver.test", "", True),  # our own page, behind a proxy that ends TLS
        ("http://receiver.test", "", True),
        ("", "", True),
        ("", "https://example.org", True),
        ("", "https://example.org/join/?a=b", True),
        ("", "about:client", False),
        ("http://example.org", "", False),
        ("https://example.org:443", "", False),  # no browser writes it so
        ("https://EXAMPLE.org", "", False),
        ("https://example.org/", "", False),
        ("https://example.org.evil.test", "", False),
        ("https://own.example.org", "", False),
        ("https://evil.test/https://example.org", "", False),
        ("https://example.org@evil.test", "", False),
        ("null", "", False),
        ("null", "https://example.org/", False),
        ("file://", "", False),
        ("ftp://receiver.test", "", False),
        ("receiver.test", "", False),
        ("", "https://receiver.test@evil.test/", False),
        ("", "https:///example.org", False),
        ("https://evil.test", "https://example.org/", False),
    ],
)
def test_an_allowlist(origin, referer, allowed):
    assert origin_allowed(source_of(origin, referer), "receiver.test", LISTED) is allowed
    assert origin_allowed(source_of(origin, referer), "receiver.test", ())


def test_pages_that_hide_may_be_listed():
    assert origin_allowed("null", "receiver.test", ("null",))


@given(st.text(), st.text(), st.text())
def test_any_header_is_judged(origin, referer, host):
    source = source_of(origin, referer)
    assert origin_allowed(source, host, LISTED) or source not in ("", *LISTED)


def test_a_request_without_a_host_matches_no_page_without_one():
    assert not origin_allowed("https://", "", LISTED)


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "GET"])
@pytest.mark.parametrize("origin", ["https://example.org", "https://evil.test", "null", None])
def test_every_page_may_read_why_it_is_refused(world, method, origin):
    world.serve_form(FORM, origins=LISTED)
    headers = {"Accept": "application/json"} | ({"Origin": origin} if origin else {})
    for path in ("/f/chicago", "/f/nobody"):
        assert world.send(method, path, data=ADA, headers=headers).headers["access-control-allow-origin"] == "*"


def test_who_is_refused_gets_the_words_back(world):
    world.serve_form(FORM, origins=LISTED)
    answer = world.post(ADA, headers={"Origin": "https://evil.test"})
    assert (answer.status_code, codes(answer)) == (403, ["BLOCKED"])
    assert "ada@example.org" in world.post_page(ADA, headers={"Origin": "https://evil.test"}).text
    assert world.inbox() == []
