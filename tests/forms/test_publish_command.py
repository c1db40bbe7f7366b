"""`sitegen inbox publish`, as it is typed, and the build that follows."""

import json
from contextlib import closing

import pytest

from sitegen.cli import main
from sitegen.forms.inbox.store import Entry
from tests.forms.world import NOON, open_store

FORM = "form: {capacity: 3, members: {about: message}}"
SETTINGS = 'url = "https://example.org"\nreceive.url = "https://answers.example"\n'


@pytest.fixture
def site(tmp_path):
    """A folder with two calls and an inbox."""
    for name, form in (("a", FORM), ("b", "form: {capacity: 2}"), ("c", "form: {endpoint: 'https://x.example/f/y'}")):
        (tmp_path / "_posts").mkdir(exist_ok=True)
        (tmp_path / "_posts" / f"2026-05-06-{name}.md").write_text(f"---\ntitle: {name}\n{form}\n---\nText.\n")
    (tmp_path / "sitegen.toml").write_text(SETTINGS)
    (tmp_path / ".sitegen").mkdir()
    return tmp_path


@pytest.fixture
def inbox(site):
    with closing(open_store(site / ".sitegen" / "inbox.db")) as store:
        yield store


def put(store, name, form="a", tick="yes", state="joined"):
    answers = (("name", name), ("email", f"{name}@example.org"), ("message", "I knit."), ("list_me", tick))
    made = store.accept(Entry(form, 3, answers, NOON)).submission
    return store.mark(made.id, state).submission


def publish(site, *words):
    return main(["inbox", "publish", "-s", str(site), *words])


def data(site):
    return json.loads((site / "_data" / "calls.json").read_text(encoding="utf-8"))


def page(site, name="a"):
    assert main(["build", "-s", str(site)]) == 0
    return (site / "output" / "join" / name / "index.html").read_text(encoding="utf-8")


def test_published_shown_and_taken_back(site, inbox, capsys):
    ada = put(inbox, "Ada <3")
    put(inbox, "Bob", tick="")
    put(inbox, "Eve", state="waitlist")
    assert publish(site) == 0
    assert "a: 2 of 3 places taken, 1 waiting, 1 named\nb: 0 of 2 places taken, 0 waiting\n" in capsys.readouterr().out
    shown = {"taken": 2, "waitlist": 1, "members": [{"name": "Ada <3", "about": "I knit."}]}
    assert data(site) == {"a": shown, "b": {"taken": 0, "waitlist": 0}}
    assert "Ada &lt;3" in page(site) and "2 of 3 places taken" in page(site)
    inbox.delete(ada.id)
    assert publish(site) == 0
    assert "Ada" not in (site / "_data" / "calls.json").read_text()
    assert "Ada" not in page(site) and "Who is in" not in page(site)


def test_nothing_else_is_in_the_file(site, inbox):
    made = [put(inbox, name) for name in ("Ada", "Bob")]
    publish(site)
    text = (site / "_data" / "calls.json").read_text()
    assert not [word for word in ("@", "2026", "list_me", *(each.id for each in made)) if word in text]


def test_the_same_again_leaves_the_file_alone(site, inbox):
    put(inbox, "Ada")
    publish(site)
    file = site / "_data" / "calls.json"
    before = file.stat().st_ino, file.stat().st_mtime_ns
    publish(site)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == before


def test_one_call_alone(site, inbox):
    publish(site)
    put(inbox, "Ada")
    put(inbox, "Bob", form="b")
    assert publish(site, "--form", "b") == 0
    assert (data(site)["a"]["taken"], data(site)["b"]["taken"]) == (0, 1)


def test_a_dry_run_writes_nothing(site, inbox, capsys):
    put(inbox, "Ada")
    assert publish(site, "--dry-run") == 0
    assert json.loads(capsys.readouterr().out)["a"]["taken"] == 1
    assert not (site / "_data").exists()


def test_for_programs(site, inbox, capsys):
    assert publish(site, "--json", "-o", str(site / "x.json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"file": str(site / "x.json"), "calls": json.loads((site / "x.json").read_text())}


def test_who_is_left_out_is_told(site, inbox, capsys):
    put(inbox, "ada@example.org")
    assert publish(site) == 0
    assert "warning: a: 1 left out" in capsys.readouterr().err
    assert "members" not in data(site)["a"]


def test_from_a_file_of_calls(site, inbox, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("receiver")
    assert main(["build", "-s", str(site), "--forms", str(elsewhere / "forms.json")]) == 0
    words = ["--forms", str(elsewhere / "forms.json"), "--database", str(site / ".sitegen" / "inbox.db")]
    assert publish(elsewhere, *words) == 0
    assert data(elsewhere)["a"] == {"taken": 0, "waitlist": 0}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--form", "nope"), 'there is no call "nope" here'),
        (("--form", "c"), 'there is no call "c" here'),  # a form service has its answers
        (("-o", "{site}/_posts/2026-05-06-a.md"), "is not a file that this command wrote"),
        (("-o", "{site}/no/such/folder/x.json"), "cannot be written"),
    ],
)
def test_what_cannot_be(site, inbox, capsys, words, said):
    assert publish(site, *(word.format(site=site) for word in words)) in (1, 2)
    assert said in capsys.readouterr().err


def test_an_inbox_that_is_not_there_takes_nobody_off_the_page(site, capsys):
    (site / "_data").mkdir()
    (site / "_data" / "calls.json").write_text('{"a": {"taken": 2}}')
    assert publish(site) == 1
    assert "there is no inbox at" in capsys.readouterr().err
    assert data(site) == {"a": {"taken": 2}}


def test_data_of_the_authors_own_stays(site, inbox, capsys):
    (site / "_data").mkdir()
    (site / "_data" / "calls.json").write_text('["my own"]')
    assert publish(site) == 1
    assert "is not a file that this command wrote" in capsys.readouterr().err
    assert data(site) == ["my own"]


def test_who_was_deleted_may_still_be_named(site, inbox, capsys):
    ada, _ = put(inbox, "Ada"), put(inbox, "Bob")
    publish(site)
    capsys.readouterr()
    for words in (("delete", ada.id), ("erase", "Bob@example.org")):
        assert main(["inbox", words[0], "-s", str(site), "--yes", words[1]]) == 0
        assert "the site may name them: run `sitegen inbox publish`, and build" in capsys.readouterr().err
    publish(site)
    cyd = put(inbox, "Cyd")
    main(["inbox", "delete", "-s", str(site), "--yes", cyd.id])
    assert capsys.readouterr().err == ""


def test_only_what_the_build_reads_is_said_to_be_shown(site, inbox, capsys):
    publish(site, "-o", str(site / "elsewhere.json"))
    assert "elsewhere.json is written: a build reads " in capsys.readouterr().out
    publish(site, "-o", str(site / "_posts" / ".." / "_data" / "calls.json"))
    assert "is written: the next build shows it." in capsys.readouterr().out


def test_a_call_without_answers_is_no_unknown_one(site, inbox, capsys):
    put(inbox, "Ada", form="bb")
    for form, words in (
        ("a", "No answer has come to a yet.\nWithout filters: "),
        ("bbb", 'There is no call "bbb"; did you mean "bb"?'),
        ("nobody", 'There is no call "nobody"; known: a, b, bb, c\n'),
    ):
        assert main(["inbox", "list", "-s", str(site), "--form", form]) == 0
        assert words in capsys.readouterr().out
    main(["inbox", "list", "-s", str(site), "--form", "bb", "--search", "nothing"])
    assert "No submission is like that." in capsys.readouterr().out
