"""What the pages show: lists, filters, one answer, calls, deliveries."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sitegen.forms.description import Field, Form
from sitegen.forms.desk.app import PAGES
from sitegen.forms.desk.listing import SIZE
from sitegen.forms.submission import STATES
from tests.forms.desk.room import ROOT, TOKEN, TOLD, Room, give_up, put, upload
from tests.forms.world import NOON, open_store


def names(html):
    return re.findall(r'class="who" href="[^"]*"><bdi>([^<]*)</bdi>', html)


def link(html, rel):
    (path,) = re.findall(f'rel="{rel}" href="/inbox([^"]*)"', html)
    return path.replace("&amp;", "&")


def test_the_newest_answer_comes_first(room):
    for minutes, name in ((0, "Ada"), (9, "Bob"), (5, "Cyd")):
        put(room.store, name, minutes)
    assert names(room.page()) == ["Bob", "Cyd", "Ada"]


def test_nothing_is_a_page_too(room):
    assert "No answers yet" in room.page()
    assert "Nothing is found" in room.page("/?q=Ada")


def test_pages_go_on_and_back_with_the_filter(room):
    for at in range(SIZE + 3):
        put(room.store, f"Visitor {at:02}", at)
    first = room.page("/?q=visitor")
    older = link(first, "next")
    second = room.page(older)
    assert (len(names(first)), names(second)) == (SIZE, ["Visitor 02", "Visitor 01", "Visitor 00"])
    newer = link(second, "prev")
    assert "q=visitor" in newer and names(room.page(newer)) == names(first)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Cyd", "Bob", "Ada"]),
        ("?form=g", ["Cyd"]),
        ("?state=spam", ["Eve"]),
        ("?state=all", ["Eve", "Cyd", "Bob", "Ada"]),
        ("?state=contacted", ["Bob"]),
        ("?q=BOB", ["Bob"]),
        ("?since=2026-05-07", ["Cyd", "Bob"]),
        ("?until=2026-05-06", ["Ada"]),
        ("?since=2026-05-07&until=2026-05-07", ["Bob"]),
        ("?state=nonsense&since=tomorrow&until=9999-12-31&after=x&before=~", ["Cyd", "Bob", "Ada"]),
        ("?q=%25&form=%00", []),
    ],
)
def test_filters(room, query, found):
    put(room.store, "Ada")
    room.store.mark(put(room.store, "Bob", 24 * 60).id, "contacted")
    put(room.store, "Cyd", 48 * 60, form="g")
    put(room.store, "Eve", 72 * 60, spam="a link in the name")
    assert names(room.page("/" + query)) == found


def test_every_filter_has_its_number(room):
    put(room.store, "Ada")
    put(room.store, "Bob", form="g")
    put(room.store, "Eve", form="g", spam="why")
    html = room.page("/?form=g")
    counts = dict(re.findall(r"<bdi>([\w ]+)</bdi> <span class=\"count\">(\d+)<", html))
    assert counts == {
        "Inbox": "1",
        "New": "1",
        "Spam": "1",
        "Everything": "2",
        "All calls": "2",
        "Chicago": "1",
        "g": "1",
    }


def test_days_are_those_of_the_site(store):
    room = Room(store, more={"zone": ZoneInfo("Asia/Tokyo")})
    put(store, "Ada", 3 * 60 + 1)  # 15:01 in London is the next day in Tokyo
    assert names(room.page("/?since=2026-05-07")) == ["Ada"]
    assert '<time datetime="2026-05-06T15:01:00.000000Z">7 May 2026, 00:01 JST</time>' in room.page(
        f"/a/{one(store).id}"
    )


def one(store):
    (submission,) = store.each()
    return submission


def test_one_answer_has_everything(room):
    asked = Form("chicago", (Field("years", "number", "How many years?"),), title="A meeting")
    room.forms["chicago"] = asked
    kept = put(room.store, answers=(("years", "7"),), files=(upload("cv.pdf"),), notices=TOLD, consent="I agree.")
    room.store.note(kept.id, "Called her.")
    html = room.page(f"/a/{kept.id}")
    written = "How many years?", "7", "A meeting", "cv.pdf", "8 bytes", "I agree.", "Called her.", "author@example.org"
    assert [words for words in written if words not in html] == []
    assert 'href="mailto:ada@example.org?subject=Re%3A%20A%20meeting"' in html


def test_the_answer_leads_to_its_neighbours_in_the_list(room):
    ids = [put(room.store, name, at, form=form).id for at, (name, form) in enumerate(zip("abcd", "fgff", strict=True))]
    html = room.page(f"/a/{ids[2]}?form=f")
    assert re.findall(r'rel="(\w+)" href="/inbox/a/(\w+)\?form=f"', html) == [("prev", ids[3]), ("next", ids[0])]
    assert 'rel="prev"' not in room.page(f"/a/{ids[3]}") and 'rel="next"' not in room.page(f"/a/{ids[0]}")


def test_a_file_is_saved_and_never_shown(room):
    kept = put(room.store, files=(upload("<b>.html", b"<script>alert(1)</script>"),))
    (file,) = room.store.files_of(kept)
    answer = room.get(f"/a/{kept.id}/files/{file.id}")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%3Cb%3E.html"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert room.get(f"/a/{put(room.store, 'Bob').id}/files/{file.id}").status_code == 404


def test_places_and_waitlist(room):
    for at, name in enumerate(["Ada", "Bob", "Cyd", "Dan"]):
        put(room.store, name, at, form="g", capacity=2, title="A workshop")
    assert re.search(r"2 of 2 places taken, 2 on the waitlist", room.page("/calls"))
    html = room.page("/calls?form=g")
    assert "2 of 2 places are taken" in html and html.index("<bdi>Cyd") < html.index("<bdi>Dan")
    (cyd,) = room.store.queue_of("g", 1)
    room.store.mark_all([cyd.id], "waitlist")
    html = room.page("/calls?form=g")
    assert html.index("<bdi>Dan") < html.index("<bdi>Cyd") < html.index(", by hand<")
    assert room.get("/calls?form=none").status_code == 404


def test_answers_over_time_are_a_picture_and_a_table(room):
    for days in (0, 0, 3, 80):
        put(room.store, f"V{days}", -days * 24 * 60, key=f"{days}{len(room.states())}")
    html = room.page("/calls")
    assert html.count("<rect") == 2 and "Answers in 60 days: 3, at most 2 on a day" in html
    assert re.findall(r"<tr><td>([\d-]+)</td><td>(\d)</td></tr>", html) == [("2026-05-06", "2"), ("2026-05-03", "1")]


def test_a_list_says_what_it_is_and_how_many_there_are(room):
    for name, spam in (("Ada", ""), ("Bob", ""), ("Eve", "why")):
        put(room.store, name, spam=spam)
    heads = {
        path: re.sub("<[^>]*>", "", room.page(path).split("<h1>")[1].split("</h1>")[0])
        for path in ("/", "/?state=spam", "/?q=bob&form=chicago")
    }
    assert heads == {"/": "Answers 2", "/?state=spam": "Spam 1", "/?q=bob&form=chicago": "Chicago with “bob” 1 found"}
    assert "<title>Spam – Inbox</title>" in room.page("/?state=spam")


def test_what_was_ticked_is_nothing_that_was_said(room):
    box = Field("rules", "checkbox", "I know the rules", required=True)
    room.forms["chicago"] = Form(
        "chicago", (box, Field("consent", "checkbox", "Keep it", required=True)), consent="Keep *it*"
    )
    ticked = (("rules", "on"), ("consent", "on"), ("list_me", "on"), ("day", "Monday"), ("day", "Friday"))
    kept = put(room.store, answers=ticked, consent="I know the rules\nKeep *it*")
    assert '<span class="said"><bdi>Monday · Friday</bdi>' in room.page()
    html = room.page(f"/a/{kept.id}")
    assert re.findall("<dt><bdi>(.*?)</bdi>", html) == ["name", "email", "list_me", "day"] and "Monday, Friday" in html


def test_what_is_tried_again_is_listed(room):
    put(room.store, notices=TOLD)
    assert "Tried, and waiting" not in room.page("/deliveries")
    parcel = room.store.lease("mail", NOON, timedelta(hours=1))
    room.store.settle(replace(parcel.delivery, state="waiting", due=NOON + timedelta(minutes=5), error="451 later"))
    html = room.page("/deliveries")
    assert all(words in html for words in ("Tried, and waiting", "451 later", ">12:05</time>"))


def test_what_was_given_up_is_said_on_every_page(room):
    kept = put(room.store, notices=TOLD)
    assert "given up." not in room.page()
    give_up(room.store, NOON + timedelta(days=1))
    for path in ("/", f"/a/{kept.id}", "/calls"):
        assert "1 delivery was given up" in room.page(path)
    assert "550 no such user" in room.page("/deliveries")


@pytest.mark.parametrize(
    "path", ["/a/none", "/a/%00", "/a/..%2f", "/a/%25", "/nowhere", "/static/x", "/static/..%2fapp.py"]
)
def test_what_there_is_not_is_404(room, path):
    put(room.store)
    answer = room.get(path)
    assert answer.status_code == 404 and "Not found" in answer.text and "Traceback" not in answer.text


def test_the_beginning_of_an_id_is_not_enough(room):
    assert room.get(f"/a/{put(room.store).id[:8]}").status_code == 404


def test_a_database_that_is_gone_is_said(tmp_path):
    store = open_store(tmp_path / "inbox.db")
    store.close()
    (tmp_path / "inbox.db").write_bytes(b"nothing of a database" * 100)
    answer = Room(store).get("/")
    assert (answer.status_code, "Nothing is lost" in answer.text) == (503, True)


def test_the_headers_keep_it_safe(room):
    kept = put(room.store, files=(upload("a.pdf"),))
    (file,) = room.store.files_of(kept)
    for path in PAGES:
        answer = room.get(path.format(id=kept.id, file=file.id, name="desk.css"))
        assert answer.status_code == 200 and answer.headers["x-content-type-options"] == "nosniff"
        if not path.startswith("/static"):
            assert answer.headers["cache-control"] == "no-store"
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["referrer-policy"] == "same-origin"


def test_pages_need_nothing_from_elsewhere_and_no_words_in_them_are_run(room):
    for path in ("/", f"/a/{put(room.store).id}", "/calls", "/deliveries"):
        html = room.page(path)
        assert not re.search(r"<script(?! src)|<style|\sstyle=|\son\w+=|javascript:", html)
        urls = re.findall(r'\s(?:href|src|action)="([^"]*)"', html)
        assert [url for url in urls if not url.startswith((ROOT, "data:,", "mailto:", "#"))] == []


def test_every_form_sends_the_token(room):
    put(room.store, "Bob", form="g", capacity=0)
    for path in ("/", f"/a/{put(room.store).id}", "/calls?form=g"):
        forms = re.findall(r'<form method="post".*?</form>', room.page(path), re.S)
        assert forms and all(f'name="_token" value="{TOKEN}"' in form for form in forms)


def test_get_changes_nothing_and_post_reads_nothing(room):
    kept = put(room.store)
    assert room.get("/change?do=delete&id=" + kept.id).status_code == 405
    assert room.post("/").status_code == 405
    assert room.get("/", "HEAD").status_code == 200 and room.states() == ["new"]


def test_every_state_can_be_chosen(room):
    assert all(room.get(f"/?state={state}").status_code == 200 for state in STATES)


def test_times_are_short_in_lists(room):
    room.clock.now = datetime(2026, 5, 8, tzinfo=UTC)
    for name, minutes in (("Ada", 36 * 60), ("Bob", 0), ("Cyd", -500 * 24 * 60)):
        put(room.store, name, minutes)
    assert re.findall(r"<time[^>]*>([^<]*)<", room.page()) == ["00:00", "6 May", "22 Dec 2024"]
