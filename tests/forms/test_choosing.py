"""Which answers `sitegen inbox` is for: filters that read like sentences, ids, and the beginnings of ids."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from sitegen.cli.commands import parser
from sitegen.errors import SitegenError, UsageError
from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.opening import open_for_reading, open_for_writing, parse_since, parse_until
from sitegen.forms.inbox.store import Entry, NotFound, Store
from tests.forms.commands import typed
from tests.forms.world import NOON


@pytest.fixture
def many(site):
    """Twelve more, to another form."""
    store = Store(parse_database(site.address))
    for at in range(12):
        created = datetime.now(UTC) - timedelta(days=1, minutes=-at)
        store.accept(Entry("berlin", None, (("name", f"Zoë n{at:02}"),), created))
    store.close()
    return site


def ids(site, *words):
    return [one["id"] for one in json.loads(site.typed("list", "--json", *words))]


def test_filters_read_like_sentences(many):
    assert ids(many, "--form", "chicago", "--status", "new", "--since", "2w", "--until", "2d") == many.ids[:1]
    assert ids(many, "--status", "spam", "--state", "waitlist", "--search", "bot", "--search", "1+1") == many.ids[2:]
    assert ids(many, "--search", "ZOE n07", "--search", "zo") == ids(many, "--form", "berlin")[7:8]
    assert len(ids(many, "--form", "chicago", "--form", "berlin")) == 15
    assert len(json.loads(many.typed("export", "--format", "json", "--form", "berlin", "--search", "zoe"))) == 12


def test_a_date_is_of_the_zone_and_until_includes_the_day():
    chicago = ZoneInfo("America/Chicago")
    assert parse_since("2026-05-01", NOON, chicago) == datetime(2026, 5, 1, 5, tzinfo=UTC)
    assert parse_until("2026-05-31", NOON) == datetime(2026, 6, 1, tzinfo=UTC)
    assert parse_until("2026-05-31 18:30", NOON) == datetime(2026, 5, 31, 18, 30, tzinfo=UTC)
    assert parse_until("2d", NOON) == NOON - timedelta(days=2)
    for never in ("9999-12-31", "0001-01-01", "soon"):
        try:
            parse_until(never, NOON, None)
        except UsageError as error:
            assert "--until" in str(error)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_date_is_of_the_machines_zone_also_in_summer(zone, monkeypatch):
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    for day in ("2026-01-15", "2026-07-15"):
        assert parse_since(day, NOON, None) == parse_since(day, NOON, ZoneInfo(zone))
    monkeypatch.undo()
    time.tzset()


def test_a_misspelt_form_is_told(many):
    assert 'There is no call "chicgo"; did you mean "chicago"?' in many.typed("list", "--form", "chicgo")
    with pytest.raises(SitegenError, match="did you mean"):
        many.typed("mark", "--form", "chicgo", "--all", "--yes", "joined")


def test_several_are_marked_by_their_ids(many):
    those = ids(many, "--form", "berlin")
    text = many.typed("mark", those[0][:9], those[1], "contacted")
    assert text.splitlines() == [f"{one} is contacted now" for one in those[:2]]
    done = json.loads(many.typed("mark", "--json", *those[:2], "joined"))
    assert {name: [one["id"] for one in found] for name, found in done.items()} == {
        "submissions": those[:2],
        "promoted": [],
    }


def test_all_that_are_like_that_are_marked(many):
    text = many.typed("mark", "--form", "berlin", "--search", "zoe", "--all", "--yes", "contacted")
    assert text == "12 submissions are contacted now\n"
    assert len(ids(many, "--status", "contacted")) == 12
    assert "has moved up" in many.typed("delete", "--status", "new", "--all", "--yes")


def test_several_are_deleted_only_if_that_is_meant(many, monkeypatch):
    words = ("delete", "--form", "berlin", "--all")
    with pytest.raises(UsageError, match="--yes"):
        many.typed(*words)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    replies = {"\nDelete 12 submissions for good? [y/N] ": "n"}
    monkeypatch.setattr("builtins.input", lambda question: replies[question])
    text = many.typed(*words)
    assert "Zoë n00" in text and "… and 2 more" in text and "still there" in text
    replies = dict.fromkeys(replies, "y")
    assert many.typed(*words).endswith("12 submissions are deleted\n")
    assert ids(many) == many.ids
    with pytest.raises(UsageError, match="--yes"):
        many.typed("delete", "--json", many.ids[0])


@pytest.mark.parametrize(
    "words",
    [("joined",), ("--form", "chicago", "joined"), ("4f3a", "joined", "--all"), ("4f", "joined", "--since", "2d")],
)
def test_what_is_meant_has_to_be_clear(site, words):
    with pytest.raises(UsageError, match="--all"):
        site.typed("mark", *words)


def test_an_id_that_is_misspelt_or_none(site):
    start = site.ids[0][:8]
    other = "0" if start[3] != "0" else "1"
    for wrong in (start[:3] + other + start[4:], start[:3] + start[4:], start[:4] + other + start[4:]):
        with pytest.raises(NotFound, match=f'did you mean "{start}"'):
            site.typed("show", wrong)
    with pytest.raises(NotFound, match="--search 'Ada L'` looks"):
        site.typed("show", "Ada L")
    with pytest.raises(NotFound, match="list"):
        site.typed("show", "0" * 16)


def test_several_that_begin_alike_are_named(store):
    made = iter(("ab10", "ab20", "ab30", "ab40", "ab50", "b"))
    store._make_id = lambda: next(made)
    for name in "abcdef":
        store.accept(Entry("f", None, (("name", name),), NOON))
    with pytest.raises(NotFound, match="ab10, ab20, ab30 …"):
        store.find("ab")


def test_an_inbox_that_was_named_has_to_be_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    open_for_writing(tmp_path, str(tmp_path / "inbox.db")).close()
    for named in ("inbux.db", "sqlite:///inbux.db", "no/inbox.db"):
        done = typed("inbox", "list", "--database", named)
        assert done.returncode == 1 and done.stdout == ""
        assert done.stderr.startswith(f"sitegen: there is no inbox {named.removeprefix('sqlite:///')}: ")
    assert "there is no folder no" in done.stderr
    with pytest.raises(SitegenError, match="did you mean"):
        open_for_reading(tmp_path, str(tmp_path / "inbux.db"))
    assert [path.name for path in tmp_path.iterdir()] == ["inbox.db"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["mark", "a", "b", "--json", "joined"], {"ids": ["a", "b"], "to": "joined", "json": True}),
        (["mark", "a", "--yes", "b", "spam"], {"ids": ["a", "b"], "to": "spam", "yes": True}),
        (["mark", "--form", "chicago", "--all", "spam"], {"ids": [], "to": "spam", "all": True}),
        (["note", "a", "--json", "called", "her"], {"id": "a", "text": ["called", "her"], "json": True}),
        (["note", "a", "-"], {"id": "a", "text": ["-"]}),
        (["note", "a", "--", "--really"], {"id": "a", "text": ["--really"]}),
        (["--json", "list"], {"json": True}),
    ],
)
def test_options_may_stand_between_words(words, found):
    assert found.items() <= vars(parser().parse_args(["inbox", *words])).items()
