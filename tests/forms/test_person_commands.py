"""`sitegen inbox erase`, `person` and `purge`, as an author runs them."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from sitegen.forms.inbox.store import Entry
from sitegen.forms.submission import Upload
from tests.forms.commands import make_site, typed
from tests.forms.world import open_store

ADA, BOB = "ada@example.org", "bob@example.org"
FILE = b"my life"


@pytest.fixture
def inbox(tmp_path):
    """A site whose inbox has an old answer of Ada's with a file, and one of Bob's that mentions her."""
    site = make_site(tmp_path / "site", '[receive]\nkeep_spam = "30 days"\n')
    store = open_store(site / ".sitegen" / "inbox.db")
    old = datetime.now(UTC) - timedelta(days=100)
    cv = Upload("cv", "life.txt", "text/plain", len(FILE), "d", BytesIO(FILE))
    ada = (("name", "Ada"), ("email", "Ada@Example.org"), ("day", "Mon"), ("day", "Tue"))
    hers = store.accept(Entry("call", None, ada, old, files=(cv,), title="A call", consent="I agree.", letters=True))
    store.note(hers.submission.id, "called her")
    store.accept(Entry("call", None, (("email", BOB), ("note", f"I know {ADA}")), datetime.now(UTC), title="A call"))
    store.accept(Entry("call", None, (("email", "x@spam.org"),), old, spam="why", title="A call"))
    store.close()
    return lambda *words: typed("inbox", words[0], "-s", site, *words[1:])


def listed(inbox):
    return [one["answers"]["email"] for one in json.loads(inbox("list", "--json").stdout)]


def test_erase_says_what_it_did_and_what_is_left(inbox):
    done = inbox("erase", "ADA@example.org", "--yes")
    assert done.returncode == 0 and " is deleted\n" in done.stdout
    assert "has the address in it: it is still there\n--mentions deletes these, too." in done.stdout
    assert listed(inbox) == ["x@spam.org", BOB]
    again = json.loads(inbox("erase", ADA, "--yes", "--json", "--mentions").stdout)
    assert (len(again["deleted"]), again["swept"]) == (1, True)
    assert listed(inbox) == ["x@spam.org"]


def test_nothing_is_deleted_without_a_yes(inbox):
    for words in (("erase", ADA), ("purge",)):
        done = inbox(*words)
        assert done.returncode == 2 and "--yes" in done.stderr
    assert len(listed(inbox)) == 3


@pytest.mark.parametrize("command", ["erase", "person"])
def test_what_is_no_address_is_refused(inbox, command):
    done = inbox(command, "ada")
    assert (done.returncode, done.stdout) == (2, "") and "write it as ada@example.org" in done.stderr


def test_a_person_gets_everything_with_the_files(inbox, tmp_path):
    done = inbox("person", ADA, "--to", tmp_path / "hers")
    told = json.loads((tmp_path / "hers" / "person.json").read_text())
    (one,) = told["submissions"]
    assert one["answers"][2:] == [{"name": "day", "value": "Mon"}, {"name": "day", "value": "Tue"}]
    assert (one["title"], one["consent"], one["notes"][0]["text"]) == ("A call", "I agree.", "called her")
    assert [(it["kind"], it["target"]) for it in one["deliveries"]] == [("confirmation", "ada@example.org")]
    assert (tmp_path / "hers" / one["files"][0]["path"]).read_bytes() == FILE
    assert len(done.stdout.splitlines()) == 2 and BOB not in json.dumps(told)
    assert all(path.stat().st_mode & 0o77 == 0 for path in (tmp_path / "hers").iterdir())


def test_a_person_as_json_and_as_a_list(inbox):
    told = json.loads(inbox("person", ADA, "--json").stdout)
    assert (told["address"], len(told["submissions"]), len(told["mentioned_in"])) == (ADA, 1, 1)
    assert "stands in these of others" in inbox("person", ADA).stdout
    assert inbox("person", "eve@example.org").stdout == "No answer is of that address.\n"


def test_purge_tells_before_it_deletes(inbox):
    assert inbox("purge", "--dry-run").stdout == "call: 1 spam would be deleted\n"
    assert len(listed(inbox)) == 3
    assert json.loads(inbox("purge", "--yes", "--json").stdout)["deleted"] == {"call": {"spam": 1}}
    assert listed(inbox) == ["Ada@Example.org", BOB]
    assert "no form says how long" in inbox("purge", "--yes").stdout


def test_purge_goes_by_the_site_as_it_is_now(inbox, tmp_path):
    with closing(open_store(tmp_path / "site" / ".sitegen" / "inbox.db")) as store:
        old, young = (datetime.now(UTC) - timedelta(days=days) for days in (50, 5))
        _, waiting = (store.accept(Entry("call", 3, (("name", str(at)),), at)).submission for at in (old, young))
    post = tmp_path / "site" / "_posts" / "2026-05-06-call.md"
    post.write_text("---\ntitle: Call\nform:\n  capacity: 3\n  keep: 40 days\n---\nCome.\n")
    told = json.loads(inbox("purge", "--yes", "--json").stdout)
    assert told["deleted"]["call"]["new"] == 2
    assert [one["id"] for one in told["promoted"]] == [waiting.id]


def test_a_refusal_to_ask_says_whom_and_how_much(inbox):
    assert f"forget {ADA}, and delete 1 submission? Say so with --yes" in inbox("erase", ADA).stderr
    assert "and delete 2 submissions?" in inbox("erase", ADA, "--mentions").stderr
