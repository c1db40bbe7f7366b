"""What letters say, and what no visitor can put into them."""

from email.policy import SMTPUTF8

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize("kind", ["confirmation", "place"])
def test_what_visitors_get_holds_nothing_that_a_visitor_wrote(kind):
    message = letter(kind, target="ada@example.org")
    assert message["To"] == "ada@example.org"
    assert message["Reply-To"] == "me@example.org"
    assert "Chicago" not in message["Subject"]
    for body in parts(message):
        assert "Count me in." not in body and "4f3a9c21" in body


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
