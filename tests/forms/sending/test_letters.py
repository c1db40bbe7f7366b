"""What letters say, and what no visitor can put into them."""

from dataclasses import replace
from email.policy import SMTPUTF8

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.forms.emails import is_email
from sitegen.forms.sending.envelope import Letterhead
from sitegen.forms.sending.letters import compose
from tests.forms.sending.post import parcel

HEAD = Letterhead("Ada's blog", "blog@example.org", "me@example.org")


def letter(kind="answer", answers=None, **more):
    made = parcel(kind, **(more | ({"answers": tuple(answers.items())} if answers else {})))
    return compose(HEAD, made, "A few people in Chicago")


def parts(message):
    return [part.get_content() for part in message.iter_parts()]


def test_the_author_reads_everything_and_answers_the_visitor():
    message = letter()
    assert message["To"] == "me@example.org"
    assert message["From"] == "Ada's blog <blog@example.org>"
    assert message["Reply-To"] == "ada@example.org"
    assert message["Subject"] == "A new answer (4f3a9c21)"
    assert message["Message-ID"] == "<msg_1@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    for body in parts(message):
        assert "A few people in Chicago" in body and "Count me in." in body


TO_VISITORS = ["confirmation", "place", "confirm"]


def to_visitor(kind):
    return compose(HEAD, replace(parcel(kind, target="ada@example.org"), token="f" * 32), "A few people in Chicago")


@pytest.mark.parametrize("kind", TO_VISITORS)
def test_what_visitors_get_holds_nothing_that_a_visitor_wrote(kind):
    message = to_visitor(kind)
    assert message["To"] == "ada@example.org"
    assert message["Reply-To"] == "me@example.org"
    assert "Chicago" not in message["Subject"]
    for body in parts(message):
        assert "Count me in." not in body and "4f3a9c21" in body


@pytest.mark.parametrize("kind", TO_VISITORS)
def test_visitors_read_which_call_it_is_about(kind):
    assert all("A few people in Chicago" in body for body in parts(to_visitor(kind)))


@pytest.mark.parametrize(
    ("answers", "reply"),
    [
        ({"name": "Ada"}, None),
        ({"email": "a@b.org,c@d.org"}, None),
        ({"email": "a@b.org", "_replyto": "c@d.org"}, None),
        ({"email": "a@b.org\r\nBcc: x@y.org"}, None),
        ({"_replyto": "a@b.org"}, "a@b.org"),
        ({"Email": "jürgen@bücher.example"}, "jürgen@xn--bcher-kva.example"),
    ],
)
def test_replies_go_to_exactly_one_good_address(answers, reply):
    assert letter(answers=answers)["Reply-To"] == reply


HOSTILE = st.text(st.sampled_from("a\r\n\x00\x0b\x1b\u2028\u202e\u0301<>&\"'{}%=é漢") | st.characters(codec="utf-8"))


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_visitor_adds_a_header_or_markup(name, value, title):
    made = parcel(answers=((name, value), ("email", "ada@example.org")))
    message = compose(HEAD, made, title)
    expected = ["From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted", "Reply-To"]
    assert [key for key in message if key not in ("MIME-Version", "Content-Type")] == expected
    assert all(len(str(message[key]).splitlines()) == 1 for key in expected)
    message.as_bytes(policy=SMTPUTF8)
    html = parts(message)[1]
    assert html.count("<") == html.count(">")
    assert "<script" not in html and "<img" not in html
    text = parts(message)[0]
    assert not {"\x00", "\x1b", "\x0b", "\u2028", "\u202e"} & set(text + html)


ADDRESSES = st.emails() | st.from_regex(r"[\\w.+-]{1,70}@[\\w.-]{1,80}\\.[\\w-]{1,70}", fullmatch=True)


@given(ADDRESSES)
def test_whatever_address_a_visitor_has_the_author_gets_the_letter(address):
    assume(is_email(address))
    made = parcel(answers=(("email", address),))
    message = compose(HEAD, made, "A call")
    assert message["To"] == "me@example.org"
    message.as_bytes(policy=SMTPUTF8)


def test_a_text_of_a_megabyte_ends_with_where_the_rest_is():
    made = parcel(answers=(("message", "x" * 1_000_000), *((f"f{number}", "y") for number in range(1000))))
    message = compose(HEAD, made, "A call")
    assert len(message.as_bytes(policy=SMTPUTF8)) < 200_000
    for part in parts(message):
        assert "the rest is in the inbox" in part and "801 more are in the inbox" in part


def test_words_that_need_joiners_keep_them():
    assert "علی\u200cرضا" in parts(letter(answers={"name": "علی\u200cرضا"}))[0]


def test_questions_read_as_on_the_page_and_a_ticked_box_is_agreed_to():
    made = parcel(answers=(("note", "Yes!"), ("list_me", "yes"), ("other", "1")))
    labels = {"note": "What do you bring?", "list_me": "Name me on the page"}
    text, html = parts(compose(HEAD, made, "A call", labels))
    assert "What do you bring?:\n  Yes!" in text and "Name me on the page:\n  agreed" in text and "other:\n  1" in text
    assert "list_me" not in text + html


def test_the_whole_letter_is_light_or_dark():
    head, body = parts(letter())[1].split("<body")
    assert '<meta name="color-scheme" content="light dark">' in head and "color-scheme" not in body


@pytest.mark.parametrize("sign", "\u061c\u200b\u200e\u200f\u2060\ufeff")
def test_signs_that_hide_themselves_are_not_sent(sign):
    assert sign not in "".join(parts(letter(answers={f"na{sign}me": f"A{sign}da"})))


def test_no_answer_looks_like_the_next_question():
    text = parts(letter(answers={"a\nemail": "x", "note": "1\u2028email:\x0b  me@evil.example"}))[0]
    assert "\nemail" not in text and "  email:\n" in text
