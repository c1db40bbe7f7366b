"""What an inbox gives away for the pages of a site, on both databases."""

from dataclasses import replace

import pytest

from sitegen.forms.description import Members
from sitegen.forms.inbox.publishing import published
from sitegen.forms.inbox.store import Entry
from tests.forms.world import FORM, NOON

CALL = replace(FORM, capacity=2, members=Members("name", "about"))


def put(store, state="joined", **answers):
    said = {"email": "ada@example.org", "list_me": "yes", **answers}
    made = store.accept(Entry("chicago", None, tuple(said.items()), NOON)).submission
    store.mark(made.id, state)
    return made


def told(store, form=CALL):
    return published(store, form).as_json()


def test_places_and_members(store):
    put(store, name="Ada", about="CTO")
    put(store, name="Bob")
    put(store, "waitlist", name="Eve")
    members = [{"name": "Ada", "about": "CTO"}, {"name": "Bob"}]
    assert told(store) == {"taken": 2, "waitlist": 1, "members": members}


@pytest.mark.parametrize("state", ["new", "contacted", "declined", "spam", "waitlist"])
def test_only_who_is_in_is_named(store, state):
    put(store, state, name="Ada")
    assert "members" not in told(store)


@pytest.mark.parametrize("tick", ["", "off", "false", "no", "0", "False"])
def test_only_who_ticked_is_named(store, tick):
    put(store, name="Ada", list_me=tick)
    assert "members" not in told(store)


def test_who_is_deleted_or_not_in_any_more_is_not_named(store):
    ada, bob = put(store, name="Ada"), put(store, name="Bob")
    store.delete(ada.id)
    store.mark(bob.id, "declined")
    assert told(store) == {"taken": 0, "waitlist": 0}


def test_an_address_is_never_published(store):
    put(store, name="ada@example.org", about="x")
    put(store, name="Bob", about="or bob＠example.org")  # full width: people write to it all the same
    found = published(store, CALL)
    assert ([member.as_json() for member in found.members], found.left_out) == ([{"name": "Bob"}], 1)


def test_names_are_one_short_line_that_turns_nothing_round(store):
    put(store, name="A\u202eda\r\n\x1b[31m", about="é" * 500)
    (member,) = published(store, CALL).members
    assert member.name == "A da [31m"
    assert (len(member.about), member.about[-1]) == (300, "…")


@pytest.mark.parametrize("sign", "\u061c\u200b\u200e\u2060\ufeff")
def test_signs_that_hide_themselves_are_not_published(store, sign):
    put(store, name=f"{sign}Ada{sign}")
    assert published(store, CALL).members[0].name == "Ada"


def test_a_name_in_any_script_stays_whole(store):
    put(store, name="می‌خواهم 👩‍💻")  # with joiners, which are control characters too
    assert published(store, CALL).members[0].name == "می‌خواهم 👩‍💻"


@pytest.mark.parametrize("form", [FORM, replace(CALL, members=None, show_places=False)])
def test_what_the_form_does_not_show_is_not_told(store, form):
    put(store, name="Ada")
    assert told(store, form) == {}


@pytest.mark.parametrize(
    "name",
    [
        "Ada ada @example.org",
        "Ada ada@ example.org",
        "Ada ada @\u200bexample.org",
        "\u200d\u2060",
        "\u3164 \u2800",
        "\u0301\ufe0f",
        "A\u0301\u0302\u0303\u0304\u0305da",
        "A\u0301\u0302\u200d\u0303\u0304\u0305da",
    ],
)
def test_what_is_no_name_to_look_at_is_told_instead(store, name):
    put(store, name=name)
    found = published(store, CALL)
    assert (found.members, found.left_out) == ((), 1)


@pytest.mark.parametrize("name", ["Ada @ada", "Nguyễn Thị Ánh", "བསྒྲུབས", "שָׁלוֹם", "Ж", "(-:", "🧶", "1️⃣"])
def test_what_people_call_themselves_is_a_name(store, name):
    put(store, name=name)
    assert published(store, CALL).members[0].name == name
