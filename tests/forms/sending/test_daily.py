"""The letter of the day: one a day and address, whoever is there to put it, and what it tells."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.forms.inbox.store import Store
from sitegen.forms.sending.daily import DailyTimer, Plan, last_moment, plan_of
from sitegen.forms.sending.digest import compose_digest
from sitegen.forms.sending.envelope import Letterhead
from sitegen.forms.sending.senders import letterhead
from tests.forms.sending.test_outbox import LEASE, entry
from tests.forms.world import NOON, Clock

ME = "me@example.org"
CHICAGO = ZoneInfo("America/Chicago")
PLAN = Plan(time(8, 0), UTC, (ME,))
EIGHT = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)  # the first after noon of the sixth
HOST = "https://answers.example.org"
HEAD = Letterhead("Ada's blog", "blog@example.org", ME, HOST, f"{HOST}/inbox/")


def look(store, moment, plan=PLAN):
    put = []
    DailyTimer(plan, store, Clock(moment), lambda: put.append(1)).close()
    return len(put)


def letters(store, at=EIGHT + timedelta(days=30)):
    found = []
    while parcel := store.lease("mail", at, LEASE):
        store.settle(replace(parcel.delivery, state="sent"))
        found.append(parcel.delivery)
    return found


def told(store, delivery, head=HEAD):
    message = compose_digest(head, delivery, store.digest(delivery), UTC)
    text, html = (part.get_content() for part in message.iter_parts())
    return message, text, html


def test_it_is_put_once_however_often_somebody_looks(store):
    store.accept(entry(notices=()))
    assert look(store, EIGHT + timedelta(seconds=30)) == 0  # what came just before may be on its way still
    assert [look(store, EIGHT + timedelta(minutes=minutes)) for minutes in (1, 2, 600)] == [1, 0, 0]
    assert [one.created for one in letters(store)] == [EIGHT]


def test_several_receivers_at_once_put_one(database):
    stores = [Store(database) for _ in range(4)]
    stores[0].accept(entry(notices=()))
    begin, put = threading.Barrier(4), []

    def one(store):
        begin.wait()
        put.append(store.put_digest(ME, EIGHT))

    threads = [threading.Thread(target=one, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(put) == [False, False, False, True]
    assert len(letters(stores[0])) == 1
    for store in stores:
        store.close()


def test_there_is_none_when_nothing_happened(store):
    store.accept(entry(notices=()))
    assert [look(store, EIGHT + timedelta(days=days, hours=1)) for days in range(4)] == [1, 0, 0, 0]


def test_after_days_of_being_down_one_letter_tells_of_all(store):
    store.accept(entry(notices=()))
    look(store, EIGHT + timedelta(hours=1))
    for day in (1, 2, 3):
        store.accept(entry(f"Bob{day}", notices=(), created=NOON + timedelta(days=day)))
    assert look(store, EIGHT + timedelta(days=4, hours=5)) == 1
    first, second = letters(store)
    assert [one.answers[0][1] for one in store.digest(second).answers] == ["Bob3", "Bob2", "Bob1"]
    assert [one.answers[0][1] for one in store.digest(first).answers] == ["Ada"]
    assert store.digest(second).since == first.created


def test_the_first_one_tells_of_the_week_before(store):
    for name, days in (("Old", 8), ("Ada", 6)):
        store.accept(entry(name, notices=(), created=EIGHT - timedelta(days=days)))
    look(store, EIGHT + timedelta(hours=1))
    (first,) = letters(store)
    assert [one.answers[0][1] for one in store.digest(first).answers] == ["Ada"]


def test_it_tells_of_numbers_answers_waitlist_spam_and_what_did_not_arrive(store):
    store.accept(entry(notices=(), title="A few people", capacity=1))
    store.accept(entry("Bob", notices=(), title="A few people", capacity=1))
    store.accept(entry("Eve", spam="filled in the hidden field", title="A few people", capacity=1))
    store.accept(entry("Zoe", form="g", title="Another"))
    lost = store.lease("mail", NOON, LEASE).delivery
    store.settle(replace(lost, state="dead", due=NOON, error="the mail server says 550 No such user"))
    look(store, EIGHT + timedelta(hours=1))
    message, text, html = told(store, letters(store)[-1])
    assert (message["To"], message["Subject"]) == (ME, "Your answers of the day")
    for body in (text, html):
        assert "A few people: 1 new, 1 on the waitlist, 1 taken for spam; 1 wait in all" in body
        assert "Another: 1 new" in body
        assert "Bob, on the waitlist" in body
        assert "(filled in the hidden field)" in body
        assert "550 No such user" in body
        assert "https://answers.example.org/inbox/" in body


def test_each_attempt_has_the_same_number_and_tells_of_the_same_time(store):
    store.accept(entry(notices=()))
    look(store, EIGHT + timedelta(hours=1))
    first = told(store, store.lease("mail", EIGHT, LEASE).delivery)
    store.accept(entry("Bob", notices=(), created=EIGHT + timedelta(minutes=1)))
    again = told(store, store.lease("mail", EIGHT + LEASE, LEASE).delivery)
    assert first[0]["Message-ID"] == again[0]["Message-ID"]
    assert first[0]["Date"] == again[0]["Date"] and first[1:] == again[1:]


def test_of_many_answers_the_newest_are_shown(store):
    for number in range(30):
        store.accept(entry(f"N{number:02}", notices=(), created=NOON + timedelta(minutes=number)))
    look(store, EIGHT + timedelta(hours=1))
    _, text, _ = told(store, letters(store)[0])
    assert "f: 30 new" in text and "N29" in text and "N10" in text and "N09" not in text


def test_words_from_right_to_left_leave_the_line_as_it_is(store):
    store.accept(replace(entry(title="دعوة"), answers=(("name", "مريم"), ("message", "أنا معكم"), ("list_me", "yes"))))
    look(store, EIGHT + timedelta(hours=1))
    _, text, html = told(store, letters(store)[-1])
    assert "\u2068دعوة\u2069: 1 new" in text and "<li><bdi>دعوة</bdi>: 1 new</li>" in html
    assert "\u2068مريم\u2069: \u2068أنا معكم\u2069\n" in text and "<bdi>مريم</bdi>: <bdi>أنا معكم</bdi></li>" in html


def test_an_inbox_that_no_key_opens_is_not_linked(store):
    store.accept(entry(notices=()))
    look(store, EIGHT + timedelta(hours=1))
    _, text, html = told(store, letters(store)[0], replace(HEAD, inbox=""))
    assert "/inbox/" not in text + html and "sitegen inbox list" in text


@pytest.mark.parametrize(("keys", "expected"), [({}, ""), ({"SITEGEN_INBOX_PASSWORD": "x"}, f"{HOST}/inbox/")])
def test_the_keys_say_whether_there_is_an_inbox_on_the_web(keys, expected):
    config = Config(Path(), Path(), notify=(ME,), receive_url=HOST)
    assert letterhead(config, keys).inbox == expected


def test_words_of_visitors_are_one_line_and_no_markup(store):
    bad = "<b>\r\nTo: x@y.org\n\x1b[31m‮* msg </ul>"
    store.accept(replace(entry(notices=()), answers=(("name", bad), ("message", bad * 1000))))
    look(store, EIGHT + timedelta(hours=1))
    message, text, html = told(store, letters(store)[0])
    assert message["To"] == ME and "<b>" not in html and html.count("</ul>") == 2
    assert not {"\x1b", "\u202e"} & set(text + html) and max(map(len, text.splitlines())) < 300


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-05-07 13:00:59", "2026-05-06 13:00"),  # 8:00 in Chicago is 13:00 in summer, and a minute has to pass
        ("2026-05-07 13:01", "2026-05-07 13:00"),
        ("2026-05-08 12:59", "2026-05-07 13:00"),
        ("2026-03-07 23:00", "2026-03-07 14:00"),  # the last day of winter
        ("2026-03-08 23:00", "2026-03-08 13:00"),
        ("2026-11-01 23:00", "2026-11-01 14:00"),
    ],
)
def test_the_time_is_that_of_the_zone(now, expected):
    plan = Plan(time(8, 0), CHICAGO, (ME,))
    found = last_moment(plan, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found.astimezone(UTC) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_times_that_a_clock_skips_or_shows_twice_come_once_a_day():
    for at in (time(2, 30), time(1, 30)):
        plan, seen = Plan(at, CHICAGO, (ME,)), []
        for start in (datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)):
            seen += [last_moment(plan, start + timedelta(minutes=minutes)) for minutes in range(0, 3 * 1440, 5)]
        assert len({moment.date() for moment in seen}) == len(set(seen)) == 8


def test_it_needs_somebody_to_write_to():
    config = Config(Path(), Path())
    assert plan_of(config) is None
    assert plan_of(replace(config, digest="08:00", notify=(ME,))) == Plan(time(8, 0), config.zone, (ME,))
    with pytest.raises(SitegenError, match="nobody to write to"):
        plan_of(replace(config, digest="08:00"))
