"""`sitegen inbox`, as it is typed."""

import argparse
import csv
import io
import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace

import pytest

from sitegen.cli import inbox as command
from sitegen.errors import SitegenError, UsageError
from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.display import visible
from sitegen.forms.inbox.opening import open_for_writing, parse_since
from sitegen.forms.inbox.store import Entry, Store
from sitegen.forms.inbox.tables import VERSION
from sitegen.forms.submission import Upload
from tests.forms.commands import typed
from tests.forms.world import NOON


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_export_on_a_terminal_shows_controls(site, form):
    words = ["inbox", "export", "--format", form, "-s", str(site.folder), "--database", site.address]
    terminal, its_end = pty.openpty()
    subprocess.run([sys.executable, "-m", "sitegen", *words], stdout=its_end, check=True, timeout=30)
    os.close(its_end)
    shown = os.read(terminal, 65536).decode()
    os.close(terminal)
    assert "Ada" in shown and "[31m" in shown
    assert "\x1b" not in shown and "\u202e" not in shown and "\\r" not in shown


def test_list_for_programs(site):
    found = json.loads(site.typed("list", "--json"))
    assert [list(item) for item in found] == [["id", "form", "state", "reason", "created", "answers"]] * 3
    assert [item["state"] for item in found] == ["new", "waitlist", "spam"]
    assert found[0]["answers"] == {"name": "Ada", "note": "=1+1"}


