"""What a form is: from front matter to `Form`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sitegen.errors import Problem
from sitegen.forms.description import STANDARD_FIELDS, Form, Members
from sitegen.forms.reading.forms import FormReader
from sitegen.marked import Origin, read_yaml

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str, **named: str) -> tuple[Form | None, list[Problem]]:
    """The form of a post whose front matter is that text."""
    found: list[Problem] = []
    marked = read_yaml(text)
    forms = {name: (read_yaml(form).value, Origin("sitegen.toml", form)) for name, form in named.items()}
    reader = FormReader(BERLIN, found.append, forms, endpoint="")
    origin = Origin("x.md", text, marked.lines, marked.words).at("form")
    return reader.read(marked.value["form"], "the-slug", "The title", origin), found


def form_of(text: str, **named: str) -> Form:
    form, problems = read(text, **named)
    assert problems == []
    assert form is not None
    return form


def test_true_is_name_email_message() -> None:
    form = form_of("form: true")
    assert (form.id, form.title, form.fields) == ("the-slug", "The title", STANDARD_FIELDS)
    assert [(field.name, field.required) for field in form.fields] == [
        ("name", True),
        ("email", True),
        ("message", False),
    ]


@pytest.mark.parametrize("text", ["form: false", "form:"])
def test_none(text: str) -> None:
    assert read(text) == (None, [])


def test_a_name_from_the_configuration_is_the_id() -> None:
    assert form_of("form: chicago", chicago="capacity: 3").capacity == 3
    assert form_of("form: chicago", chicago="capacity: 3").id == "chicago"


def test_fields_have_sensible_types_and_labels() -> None:
    form = form_of(
        "form: {fields: {email: , first_name: {}, message: {required: true}, site: url, age: {type: number}}}"
    )
    assert [(field.label, field.type) for field in form.fields] == [
        ("E-mail", "email"),
        ("First name", "text"),
        ("Message", "textarea"),
        ("Site", "url"),
        ("Age", "number"),
    ]


def test_a_list_of_names_will_do() -> None:
    assert [field.name for field in form_of("form: {fields: [name, email]}").fields] == ["name", "email"]


def test_options_are_what_was_written() -> None:
    form = form_of("form: {fields: {when: {type: select, options: [Yes, No, 1.10, 2024-01-01]}}}")
    assert form.fields[0].options == ("Yes", "No", "1.10", "2024-01-01")


@pytest.mark.parametrize(
    ("keep", "days"), [("keep: 90 days", 90), ("keep: 2 weeks", 14), ("keep: forever", None), ("submit: Go", 365)]
)
def test_how_long_answers_are_kept(keep: str, days: int | None) -> None:
    reader = FormReader(BERLIN, lambda problem: pytest.fail(problem.message), keep=365)
    form = reader.read(read_yaml(keep).value, "a", "A", Origin("x.md", keep))
    assert form is not None and form.keep == days


def test_the_label_of_a_consent_is_plain_and_its_words_are_markdown() -> None:
    form = form_of('form: {consent: "I agree to the [rules](/rules/), **all** of them."}')
    assert form.consent == "I agree to the [rules](/rules/), **all** of them."
    assert form.fields[-1].label == "I agree to the rules, all of them."


def test_consent_is_a_box_that_must_be_ticked() -> None:
    box = form_of("form: {consent: You may write to me.}").fields[-1]
    assert (box.name, box.type, box.required, box.label) == ("consent", "checkbox", True, "You may write to me.")


def test_closes_at_the_end_of_the_day_in_the_sites_zone() -> None:
    form = form_of("form: {closes: 2026-12-31}")
    assert form.is_open(datetime(2026, 12, 31, 23, 59, 58, tzinfo=BERLIN))
    assert not form.is_open(datetime(2027, 1, 1, 0, 0, 0, tzinfo=BERLIN))


def test_closes_at_a_moment() -> None:
    form = form_of("form: {closes: 2026-12-31 18:00}")
    assert not form.is_open(datetime(2026, 12, 31, 18, 1, tzinfo=BERLIN))


def test_a_hosted_endpoint() -> None:
    form = form_of("form: {endpoint: 'https://formspree.io/f/abcdwxyz'}")
    assert (form.hosted, form.endpoint) == (True, "https://formspree.io/f/abcdwxyz")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("form: 3", 1, "neither true, nor a name"),
        ("form: chicgo", 1, 'no form "chicgo"'),
        ("form:\n  fields:\n    role: {type: selct}", 3, 'no field type "selct"'),
        ("form:\n  fields:\n    role: {type: select}", 3, "needs options"),
        ("form:\n  fields:\n    _role: {}", 3, 'cannot be called "_role"'),
        ("form:\n  fields:\n    a: {reqired: true}", 3, 'no setting "reqired"'),
        ("form:\n  fields:\n    a: {required: maybe}", 3, "neither true nor false"),
        ("form:\n  fields:\n    a: {min_length: 5, max_length: 2}", 3, "greater than"),
        ("form:\n  fields:\n    a: {type: number, min: 5, max: 2}", 3, "greater than"),
        ("form:\n  fields: {}", 2, "not a mapping of names"),
        ("form:\n  capacity: many", 2, "whole number"),
        ("form:\n  capacity: 0", 2, "whole number"),
        ("form:\n  closes: someday", 2, "is not a date"),
        ("form:\n  endpoint: formspree.io/f/x", 2, "no web address"),
        ("form:\n  sumbit: Go", 2, 'no setting "sumbit"'),
    ],
)
def test_what_is_wrong_has_a_line(text: str, line: int, words: str) -> None:
    form, problems = read(text, chicago="capacity: 3")
    assert form is not None  # what else names the call is not told, too
    assert [problem.line for problem in problems] == [line]
    assert words in problems[0].message


def test_all_problems_at_once() -> None:
    _, problems = read("form:\n  capacity: x\n  closes: y\n  fields:\n    a: {type: b}\n    c: {d: e}")
    assert [problem.line for problem in problems] == [5, 6, 2, 3]


def test_every_part_of_a_description() -> None:
    text: Any = "form: {intro: I, submit: S, thanks: T, capacity: 2, fields: {a: {hint: H, value: V, max_length: 9}}}"
    form = form_of(text)
    assert (form.intro, form.submit, form.thanks, form.capacity) == ("I", "S", "T", 2)
    assert (form.fields[0].hint, form.fields[0].value, form.fields[0].max_length) == ("H", "V", 9)


def test_members_are_named_by_a_box_that_is_free() -> None:
    form = form_of("form: {members: {about: role}, fields: {name: {}, role: {label: 'Your role?'}}}")
    assert form.members == Members("name", "role")
    box = form.fields[-1]
    assert (box.name, box.type, box.required, box.value) == ("list_me", "checkbox", False, "")
    assert box.label == "If I am in, you may show my answer to “Name” and “Your role?” on the page of this call."
    assert form_of("form: {members: true}").members == Members()
    assert form_of("form: {members: {label: Name me}}").fields[-1].label == "Name me"
    assert form_of("form: {members: false}").fields == STANDARD_FIELDS


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ("members: {name: email}", "the answers to `email` are never shown"),
        ("members: {about: mesage}", 'the form has no field "mesage" for its members'),
        ("members: {about: consent}, consent: Agreed", "the answers to `consent` are never shown"),
        ("members: {mail: name}", '`members` has no setting "mail"'),
        ("members: yes please", "`members` is neither true nor a mapping"),
        (
            "members: true, fields: {name: {}, list_me: {type: checkbox, required: true}}",
            "`list_me` has to be a box that nobody must tick",
        ),
        (
            "members: true, fields: {name: {}, list_me: {type: checkbox, value: 'yes'}}",
            "`list_me` has to be a box that nobody must tick",
        ),
    ],
)
def test_members_that_cannot_be(told: str, message: str) -> None:
    _, problems = read(f"form: {{{told}}}")
    assert [problem.message for problem in problems] == [message]


def test_places_are_shown_where_somebody_counts_them() -> None:
    assert form_of("form: {capacity: 3}").public_capacity == 3
    assert form_of("form: {capacity: 3, show_places: false}").public_capacity is None
    assert form_of("form: {capacity: 3, endpoint: 'https://formspree.io/f/abc'}").public_capacity is None
