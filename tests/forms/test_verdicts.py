"""What looks like spam, and what does not."""

import base64
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.forms.description import Field
from sitegen.forms.judgement.durations import seconds_on_page
from sitegen.forms.judgement.free_texts import free_texts, repeated, sender_of, text_digest, web_addresses
from sitegen.forms.judgement.verdicts import AUTOFILL, SIGNALS, Evidence, verdict
from tests.forms.world import ADA, FORM, NOON, form_of

LINKS = "https://a.example www.b.example http://c.example"
FAST, FAST_TEXT = 0.05, "it was sent within 2 seconds of opening the page"
NAMED = tuple((ADA | {"name": "www.pills.example"}).items())
LINKED = tuple((ADA | {"message": LINKS}).items())
PLAIN = tuple(ADA.items())
LONG = (
    "I have led teams for ten years, and would like to meet others who do so in this city, once a month: over dinner, "
    "on a walk along the lake, or wherever the others like to meet."
)


@pytest.mark.parametrize(
    ("evidence", "signals"),
    [
        (Evidence(FORM, PLAIN), []),
        (Evidence(FORM, PLAIN, trap="  "), []),
        (Evidence(FORM, PLAIN, seconds=FAST), []),  # autofill, and whoever tests forms with a browser
        (Evidence(FORM, LINKED), []),
        (Evidence(FORM, NAMED), []),
        (Evidence(FORM, PLAIN, proof="forged"), []),
        (Evidence(FORM, tuple((ADA | {"message": "See https://a.example"}).items()), seconds=FAST), []),
        (Evidence(FORM, LINKED, seconds=2.0), []),
        (Evidence(FORM, LINKED, seconds=FAST), ["haste", "many addresses"]),
        (Evidence(FORM, NAMED, seconds=FAST), ["haste", "address as name"]),
        (Evidence(FORM, PLAIN, seconds=FAST, proof="forged"), ["haste", "forged proof"]),
        (Evidence(FORM, LINKED, seconds=FAST, proof="valid"), []),
        (Evidence(FORM, LINKED, trap="x", seconds=FAST, proof="valid"), ["honeypot"]),
        (Evidence(FORM, LINKED, trap="x"), ["honeypot", "many addresses"]),
        (Evidence(FORM, PLAIN, trap="Ada"), ["honeypot"]),
    ],
)
def test_one_that_decides_or_two_weak_ones(evidence, signals):
    words = [signal.words for signal in SIGNALS if signal.name in signals]
    assert verdict(evidence).removesuffix(f"; {AUTOFILL}") == "; ".join(words)


@pytest.mark.parametrize(("trap", "seconds", "person"), [("Ada", 60, True), ("http://x.y", 60, False), ("x", 0, False)])
def test_a_browser_that_filled_the_hidden_field_is_told_from_a_robot(trap, seconds, person):
    assert (AUTOFILL in verdict(Evidence(FORM, PLAIN, trap, seconds))) is person


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        (Field("website", "url"), LINKS),
        (Field("source", "hidden", value=LINKS), LINKS),
        (Field("topic", "select", options=(LINKS,)), LINKS),
        (Field("note", "textarea", value=LINKS), LINKS),  # the author's own words
        (Field("note", "textarea", value=LINKS), f"{LINKS} Yes!"),
        (Field("surname"), "Wwwright"),
        (Field("domain_name"), "www.ada.example"),
    ],
)
def test_what_a_field_asks_for_is_no_sign(field, answer):
    assert not verdict(Evidence(form_of(field), ((field.name, answer), ("page", LINKS)), seconds=FAST))


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("a.b c/d", 0), ("https://www.a.example/?u=https://b.example", 2), ("[url=HTTP://a.b]x[/url]", 1)],
)
def test_web_addresses(text, count):
    assert web_addresses(text) == count


def session(**said):
    return base64.b64encode(json.dumps(said).encode()).decode()


NOW = NOON.timestamp() * 1000