def test_list_for_people(site, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    text = site.typed("list")
    assert "Ada · =1+1" in text
    assert "why" in text  # it is spam
    assert "3 submissions to chicago: 1 new, 1 spam, 1 waitlist" in text
    assert max(map(len, text.splitlines())) <= 60
    assert "\x1b[31m" not in text and "\u202e" not in text
    assert "[b]" in text


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("forms", [("a-reading-circle-in-chicago",), ("a-reading-circle-in-chicago", "chicago")])
def test_whatever_is_in_the_answers_the_list_has_ids_that_can_be_copied(site, monkeypatch, columns, forms):
    monkeypatch.setenv("COLUMNS", f"{columns}")
    site.typed("delete", site.ids[2], "--yes")  # only spam: no one moves up
    store, moment = Store(parse_database(site.address)), datetime.now(UTC)
    for form in forms:
        store.accept(Entry(form, 1, (("name", "Ada"), ("note", "at great length, " * 9)), moment))
    store.close()
    for words in (("list",), ("list", "--form", forms[0])):
        found = json.loads(site.typed(*words, "--json"))
        lines = site.typed(*words).splitlines()
        for item in found:
            row = next(line for line in lines if line.startswith(item["id"][:8]))
            assert moment.strftime(" %Y-") in row and f" {item['state']} " in f"{row} "
        assert max(map(len, lines)) <= columns
        assert len(lines) <= 3 + len(found) * 3  # a heading, an empty line, the count
    assert f"1 submission to {forms[0]}: 1 new" in lines[-1]


def test_nothing_is_cut_where_there_is_no_terminal(site, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    store = Store(parse_database(site.address))
    store.accept(Entry("chicago", None, (("note", f"{'word ' * 99}end"),), datetime.now(UTC), "why " * 50 + "so"))
    store.close()
    listed = site.typed("list")
    assert "why so\n" in listed
    assert not any(line.endswith(" ") for line in listed.splitlines())
    last = json.loads(site.typed("list", "--json"))[-1]["id"]
    assert f"{'word ' * 99}end\n" in site.typed("show", last)


def test_filters(site):
    ids = lambda *words: [item["id"] for item in json.loads(site.typed("list", "--json", *words))]  # noqa: E731
    assert ids("--state", "spam") == site.ids[2:]
    assert ids("--state", "new", "--state", "waitlist") == site.ids[:2]
    assert (ids("--form", "nobody"), ids("--since", "3d"), ids("--since", "2w")) == ([], [], site.ids)
    assert "Without filters" in site.typed("list", "--form", "nobody")


def test_show(site):
    assert json.loads(site.typed("show", "--json", site.ids[0][:10]))["id"] == site.ids[0]
    text = site.typed("show", site.ids[1])
    assert "Bob \\x1b[31m\\u202e[b]" in text
    assert "all places were taken" in text


def test_mark_says_who_moved_up(site):
    text = site.typed("mark", site.ids[0], "declined")
    assert f"{site.ids[0]} is declined now" in text
    assert f"{site.ids[1]} has moved up from the waitlist" in text


def test_recovered_spam_waits_where_no_place_is_free(site):
    assert "is waitlist now (no place was free)" in site.typed("mark", site.ids[2], "new")


def _ended(words):
    raise EOFError


def test_delete_wants_to_be_sure(site, monkeypatch):
    with pytest.raises(UsageError, match="--yes"):
        site.typed("delete", site.ids[2])
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", lambda words: "n")
    assert "still there" in site.typed("delete", site.ids[2])
    monkeypatch.setattr("builtins.input", _ended)
    assert "still there" in site.typed("delete", site.ids[2])
    assert "deleted" in site.typed("delete", site.ids[2], "--yes")
    assert len(json.loads(site.typed("list", "--json"))) == 2


def test_export(site):
    site.typed("export", "-o", str(site.folder / "a.csv"), "--bom")
    text = (site.folder / "a.csv").read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert text.startswith("\ufeffid,")
    assert [row["note"] for row in rows] == ["'=1+1"] * 3
    site.typed("export", "--format", "json", "-o", str(site.folder / "a.json"))
    assert len(json.loads((site.folder / "a.json").read_text())) == 3
    with pytest.raises(SitegenError, match="cannot be written"):
        site.typed("export", "-o", str(site.folder / "no" / "a.csv"))


def test_an_export_is_for_its_owner_alone_whatever_was_there(site):
    file, left = site.folder / "a.csv", site.folder / ".a.csv.part"
    for old in (file, left):  # `left` by an export that was killed
        old.write_text("old")
        old.chmod(0o644)
    site.typed("export", "-o", str(file))
    assert file.read_text().startswith("id,")
    assert file.stat().st_mode & 0o777 == 0o600
    assert not left.exists()


@pytest.fixture
def files(site):
    """Two files of the first submission."""
    store = Store(parse_database(site.address))
    pdf, page = b"%PDF-1.7", b"<script>alert(1)</script>"
    sent = tuple(
        Upload("cv", name, kind, len(content), sha256(content).hexdigest(), BytesIO(content))
        for name, kind, content in (
            ("=cmd|'!A0.pdf", "application/pdf", pdf),
            ("\u202eb.html", "application/octet-stream", page),
        )
    )
    entry = Entry("chicago", None, (("name", "Eve"),), datetime.now(UTC), files=sent)
    site.id = store.accept(entry).submission.id
    store.close()
    return site


def test_show_has_the_files(files):
    found = json.loads(files.typed("show", "--json", files.id))["files"]
    assert [list(file) for file in found] == [["id", "field", "name", "type", "size", "digest"]] * 2
    assert [(file["field"], file["size"]) for file in found] == [("cv", 8), ("cv", 25)]
    assert json.loads(files.typed("show", "--json", files.ids[0]))["files"] == []
    assert "files" not in json.loads(files.typed("list", "--json"))[-1]
    text = files.typed("show", files.id)
    assert "=cmd|'!A0.pdf" in text and "8 bytes" in text and found[0]["id"] in text
    assert "\u202e" not in text and "sitegen inbox save" in text


def test_save_writes_them_under_names_of_ours(files):
    folder = files.folder / "new" / "saved"
    out = files.typed("save", files.id[:8], "--to", str(folder))
    names = [f"{files.id}-1.pdf", f"{files.id}-2.bin"]
    assert out.split() == [str(folder / name) for name in names]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert (folder / names[1]).read_bytes() == b"<script>alert(1)</script>"
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert "No files came" in files.typed("save", files.ids[0])


def test_save_writes_nothing_over_another_file(files):
    mine, elsewhere = files.folder / f"{files.id}-2.bin", files.folder / "elsewhere"
    mine.symlink_to(elsewhere)
    with pytest.raises(SitegenError, match="nothing is written over it"):
        files.typed("save", files.id, "--to", str(files.folder))
    assert mine.is_symlink() and not elsewhere.exists()
    assert not (files.folder / f"{files.id}-1.pdf").exists()  # all or none
    with pytest.raises(SitegenError, match="cannot be written"):
        files.typed("save", files.id, "--to", "/proc/no")


def test_save_for_programs(files):
    found = json.loads(files.typed("save", files.id, "--to", str(files.folder), "--json"))
    assert [file["path"] for file in found] == [str(files.folder / f"{files.id}-{n}") for n in ("1.pdf", "2.bin")]


def test_the_names_of_files_are_in_the_table(files):
    rows = list(csv.DictReader(io.StringIO(files.typed("export"), newline="")))
    assert rows[-1]["cv"] == "'=cmd|'!A0.pdf, \u202eb.html"
    assert rows[0]["cv"] == ""


def test_delete_takes_the_files_along(files):
    files.typed("delete", files.id, "--yes")
    store = Store(parse_database(files.address))
    assert store.names_of_files() == {}
    store.close()


def test_an_empty_inbox_says_what_to_do_and_is_not_made(tmp_path, capsys):
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    command.run(parser.parse_args(["list", "-s", str(tmp_path)]))
    command.run(parser.parse_args(["list", "-s", str(tmp_path), "--json"]))
    out = capsys.readouterr().out
    assert "sitegen serve" in out
    assert out.endswith("[]\n")
    assert list(tmp_path.iterdir()) == []


def test_options_may_stand_before_the_action(capsys, site):
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    where = ["-s", str(site.folder), "--database", site.address]
    for words in (["--json", *where, "list"], [*where, "list", "--json"]):
        command.run(parser.parse_args(words))
        assert len(json.loads(capsys.readouterr().out)) == 3
    command.run(parser.parse_args(where))
    assert "3 submissions" in capsys.readouterr().out


def test_migrate_says_what_it_did(tmp_path, capsys):
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    for words, said in ((["migrate"], "have been made"), (["migrate"], "nothing to do")):
        command.run(parser.parse_args([*words, "-s", str(tmp_path)]))
        assert said in capsys.readouterr().out
    command.run(parser.parse_args(["migrate", "--json", "-s", str(tmp_path)]))
    assert json.loads(capsys.readouterr().out) == {"from": VERSION, "to": VERSION}
    with pytest.raises(UsageError, match="no folder"):
        command.run(parser.parse_args(["migrate", "-s", str(tmp_path / "none")]))


def test_since():
    assert parse_since("2w", NOON) == NOON - timedelta(weeks=2)
    assert parse_since("90m", NOON) == NOON - timedelta(minutes=90)
    assert parse_since("2026-05-01", NOON) == datetime(2026, 5, 1, tzinfo=UTC)
    with pytest.raises(UsageError, match="2w"):
        parse_since("yesterday", NOON)


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\r", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800"]
)
def test_what_a_terminal_would_obey_is_written_out(sign):
    shown = visible(f"a{sign}b")
    assert sign not in shown
    assert shown.isascii()


def test_letters_of_all_scripts_are_left_alone():
    assert visible("Zoë 李 שלום 👩\u200d👧\n\tx") == "Zoë 李 שלום 👩\u200d👧\n\tx"


def test_the_environment_may_name_the_inbox(tmp_path, monkeypatch):
    path = tmp_path / "elsewhere.db"
    made = open_for_writing(tmp_path, str(path))
    made.accept(Entry("f", None, (("name", "Ada"),), NOON))
    made.close()
    monkeypatch.setenv("SITEGEN_DATABASE", str(path))
    done = typed("inbox", "list", "--json", "-s", tmp_path)
    assert [one["answers"] for one in json.loads(done.stdout)] == [{"name": "Ada"}]
