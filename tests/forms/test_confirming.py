"""An answer counts when its visitor has followed the link in a letter and clicked, and not before."""

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from sitegen.forms.inbox.store import Click, NotFound, Store
from sitegen.forms.notices import Notice
from sitegen.forms.receiver.loading import load_site
from sitegen.forms.receiver.pages import SitePages
from sitegen.forms.sending.envelope import Letterhead
from sitegen.forms.sending.letters import compose
from tests.forms.sending.test_outbox import LEASE, entry, kinds
from tests.forms.test_places import rename
from tests.forms.world import ADA, FORM, NOON, PAGE, Clock, codes

MAIL = Notice("answer", "mail", "me@example.org")
HEAD = Letterhead("Ada's blog", "blog@example.org", "me@example.org", "https://answers.example.org")
ASKING = replace(FORM, confirm=True, capacity=1)


def token_of(store, at=NOON):
    """What the letter that is sent next has in its link."""
    message = compose(HEAD, store.lease("mail", at, LEASE), "Chicago")
    found = [re.search(r"https://answers.example.org(/f/chicago/confirm)\?token=([0-9a-f]{32})\b", part.get_content())
             for part in message.iter_parts()]  # fmt: skip
    assert found[0] and found[1] and found[0][2] == found[1][2]
    return found[0][2]


def leased(store):
    parcel = store.lease("mail", NOON, LEASE)
    assert parcel is not None
    return parcel


@pytest.fixture
def asked(world):
    """A visitor who was told to look into their mail: the token in the letter."""
    world.serve_form(ASKING, notices=(MAIL,))
    answer = world.post_page(ADA)
    assert (answer.status_code, answer.headers["location"]) == (303, "/f/chicago/asked")
    assert [one.state for one in world.inbox()] == ["unconfirmed"]
    return token_of(world.store)


def click(world, token):
    return world.send("POST", "/f/chicago/confirm", data={"token": token}, headers=PAGE)


@pytest.mark.both_databases
def test_the_click_counts_and_then_the_author_is_told(world, asked):
    answer = click(world, asked)
    (submission,) = world.inbox()
    assert (answer.status_code, answer.headers["location"]) == (303, "/f/chicago/thanks")
    assert submission.state == "new"
    assert kinds(world.store, submission)[1:] == [("answer", "me@example.org")]


def test_looking_does_nothing_and_no_other_page_learns_the_token(world, asked):
    for method in ("GET", "HEAD", "GET"):
        page = world.send(method, f"/f/chicago/confirm?token={asked}", headers=PAGE)
        assert (page.status_code, page.headers["referrer-policy"]) == (200, "no-referrer")
        assert page.headers["cache-control"] == "no-store"
    assert f'value="{asked}"' in page.text and 'action="?"' in page.text
    assert [one.state for one in world.inbox()] == ["unconfirmed"]


def test_a_second_click_is_told_that_all_is_well(world, asked):
    click(world, asked)
    again = click(world, asked)
    (submission,) = world.inbox()
    assert (again.status_code, "You have confirmed already" in again.text) == (409, True)
    assert len(kinds(world.store, submission)) == 2


@pytest.mark.parametrize("token", ["", "x", "A" * 32, "'; DROP TABLE submissions; --", "\x00", "x" * 5000])
def test_a_link_that_is_none_says_what_to_do(world, asked, token):
    page = click(world, token)
    assert (page.status_code, "send your answer again" in page.text) == (404, True)
    assert [one.state for one in world.inbox()] == ["unconfirmed"]


def test_another_form_knows_nothing_of_the_token(world, asked):
    world.book = replace(world.book, forms={"other": replace(ASKING, id="other"), FORM.id: ASKING})
    assert world.send("POST", "/f/other/confirm", data={"token": asked}, headers=PAGE).status_code == 404
    assert click(world, asked).status_code == 303


def test_markup_in_the_address_stays_text(world):
    page = world.send("GET", '/f/chicago/confirm?token="><script>alert(1)</script>', headers=PAGE)
    assert page.status_code == 404 and "<script" not in page.text


@pytest.mark.both_databases
@pytest.mark.parametrize("token", ["", "x", "f" * 32, "%00", "%F0%9F%8D%93"])
def test_looking_at_a_link_that_is_none_says_what_to_do(world, asked, token):
    page = world.send("GET", f"/f/chicago/confirm?token={token}", headers=PAGE)
    assert (page.status_code, "send your answer again" in page.text, "<form" in page.text) == (404, True, False)
    assert page.headers["referrer-policy"] == "no-referrer"


