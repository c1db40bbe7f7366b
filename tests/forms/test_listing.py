"""Pages, search, counts and days of an inbox, on both databases."""

import unicodedata
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from sitegen.forms.inbox.database import connect, parse_database, transaction
from sitegen.forms.inbox.listing import ALL, Cursor, Filter, counted_page, parse_cursor
from sitegen.forms.inbox.places import Terms
from sitegen.forms.inbox.schema import migrate
from sitegen.forms.inbox.searching import folded, words_of
from sitegen.forms.inbox.store import Store
from tests.forms.test_store import entry, fill
from tests.forms.world import NOON


def names(submissions):
    return [submission.answers[0][1] for submission in submissions]


def found(store, text, **more):
    return names(store.page_of(Filter(text=text, **more), 50).submissions)


def pages(store, wanted, size):
    """The names on each page from the first on, and again on the way back."""
    page, there = store.page_of(wanted, size), []
    while True:
        there.append(names(page.submissions))
        if page.older is None:
            break
        page = store.page_of(wanted, size, page.older)
    back = [names(page.submissions)]
    while page.newer is not None:
        page = store.page_before(wanted, size, page.newer)
        back.append(names(page.submissions))
    return there, back


@pytest.mark.parametrize("size", [1, 2, 3, 5, 9])
def test_pages_have_each_submission_once_newest_first(store, size):
    for at, name in enumerate("abcdef"):  # two at each moment
        fill(store, name, created=NOON + timedelta(minutes=at // 2))
    there, back = pages(store, ALL, size)
    assert "".join(name for page in there for name in page) == "fedcba"
    assert back[-1] == there[0] and all(len(page) == size for page in back[1:-1])


def test_a_page_goes_on_where_it_ended_whatever_came_and_went(store):
    made = fill(store, *"abcd")
    page = store.page_of(ALL, 2)
    store.delete(made[2].id)  # the last of that page
    fill(store, "e")
    assert names(store.page_of(ALL, 2, page.older).submissions) == ["b", "a"]


def test_pages_of_some(store):
    fill(store, *"abc")
    fill(store, *"xyz", form="g", spam="why")
    assert pages(store, Filter("f"), 2)[0] == [["c", "b"], ["a"]]
    assert pages(store, Filter(states=("spam", "joined")), 2)[0] == [["z", "y"], ["x"]]
    assert pages(store, Filter("f", ("spam",)), 2)[0] == [[]]


def test_the_newest_first_where_that_is_wanted(store):
    fill(store, *"abc")
    assert names(store.each(newest_first=True)) == ["c", "b", "a"]


def test_until_is_the_first_moment_that_is_not_wanted(store):
    fill(store, "a")
    fill(store, "b", created=NOON + timedelta(days=1))
    assert names(store.each(Filter(until=NOON + timedelta(days=1)))) == ["a"]
    assert names(store.each(Filter(since=NOON + timedelta(days=1)))) == ["b"]


def test_a_cursor_is_read_from_what_it_is_written_as():
    cursor = Cursor(NOON, 7)
    assert parse_cursor(str(cursor)) == cursor
    for text in ("", "7", f"{cursor}0" * 9, str(cursor).replace("2026-05", "2026-99"), str(cursor).replace("7", "٧")):
        assert parse_cursor(text) is None


def test_search_finds_words_in_values_names_and_ids_in_any_form(store):
    (zoe, _) = fill(store, "Zoë Straße", "Bob ﬁne 100%_sure\\")
    for text in (
        "zoë",
        "ZOE",
        "STRASSE zo",
        "stra\N{LATIN SMALL LETTER SHARP S}e",
        "zoe\u0308",
        "name zoe",
        zoe.id[3:],
    ):
        assert found(store, text) == ["Zoë Straße"]
    assert found(store, "fine") == ["Bob ﬁne 100%_sure\\"]
    assert found(store, "zoe bob") == []


@pytest.mark.parametrize("text", ["%", "_", "100%", "%_", "\\", "sure\\"])
def test_search_has_no_special_signs(store, text):
    fill(store, "Ada", "Bob 100%_sure\\")
    assert found(store, text) == ["Bob 100%_sure\\"]


@pytest.mark.parametrize(
    "text", ["' OR 1=1 --", "*", "a%a", '"', "/", "[a-z]", "\x00", "\ud800", "x" * 60_000, "y " * 9000]
)
def test_what_is_not_there_is_not_found(store, text):
    fill(store, "Ada")
    assert found(store, text) == []


def test_search_within_a_form_and_a_state(store):
    fill(store, "Ada", "Bob")
    fill(store, "Ada of g", form="g", spam="why")
    assert found(store, "ada", form="g") == ["Ada of g"]
    assert found(store, "ada", states=("new",)) == ["Ada"]


@given(st.text(max_size=40))
def test_what_is_folded_once_is_folded(text):
    once = folded("", (("", text),))
    assert folded("", (("", once),)).strip("\n") == once.strip("\n")
    assert words_of(unicodedata.normalize("NFD", text)) == words_of(unicodedata.normalize("NFC", text))


STATES = st.sampled_from([None, ("spam",), ("new", "spam", "joined")])
SIGNS = st.text("abzäß%_/\\'\"* ", max_size=6)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(SIGNS, max_size=8),
    SIGNS,
    st.sampled_from([None, "f", ("f", "g")]),
    st.sampled_from([None, ("spam",), ("new", "spam", "joined")]),
)
def test_words_find_what_a_plain_look_finds(store, texts, text, form, states):
    for one in list(store.each()):
        store.delete(one.id)
    for at, name in enumerate(texts):
        fill(store, name, form="fg"[at % 2], spam="why" if at % 3 else "", created=NOON + timedelta(minutes=at // 2))
    forms = ("f", "g") if form is None else form
    plain = [
        one.id
        for one in store.each(newest_first=True)
        if all(word in folded(one.id, one.answers) for word in words_of(text))
        and one.form in forms
        and (states is None or one.state in states)
    ]
    page, number = store.counted_page(Filter(form, states, text=text), 50, 1000)
    assert ([one.id for one in page.submissions], number) == (plain, len(plain))


@pytest.mark.parametrize("most", [1, 4, 7, 1000])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 9])
def test_a_page_that_is_counted_is_the_same_page(store, size, most):
    fill(store, *"xyz")
    made = [fill(store, f"{at} zoe", created=NOON + timedelta(minutes=at // 2))[0] for at in range(7)]
    wanted = Filter(text="ZOE")  # in no id: those are hexadecimal
    store.delete(made[4].id)  # a cursor may be at one that is gone
    for cursor in [Cursor(one.created, 0 if one is made[4] else number) for number, one in enumerate(made, 4)]:
        older = store.counted_page(wanted, size, most, after=cursor)
        newer = store.counted_page(wanted, size, most, before=cursor)
        assert older == (store.page_of(wanted, size, cursor), min(6, most))
        assert newer == (store.page_before(wanted, size, cursor), min(6, most))
    assert store.counted_page(wanted, size, most) == (store.page_of(wanted, size), min(6, most))


@pytest.mark.parametrize("form", [None, "f", ("f", "g")])
@pytest.mark.parametrize("states", [None, ("new",), ("new", "spam", "waitlist")])
def test_sqlite_looks_for_words_in_their_index_alone(tmp_path, form, states):
    engine, lines = connect(parse_database(str(tmp_path / "inbox.db"))), []
    migrate(engine)
    event.listen(engine, "before_cursor_execute", lambda *one: lines.append((one[2], one[3])))
    with transaction(engine) as connection:
        counted_page(connection, Filter(form, states, text="ada bob", since=NOON), 50, 1000)
        text, values = next(line for line in lines if "LIKE" in line[0])
        (plan,) = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all()
    engine.dispose()
    assert "USING COVERING INDEX submissions_search" in plan.detail


def test_counts(store):
    fill(store, "a", "b", capacity=1)
    fill(store, "c", form="g", spam="why")
    assert store.counts() == {"f": {"new": 1, "waitlist": 1}, "g": {"spam": 1}}
    assert (store.count(), store.count(Filter("f")), store.count(Filter(text="a"))) == (3, 2, 3)
    assert (store.count(most=2), store.count(Filter("g"), most=2)) == (2, 1)


def test_counts_are_those_of_now_whoever_wrote(store):
    one, two = fill(store, "a", "b")
    with closing(Store(store.url)) as another:
        both = store, another
        for at, (writer, reader) in enumerate(product(both, both)):
            fill(writer, f"more {at}")
            number = store.count()
            assert store.counts() == another.counts() == {"f": {"new": number}}
            writer.mark(one.id, "spam")
            assert reader.counts() == {"f": {"new": number - 1, "spam": 1}}
            writer.mark(one.id, "new")
            reader.counts()["f"].clear()  # what one is given is one's own
            assert reader.counts() == {"f": {"new": number}}
        another.delete_all([one.id, two.id])
        assert store.counts() == another.counts() == {"f": {"new": 4}}


@pytest.mark.parametrize("states", [("spam",), ("new", "spam", "waitlist")])
def test_a_word_is_found_by_its_rarest_letter_and_whole(store, states):
    fill(store, "crazily", "zily", "so crazily")
    assert found(store, "crazily", states=states) == (["so crazily", "crazily"] if "new" in states else [])


def test_days_are_those_of_utc(store):
    for hours, name in ((0, "a"), (11, "b"), (12, "c"), (60, "d")):
        fill(store, name, created=NOON + timedelta(hours=hours), form="g" if name == "b" else "f")
    assert store.days(ALL, NOON) == ((date(2026, 5, 6), 2), (date(2026, 5, 7), 1), (date(2026, 5, 9), 1))
    assert store.days(Filter("f"), NOON + timedelta(hours=1)) == ((date(2026, 5, 7), 1), (date(2026, 5, 9), 1))
    assert store.days(Filter(since=NOON + timedelta(days=1)), NOON) == ((date(2026, 5, 9), 1),)


def test_what_a_form_said_last_is_known(store):
    one = entry(capacity=1, letters=True, title="Chicago", keep=90)
    store.accept(one)
    store.accept(replace(entry("Bob"), form="a"))
    assert store.forms() == {"a": Terms(), "f": Terms(1, True, "Chicago", 90)}
    store.accept(replace(one, answers=(("name", "Eve"),), title="Chicago, again", keep=None))
    assert store.forms()["f"] == Terms(1, True, "Chicago, again")
    assert (store.taken("f"), store.taken("x")) == (1, 0)
