"""What an author does: marks, deletes, notes, gives places, sends again; and comes back to where it was."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.store import Store
from sitegen.forms.submission import MARKS
from tests.forms.desk.room import TOLD, Room, give_up, put, upload
from tests.forms.world import NOON, open_store


def told(room, answer):
    """Where one is sent back to, and the message there."""
    assert answer.status_code == 303
    where = answer.headers["location"].removeprefix("/inbox")
    html = room.page(where)
    words = html.split('role="status">', 1)[1].split("</p>")[0] if '<p class="told' in html else ""
    return where.split("done=")[0].split("failed=")[0].rstrip("?&"), words


@pytest.mark.parametrize("state", MARKS)
def test_mark(room, state):
    kept = put(room.store)
    answer = room.post("/change", id=kept.id, do=state, back=f"/a/{kept.id}?form=chicago")
    where, words = told(room, answer)
    assert where == f"/a/{kept.id}?form=chicago" and state in words
    assert room.states() == [state]


def test_mark_several(room):
    ids = [put(room.store, name).id for name in ("Ada", "Bob", "Cyd")]
    answer = room.post("/change", id=[*ids[:2], "gone"], do="mark", state="joined", back="/?q=b&state=all")
    assert told(room, answer) == ("/?q=b&state=all", "2 answers are joined now.")
    assert room.states() == ["joined", "joined", "new"]


def test_who_moves_up_is_told(room):
    first, _ = (put(room.store, name, capacity=1) for name in ("Ada", "Bob"))
    _, words = told(room, room.post("/change", id=first.id, do="declined"))
    assert words == "1 answer is declined now. 1 moved up from the waitlist."


def test_what_is_recovered_may_have_to_wait(room):
    put(room.store, "Ada", capacity=1)
    spam = put(room.store, "Bob", capacity=1, spam="why")
    _, words = told(room, room.post("/change", id=spam.id, do="new"))
    assert "1 had to go on the waitlist" in words


def test_delete_asks_first(room):
    ids = [put(room.store, name).id for name in ("Ada", "Bob", "Cyd")]
    question = room.post("/change", id=ids[:2], do="ask", back="/?form=chicago")
    assert question.status_code == 200 and "Delete 2 answers?" in question.text and len(room.states()) == 3
    assert (
        told(room, room.post("/change", id=ids[:2], do="delete", back="/?form=chicago"))[1] == "2 answers are deleted."
    )
    assert [one.id for one in room.store.each()] == ids[2:]


def test_what_is_gone_is_said(room):
    for do in ("ask", "delete", "joined"):
        assert "not there any more" in told(room, room.post("/change", id="abc", do=do))[1]
    assert "tick the answers" in told(room, room.post("/change", do="delete"))[1]


def test_a_note(room):
    kept = put(room.store)
    where, words = told(room, room.post(f"/a/{kept.id}/notes", text=" Call\r\nher. ", back=f"/a/{kept.id}"))
    assert (where, words) == (f"/a/{kept.id}", "The note is kept.")
    assert [note.text for note in room.store.notes_of(kept)] == ["Call\nher."]
    assert "empty" in told(room, room.post(f"/a/{kept.id}/notes", text=" "))[1]
    assert room.post("/a/none/notes", text="x").status_code == 404


def test_a_place_by_hand(room):
    put(room.store, "Ada", capacity=1)
    waiting = put(room.store, "Bob", capacity=1)
    room.forms.clear()
    for path in ("/calls?form=chicago", f"/a/{waiting.id}"):
        assert "Give a place beyond the 1<" in room.page(path)
    send = lambda: room.post("/change", id=waiting.id, do="promote", back="/calls?form=chicago")  # noqa: E731
    assert told(room, send()) == ("/calls?form=chicago", "1 person has a place now. 2 of 1 places are taken.")
    assert "not on the waitlist" in told(room, send())[1]


def test_a_database_that_takes_nothing_is_no_answer_that_has_gone(tmp_path):
    with closing(open_store(tmp_path / "inbox.db")) as store:
        put(store, "Ada", capacity=1)
        waiting = put(store, "Bob", capacity=1)
        with closing(sqlite3.connect(tmp_path / "inbox.db")) as other:
            other.execute("CREATE TRIGGER full BEFORE UPDATE ON submissions BEGIN SELECT RAISE(ABORT, 'full'); END")
        answer = Room(store).post("/change", id=waiting.id, do="promote")
    assert (answer.status_code, "Nothing is lost" in answer.text) == (503, True)


class Fleeting(Store):
    """An inbox in which somebody else deletes whatever was just looked at."""

    def find(self, start):
        found = super().find(start)
        self.delete_all([found.id])
        return found


@pytest.mark.parametrize("do", ["note", "replay"])
def test_what_goes_while_one_looks_at_it_is_not_found(tmp_path, do):
    with closing(Fleeting(parse_database(str(tmp_path / "inbox.db")))) as store:
        kept = put(store, files=(upload("cv.pdf"),), notices=TOLD)
        path = f"/a/{kept.id}/notes" if do == "note" else "/change"
        answer = Room(store).post(path, id=kept.id, do=do, text="Call her.")
        assert (answer.status_code, "Not found" in answer.text) == (404, True)


def test_send_again(room):
    kept = [put(room.store, name, notices=TOLD) for name in ("Ada", "Bob", "Cyd")]
    give_up(room.store, NOON + timedelta(days=1))
    again = lambda: room.post("/change", id=kept[0].id, do="replay", back=f"/a/{kept[0].id}")  # noqa: E731
    assert told(room, again())[1] == "1 delivery is sent again."
    assert "Nothing was given up" in told(room, again())[1]
    every = told(room, room.post("/deliveries/again", back="/deliveries"))
    assert every == ("/deliveries", "2 deliveries are sent again.")
    assert room.store.delivery_counts() == {"waiting": 3}


ELSEWHERE = (
    *("//evil.example", "https://evil.example/", "/\\evil.example", "/a//evil.example", "javascript:alert(1)"),
    *("/%0d%0aX: y", "/../../admin", "/?q=\r\nSet-Cookie: a=b", "", "evil", "/\t/evil.example", "/?q=é"),
)


@pytest.mark.parametrize("back", ELSEWHERE)
def test_the_way_back_stays_in_the_inbox(room, back):
    answer = room.post("/change", id=put(room.store).id, do="joined", back=back)
    assert answer.headers["location"] == "/inbox/?done=joined&n=1"


@pytest.mark.parametrize("do", ["", "unconfirmed", "drop", "__class__", "mark"])
def test_only_what_there_is_can_be_done(room, do):
    answer = room.post("/change", id=put(room.store).id, do=do, state="unconfirmed")
    assert answer.status_code == 400 and room.states() == ["new"]


@pytest.mark.parametrize(("body", "status"), [(b"x" * 2_000_000, 413), (b"&a=1" * 5000, 400), (b"id=\xff", 400)])
def test_what_is_sent_has_an_end(room, body, status):
    assert room.get("/change", "POST", content=body).status_code == status


def test_an_address_cannot_put_words_into_a_message(room):
    html = room.page("/?done=<b>evil</b>&n=1&failed=evil")
    assert "evil" not in html and 'role="status">' not in html.split("<h1")[0]
    assert "3 answers are deleted." in room.page("/?done=deleted&n=3")
    assert 'class="told' not in room.page("/?done=deleted&n=99999999999999")