@pytest.mark.parametrize(
    ("stay", "header", "seconds"),
    [
        ("", "", None),
        ("1500", "", 1.5),
        ("1500", session(loadedAt=NOW - 9000), 1.5),  # the clock that nobody sets goes first
        ("-5", "", None),
        ("٣", "", None),
        ("9" * 400, "", None),
        ("", session(loadedAt=NOW - 100, webdriver=True), 0.1),
        ("", session(loadedAt=NOW + 60_000), None),  # a clock that is fast
        ("", session(loadedAt=NOW - 86_400_000), 86_400),  # one that is slow
        ("", session(loadedAt=0), None),
        ("", session(loadedAt=True), None),
        ("", session(loadedAt="soon"), None),
        ("", session(loadedAt=10**400), None),
        ("", session(loadedAt=float("nan")), None),
        ("", session(loadedAt=float("inf")), None),
        ("", session(webdriver=False), None),
        ("", base64.b64encode(b"[" * 700).decode(), None),
        ("", base64.b64encode(b"7").decode(), None),
        ("", "not base64", None),
        ("", "ä" * 10, None),
        ("", "A" * 5000, None),
    ],
)
def test_how_long_a_visitor_had_the_page(stay, header, seconds):
    assert seconds_on_page(stay, header, NOON) == pytest.approx(seconds)


JSON = st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=5)


@given(st.text(), st.text() | st.dictionaries(st.just("loadedAt") | st.text(), JSON).map(lambda it: session(**it)))
def test_nonsense_is_no_time(stay, header):
    seconds = seconds_on_page(stay, header, NOON)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    ("message", "counts"),
    [
        ("hello", False),
        ("x" * 149, False),
        ("x" * 150, True),
        ("https://acme.example/about", False),  # three colleagues may name one employer
        ("see https://acme.example", True),
        (" " * 100, False),
    ],
)
def test_texts_that_are_worth_comparing(message, counts):
    assert (text_digest(free_texts(FORM, (*PLAIN, ("message", message)))) is not None) is counts


def test_blanks_and_the_case_of_letters_do_not_matter():
    same = ["  ".join(LONG.upper().split(" ")), f"\n{LONG}\n", LONG]
    assert len({text_digest(free_texts(FORM, (("message", text),))) for text in same}) == 1
    assert text_digest([("message", LONG + "!")]) != text_digest([("message", LONG)])


def test_the_words_of_the_author_are_no_text_of_the_visitor():
    prefilled = form_of(Field("message", "textarea", value=LONG), Field("ok", "checkbox", options=(LONG,)))
    assert text_digest(free_texts(prefilled, (("message", LONG), ("ok", LONG), ("unknown", LONG)))) is None


def someone(name, email="x@example.org"):
    return (("name", name), ("email", email), ("message", LONG))


@pytest.mark.parametrize(
    ("earlier", "spam"),
    [
        ([], False),
        ([someone("b")], False),
        ([someone("b"), someone("c")], True),
        ([someone("a", "y@example.org"), someone("a", "z@example.org")], True),
        ([someone("b"), someone("b")], False),
        ([someone("A "), someone("a")], False),  # one person who writes to three calls
        ([(("message", LONG),)] * 5, False),  # a form that asks for no name
        ([someone(name) for name in "abcdefg"], True),
    ],
)
def test_the_third_sender_of_one_text(earlier, spam):
    assert bool(repeated(sender_of(someone("a")), set(map(sender_of, earlier)))) is spam


def test_a_form_may_ask_for_names_in_several_fields():
    whole = replace(FORM, fields=(Field("First_Name"), Field("last name")))
    assert verdict(Evidence(whole, (("First_Name", "www.a.b"),), seconds=FAST))


@pytest.mark.both_databases
def test_one_text_from_three_people_is_spam_and_can_be_recovered(world):
    for name, message in (("Ada", LONG), ("Bob", f" {LONG.upper()}"), ("Eve", LONG)):
        assert world.post({"name": name, "email": f"{name}@example.org", "message": message}).json()["ok"] is True
    third = world.inbox()[2]
    assert [one.state for one in world.inbox()] == ["new", "new", "spam"]
    assert third.reason == "the same text came from 3 senders or more within a day"
    assert world.store.mark(third.id, "new").submission.state == "new"


def test_many_may_say_hello(world):
    for at in range(5):
        world.post({"name": f"n{at}", "email": f"n{at}@example.org", "message": "Hello, count me in!"})
    assert {one.state for one in world.inbox()} == {"new"}


def test_the_clients_of_formspree_say_when_the_page_was_loaded(world):
    header = {"Formspree-Session-Data": session(loadedAt=NOW - 90, webdriver=True)}
    world.post(ADA, headers=header)
    world.post(ADA | {"message": LINKS}, headers=header)
    assert [one.state for one in world.inbox()] == ["new", "spam"]
