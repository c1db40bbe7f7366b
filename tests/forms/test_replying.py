"""`sitegen inbox note`, `reply`, `promote` and `stats`."""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import SitegenError, UsageError
from sitegen.forms.emails import mailto
from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.store import Entry, Store
from sitegen.forms.notices import Notice
from tests.forms.world import NOON


@pytest.fixture
def written(site):
    """Three more who gave an address; one place, and a letter that was given up."""
    store, entered = Store(parse_database(site.address)), []
    for at, address in enumerate(("ada+sf@example.org", "bob@example.org", "eve@example.org")):
        answers, notices = (("name", "x"), ("email", address)), (Notice("answer", "mail", "me@example.org"),)
        entry = Entry("talks", 1, answers, datetime.now(UTC) + timedelta(seconds=at), notices=notices, title="A & B\nx")
        entered.append(store.accept(entry).submission.id)
    store.close()
    site.written = entered
    return site


def test_notes_stand_beside_an_answer(site, monkeypatch):
    assert "Noted" in site.typed("note", site.ids[0], "Called", "her \x1b[31m")
    monkeypatch.setattr("sys.stdin", StringIO("two\nlines\n"))
    assert json.loads(site.typed("note", "--json", site.ids[0], "-"))["text"] == "two\nlines"
    notes = json.loads(site.typed("show", "--json", site.ids[0]))["notes"]
    assert [note["text"] for note in notes] == ["Called her \x1b[31m", "two\nlines"]
    assert "Called her \\x1b[31m" in site.typed("show", site.ids[0])
    for words in ((), ("",), (" ", "\n")):
        with pytest.raises(SitegenError):
            site.typed("note", site.ids[0], *words)


def test_a_note_can_be_written_in_an_editor(site, monkeypatch):
    script = site.folder / "my editor.py"
    script.write_text("import sys; open(sys.argv[1], 'w').write('by hand'); open(sys.argv[1] + '~', 'w')")
    monkeypatch.setenv("VISUAL", f"{sys.executable} '{script}'")
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(getattr(sys, stream), "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TMPDIR", str(site.folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    site.typed("note", site.ids[0])
    assert json.loads(site.typed("show", "--json", site.ids[0]))["notes"][0]["text"] == "by hand"
    assert not list(site.folder.glob("sitegen-*"))
    monkeypatch.setenv("VISUAL", "false")
    with pytest.raises(SitegenError, match="the editor false failed"):
        site.typed("note", site.ids[0])


def test_show_tells_what_was_agreed_to(site):
    store = Store(parse_database(site.address))
    entry = Entry("talks", None, (("name", "x"),), NOON, consent="I agree.", title="All talks")
    made = store.accept(entry).submission.id
    store.close()
    assert json.loads(site.typed("show", "--json", made))["consent"] == "I agree."
    text = site.typed("show", made)
    assert "agreed to  I agree." in text and "talks  All talks" in text


@given(st.lists(st.from_regex(r"[\w!#$%&'*+/=?^`{|}~-]{1,9}@[a-z]{1,9}\.org", fullmatch=True), min_size=1), st.text())
def test_any_address_and_title_make_one_mailto(addresses, subject):
    found = urlsplit(mailto(addresses, subject))
    query = parse_qs(found.query)
    assert found.scheme == "mailto" and found.fragment == "" and set(query) <= {"bcc", "subject"}
    assert mailto(addresses, subject).isascii()
    assert query.get("subject", [""])[0].isprintable()
    assert (found.path == "") == (len(addresses) > 1)


def test_reply_prints_an_address_where_there_is_no_screen(written):
    ada, bob, _ = written.written
    assert written.typed("reply", ada) == "mailto:ada%2Bsf@example.org?subject=Re%3A%20A%20%26%20B%20x\n"
    several = written.typed("reply", ada, bob, ada[:9], written.ids[0])
    assert several.startswith("mailto:?bcc=ada%2Bsf@example.org,bob@example.org&subject=Re")
    with pytest.raises(SitegenError, match="no e-mail address"):
        written.typed("reply", written.ids[0])


def test_reply_opens_the_mail_program_only_on_a_screen(written, monkeypatch):
    opened: list[str] = []

    def begin(url):
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", begin)
    monkeypatch.setenv("DISPLAY", ":0")
    written.typed("reply", written.written[0])
    assert not opened  # no terminal
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert written.typed("reply", written.written[0], "--print").startswith("mailto:") and not opened
    assert written.typed("reply", written.written[0]) == "" and opened[0].startswith("mailto:ada")


def test_reply_marks_those_that_are_new(written):
    ada, bob, _ = written.written
    done = json.loads(written.typed("reply", "--json", "--mark", ada, bob))
    assert (done["submissions"], done["marked"]) == ([ada, bob], [ada])  # the other one waits, and goes on to
    states = {one["id"]: one["state"] for one in json.loads(written.typed("list", "--json"))}
    assert (states[ada], states[bob]) == ("contacted", "waitlist")


def test_promote_gives_a_place_to_one_or_to_the_next(written):
    _, bob, eve = written.written
    assert f"{eve} has a place now: 2 of 1 are taken." in written.typed("promote", eve[:10])
    assert json.loads(written.typed("promote", "--form", "talks", "--json"))["id"] == bob
    with pytest.raises(SitegenError, match="nobody waits"):
        written.typed("promote", "--form", "talks")
    with pytest.raises(SitegenError, match="not on the waitlist"):
        written.typed("promote", bob)
    for unclear in ((), (bob, "--form", "talks")):
        with pytest.raises(UsageError):
            written.typed("promote", *unclear)


def test_promote_says_when_the_letter_goes_out(site):
    store, today = Store(parse_database(site.address)), datetime.now(UTC)
    entry = Entry("club", 0, (("email", "a@example.org"),), today, letters=True)
    late = store.accept(entry).submission
    store.close()
    tomorrow = (today + timedelta(days=1)).astimezone().strftime("%Y-%m-%d %H:%M")
    assert f"A letter tells them on {tomorrow}, a day after the last one." in site.typed("promote", late.id)
    assert "free place" in site.typed("show", late.id) and "receipt" in site.typed("show", late.id)


def test_stats(written, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    store = Store(parse_database(written.address))
    parcel = store.lease("mail", datetime.now(UTC) + timedelta(days=1), timedelta(minutes=1))
    assert parcel and parcel.submission
    store.settle(replace(parcel.delivery, state="dead", error="refused"))
    store.close()
    found = json.loads(written.typed("stats", "--json"))
    assert [(one["form"], one["capacity"], one["taken"], one["total"]) for one in found["forms"]] == [
        ("chicago", 1, 1, 3),
        ("talks", 1, 1, 3),
    ]
    assert found["deliveries"] == {"waiting": 2, "sent": 0, "dead": 1}
    assert len(found["weeks"]) == 12 and sum(week["answers"] for week in found["weeks"]) == 6
    text = written.typed("stats")
    assert "1 of 1" in text and "█" in text and f"1 given up ({parcel.submission.id[:8]})" in text
    assert json.loads(written.typed("stats", "--json", "--status", "spam"))["forms"][0]["states"]["spam"] == 1


@pytest.mark.parametrize("columns", [40, 50, 80, 120])
def test_stats_fit_the_terminal(written, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", f"{columns}")
    lines = written.typed("stats").splitlines()
    assert max(map(len, lines)) <= columns
    assert "waitlist" in "".join(lines)
