"""Answers against the description of their form."""

import time

import pytest

from sitegen.forms.description import Field
from sitegen.forms.emails import is_email
from sitegen.forms.validation import check, tidied
from tests.forms.world import FORM, form_of


def problems(field, *values, name="x"):
    return [error.code for error in check(form_of(field), tuple((name, value) for value in values))]


@pytest.mark.parametrize(
    ("field", "values", "codes"),
    [
        (Field("x"), [], []),
        (Field("x"), [""], []),
        (Field("x", required=True), [], ["REQUIRED_FIELD_MISSING"]),
        (Field("x", required=True), [""], ["REQUIRED_FIELD_EMPTY"]),
        (Field("x", max_length=3), ["abc"], []),
        (Field("x", max_length=3), ["abcd"], ["TYPE_TEXT"]),
        (Field("x", min_length=3), ["ab"], ["TYPE_TEXT"]),
        (Field("x", max_length=3), ["a", "bcde"], ["TYPE_TEXT"]),
        (Field("x", "email"), ["a@b.org"], []),
        (Field("x", "email"), ["a@b"], ["TYPE_EMAIL"]),
        (Field("x", "email"), ["a@b.org", "c@d.org"], ["TYPE_EMAIL"]),
        (Field("x", "number"), ["-1.5e3"], []),
        (Field("x", "number"), ["1e999"], ["TYPE_NUMERIC"]),
        (Field("x", "number"), ["nan"], ["TYPE_NUMERIC"]),
        (Field("x", "number"), ["٣"], ["TYPE_NUMERIC"]),
        (Field("x", "number"), ["9" * 5000], ["TYPE_NUMERIC"]),
        (Field("x", "number", minimum=18, maximum=99), ["17"], ["TYPE_NUMERIC"]),
        (Field("x", "number", minimum=18, maximum=99), ["99"], []),
        (Field("x", "number", minimum=18, maximum=99), ["99.5"], ["TYPE_NUMERIC"]),
        (Field("x", "date"), ["2026-02-28"], []),
        (Field("x", "date"), ["2026-02-30"], ["TYPE_TEXT"]),
        (Field("x", "date"), ["28.2.2026"], ["TYPE_TEXT"]),
        (Field("x", "date", minimum="2026-01-01"), ["2025-12-31"], ["TYPE_TEXT"]),
        (Field("x", "url"), ["https://example.org/a?b"], []),
        (Field("x", "url"), ["javascript:alert(1)"], ["TYPE_TEXT"]),
        (Field("x", "url"), ["example.org"], ["TYPE_TEXT"]),
        (Field("x", "select", options=("A", "B")), ["A"], []),
        (Field("x", "select", options=("A", "B")), ["C"], ["TYPE_TEXT"]),
        (Field("x", "radio", options=("A", "B")), ["A", "B"], ["TYPE_TEXT"]),
        (Field("x", "checkbox", options=("A", "B")), ["A", "B"], []),
        (Field("x", "checkbox", options=("A", "B")), ["A", "C"], ["TYPE_TEXT"]),
        (Field("x", "checkbox", required=True), ["yes"], []),
        (Field("x", "checkbox", required=True), ["false"], ["REQUIRED_FIELD_EMPTY"]),
        (Field("x", "tel"), ["+49 (0)30 1234"], []),
        (Field("x", "hidden"), ["anything"], []),
    ],
)
def test_each_kind_of_field(field, values, codes):
    assert problems(field, *values) == codes


@pytest.mark.parametrize(
    "address",
    [
        "a@b.org",
        "first.last+tag@sub.example.co.uk",
        "o'neil@example.org",
        "josé@exämple.org",
        "用户@例子.公司",
        "a@xn--exmple-cua.org",
        "a" * 64 + "@b.org",
    ],
)
def test_addresses(address):
    assert is_email(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "@b.org",
        "a@",
        "a@b",
        "a b@c.org",
        "a@b..org",
        "a@b.org.",
        ".a@b.org",
        "a..b@c.org",
        "a@-b.org",
        "a@b.org,c@d.org",
        "a@b.org\nBcc:x@y.org",
        "a@b.org\r\nBcc: x@y.org",
        "a@b.org\u2028x",
        "a@b.org\x00",
        '"a b"@c.org',
        "a@[127.0.0.1]",
        "Ada <a@b.org>",
        "a@b_c.org/",
        "a" * 65 + "@b.org",
        "a@" + "b." * 200 + "org",
    ],
)
def test_what_is_no_address(address):
    assert not is_email(address)


def test_a_hostile_address_takes_no_time():
    started = time.perf_counter()
    is_email("a." * 100_000 + "@" + "b-" * 100_000 + ".org!")
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize("name", ["email", "_replyto"])
def test_addresses_that_the_form_does_not_declare(name):
    form = form_of(Field("note"))
    assert check(form, ((name, "a@b.org"),)) == ()
    assert check(form, ((name, ""),)) == ()
    assert [error.code for error in check(form, ((name, "a@b.org,c@d.org"),))] == ["TYPE_EMAIL"]


def test_stray_blanks_are_ignored():
    answers = tidied((("name", "  Ada \n"), ("email", "\ta@b.org ")))
    assert answers == (("name", "Ada"), ("email", "a@b.org"))
    assert check(FORM, answers) == ()


def test_undeclared_names_are_data():
    assert check(FORM, (("name", "Ada"), ("email", "a@b.org"), ("other", "x" * 100_000))) == ()


def test_words_name_the_question():
    form = form_of(
        Field("a", label="Name", required=True),
        Field("b", "checkbox", label="I agree to " + "everything " * 20 + ".", required=True),
        Field("c", "radio", label="Which day?", options=("Mon",), required=True),
    )
    assert [error.message for error in check(form, ())] == [
        "Please fill in “Name”.",
        "Please tick “I agree to everything everything everything everything everything everything ev…”.",
        "Please choose an answer to “Which day?”.",
    ]