@pytest.mark.both_databases
def test_looking_at_a_link_that_is_used_says_that_all_is_well(world, asked):
    click(world, asked)
    page = world.send("GET", f"/f/chicago/confirm?token={asked}", headers=PAGE)
    assert (page.status_code, "You have confirmed already" in page.text, "<form" in page.text) == (409, True, False)


def test_the_way_to_the_button_is_open_while_the_inbox_cannot_be_read(world, asked, tmp_path):
    rename(tmp_path / "inbox.db", "submissions", "gone")
    page = world.send("GET", f"/f/chicago/confirm?token={asked}", headers=PAGE)
    assert (page.status_code, f'value="{asked}"' in page.text) == (200, True)


def test_who_confirms_late_may_have_to_wait(world, asked):
    bob = ADA | {"name": "Bob", "email": "bob@example.org"}
    world.post(bob)
    assert click(world, token_of(world.store)).headers["location"] == "/f/chicago/thanks"
    assert click(world, asked).headers["location"] == "/f/chicago/waitlist"
    assert [one.state for one in world.inbox()] == ["new", "waitlist"]


@pytest.mark.both_databases
def test_where_nobody_can_wait_who_confirms_late_is_told_kindly(world, asked):
    world.serve_form(replace(ASKING, waitlist=False))
    world.post(ADA | {"name": "Bob", "email": "bob@example.org"})
    click(world, token_of(world.store))
    late = click(world, asked)
    assert (late.status_code, "the same link takes it" in late.text) == (403, True)
    assert [one.state for one in world.inbox()] == ["unconfirmed", "new"]
    world.store.mark_all([world.inbox()[1].id], "declined")
    assert click(world, asked).headers["location"] == "/f/chicago/thanks"


def test_two_addresses_leave_open_who_is_asked(world):
    world.serve_form(ASKING)
    answer = world.post(ADA | {"_replyto": "bob@example.org"})
    assert (answer.status_code, codes(answer)) == (422, ["TYPE_EMAIL"])


def test_a_script_is_told_too(world):
    world.serve_form(ASKING, thanks={"chicago": "https://example.org/join/chicago/thanks/"})
    told = world.post(ADA | {"_next": "/elsewhere"}).json()
    assert told["confirm"] is True and told["next"] == "http://receiver.test/f/chicago/asked"


def test_spam_is_told_what_the_others_are(world):
    world.serve_form(ASKING)
    assert world.post(ADA | {"_gotcha": "x"}).json()["next"].endswith("/asked")
    assert world.store.lease("mail", NOON, LEASE) is None


def test_fifty_clicks_at_once_take_one_place(store):
    made = store.accept(entry(confirm=True, capacity=1)).submission
    token, outcomes = store.lease("mail", NOON, LEASE).token, []

    def one():  # fmt: skip
        outcomes.append(store.confirm(Click("f", token), (MAIL,)).repeated)

    threads = [threading.Thread(target=one) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count(False), len(outcomes)) == (1, 50)
    assert [one.notice.kind for one in store.deliveries_of(made)] == ["confirm", "answer"]


def test_what_is_confirmed_came_then(database):
    clock = Clock()
    store = Store(database, clock=clock)
    store.accept(entry(confirm=True))
    token = leased(store).token
    clock.now = NOON + timedelta(days=2)
    assert store.confirm(Click("f", token), (MAIL,)).submission.created == clock.now
    (kept,) = store.each()
    assert kept.created == store.deliveries_of(kept)[1].created == clock.now
    store.close()


def test_the_letter_is_not_sent_when_there_is_nothing_to_confirm_any_more(store):
    made = store.accept(entry(confirm=True)).submission
    store.mark(made.id, "new")
    with pytest.raises(ValueError, match="nothing to confirm"):
        compose(HEAD, store.lease("mail", NOON, LEASE), "Chicago")


def test_an_answer_that_is_gone(store):
    made = store.accept(entry(confirm=True)).submission
    token = store.lease("mail", NOON, LEASE).token
    store.delete(made.id)
    with pytest.raises(NotFound):
        store.confirm(Click("f", token), ())


def test_who_cannot_be_asked_counts_at_once(world, tmp_path, caplog):
    """`confirm` was added while a receiver runs that was started without a mail server."""
    (tmp_path / "_posts").mkdir()
    words = "---\ntitle: Chicago\nform:\n  confirm: true\n---\nCome.\n"
    (tmp_path / "_posts" / "2026-05-06-chicago.md").write_text(words)
    site = load_site(tmp_path, NOON)
    world.book = SitePages(lambda: site, asks=False).book()
    world.post(ADA)
    assert [one.state for one in world.inbox()] == ["new"]
    assert "`confirm` is new in a form (chicago)" in caplog.text
    assert SitePages(lambda: site).book().forms["chicago"].confirm
