"""What earlier builds read: an unchanged file is not opened, and nothing is taken from a row that is not ours."""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

from sitegen.build.remembered import sealed, unsealed
from sitegen.content import documents, readings, rows
from sitegen.content.sources import Source, digest_of_file, read_text
from sitegen.errors import Problems, SiteError
from sitegen.model.content import Document
from sitegen.model.manuscripts import SIGNS
from tests.build.trees import made, tree
from tests.content.repositories import commit, git

CALL = """\
---
title: Tea & talk
date: 2026-05-06 18:30
tags: [tea, 1.10]
lang: de
image: /a.png
redirect_from: [/old/, /older/]
form: {capacity: 3, closes: 2026-07-01, fields: {email: {required: yes}}}
---
Come to *tea* on {{ day }}.
"""
SITE = {
    "sitegen.toml": 'timezone = "Europe/Berlin"\nreceive.url = "https://r.example"\nextra.email = "a@x.example"\n',
    "_posts/2026-05-06-tea.md": CALL,
    "_posts/2026-05-05-plain.md": "No front matter.\n",
    "_posts/2025-10-26-night.md": "---\ndate: 2025-10-26 02:30 +0100\nupdated: 2025-10-26 02:30 +0200\n---\nTwice\n",
    "_posts/undated.md": "---\ntitel: Slip\n---\nText\n",
    "about.md": "---\ntitle: About\n---\nWho.\n",
}
TEA = "posts:_posts/2026-05-06-tea.md"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the disk's clock shows: so late that whatever is read is kept."""
    shown = [1 << 62]
    monkeypatch.setattr(import_module("sitegen.build.build"), "clock_of", lambda config: shown[0])
    return shown


@pytest.fixture
def read(clock: list[int], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are opened."""
    opened: list[str] = []

    def seen(source: Source, problems: Problems) -> str | None:
        opened.append(source.path)
        return read_text(source, problems)

    for module in (documents, rows):
        monkeypatch.setattr(module, "read_text", seen)
    return opened


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in SITE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def said(document: Document) -> list[object]:
    """All that is to be known of its manuscript."""
    own, given = document.origin, sorted(document.given.items())
    places = [(key, one.by, one.at.path, one.at.keys, one.at.line) for key, givens in given for one in givens]
    moments = [getattr(document, name, None) for name in ("date", "updated", "expires")]
    at = [moment and moment.isoformat() for moment in moments]  # two that differ by their fold alone are equal
    return [*at, document.body, own.path, own.text, own.lines, own.words, *places, *map(document.manuscript.has, SIGNS)]


def rows_of(site: Path) -> dict[str, str]:
    (file,) = (site / ".sitegen").glob("build-*.db")
    with closing(sqlite3.connect(file)) as connection:
        return {key: str(unsealed(key, data)) for key, data in connection.execute("select key, text from readings")}


def put(site: Path, key: str, row: str) -> None:
    (file,) = (site / ".sitegen").glob("build-*.db")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("update readings set text = ? where key = ?", (sealed(key, row), key))


def test_an_unchanged_file_is_not_opened(site: Path, read: list[str]) -> None:
    first = made(site)
    assert sorted(read) == sorted(name for name in SITE if name.endswith(".md"))
    read.clear()
    again = made(site)
    assert read == [] and again.written == 0
    assert again.notices == first.notices and any("titel" in notice.message for notice in again.notices)
    assert again.site.documents == first.site.documents
    assert list(map(said, again.site.documents.values())) == list(map(said, first.site.documents.values()))
    assert [call.form for call in again.site.calls] == [call.form for call in first.site.calls]


def test_only_what_was_changed_is_opened(site: Path, read: list[str]) -> None:
    made(site)
    read.clear()
    (site / "about.md").write_text(SITE["about.md"] + "More.\n")
    assert made(site).written == 1
    assert read == ["about.md"]


def test_a_file_of_the_same_size_and_time_is_another_one(site: Path, read: list[str]) -> None:
    made(site)
    file = site / "about.md"
    found = file.stat()
    file.write_text(SITE["about.md"].replace("Who", "Why"))
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    made(site)
    assert "Why" in (site / "output/about/index.html").read_text()


def test_a_file_that_is_published_as_it_is_is_read_once(
    site: Path, clock: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def seen(source: Source, problems: Problems) -> str | None:
        opened.append(source.path)
        return digest_of_file(source, problems)

    monkeypatch.setattr(readings, "digest_of_file", seen)
    picture = site / "_posts/a.gif"
    picture.write_bytes(b"GIF89a" + b"\1" * 20)
    (site / "_posts/2026-05-05-plain.md").write_text("![x](a.gif)")
    (site / "static").mkdir()
    (site / "static/x.txt").write_text("one")
    made(site)
    assert sorted(opened) == ["_posts/a.gif", "static/x.txt"]
    opened.clear()
    assert (made(site).written, opened) == (0, [])
    found = picture.stat()
    picture.write_bytes(b"GIF89a" + b"\2" * 20)
    os.utime(picture, ns=(found.st_atime_ns, found.st_mtime_ns))
    put(site, "file:static/x.txt", rows_of(site)["file:static/x.txt"][:-32] + "../" * 10 + "aa")
    made(site)
    assert sorted(opened) == ["_posts/a.gif", "static/x.txt"]
    assert [file.read_bytes() for file in (site / "output").rglob("*.gif")] == [picture.read_bytes()]


@pytest.mark.parametrize("settings", ['timezone = "Asia/Tokyo"', 'permalink = "/:title/"', 'excerpt_separator = "x"'])
def test_settings_that_are_read_with_count(site: Path, read: list[str], settings: str) -> None:
    made(site)
    read.clear()
    (site / "sitegen.toml").write_text(settings)
    made(site)
    assert len(read) == 5


def test_what_was_just_changed_is_read_again(site: Path) -> None:
    """It may change again within one tick of the clock, and look the same."""
    future = 4_000_000_000
    os.utime(site / "about.md", (future, future))
    made(site)
    assert "pages:about.md" not in rows_of(site)


def test_where_no_clock_can_be_told_nothing_is_kept(site: Path, read: list[str], clock: list[int]) -> None:
    clock[:] = [0]
    made(site)
    assert rows_of(site) == {}


def test_what_git_says_counts(tmp_path: Path, read: list[str]) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "sitegen.toml").write_text('updated = "git"\n')
    commit(tmp_path, "2020-01-01", x="---\ndate: 2020-01-01\n---\nX\n", y="---\ndate: 2020-01-01\n---\nY\n")
    assert {post.updated for post in made(tmp_path).site.posts} == {None}
    read.clear()
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "nothing")
    made(tmp_path)
    assert read == []
    (tmp_path / "_posts/x.md").write_text("---\ndate: 2020-01-01\n---\nX1\n")
    made(tmp_path)
    read.clear()
    git(tmp_path, "commit", "-q", "-a", "-m", "x", day="2020-03-03")
    dated = {post.path: post.updated is not None for post in made(tmp_path).site.posts}
    assert dated == {"_posts/x.md": True, "_posts/y.md": False}
    assert read == ["_posts/x.md"]


def changed(row: str, old: str, new: str) -> str:
    assert old in row
    return row.replace(old, new)


CRAFTED: dict[str, Callable[[str], str]] = {
    "empty": lambda row: "",
    "cut": lambda row: row[: len(row) // 2],
    "out of the site": lambda row: changed(row, '"/2026/05/06/tea/"', '"/../../../tea/"'),
    "into another folder": lambda row: changed(row, '".html"', '"/../../tea.html"'),
    "a redirect": lambda row: changed(row, '"/older/"', '"/.git/hooks/"'),
    "a number": lambda row: changed(row, '"Tea & talk", ', "7, "),
    "no texts": lambda row: changed(row, '"1.10"', "{}"),
    "no question": lambda row: row.replace("\0\0\0", '\0{"nobody":""}\0\0', 1),
    "no moment": lambda row: changed(row, "2026-05-06T18:30", "2026-99-06T18:30"),
    "nested": lambda row: changed(row, '"Tea & talk", ', "[" * 100_000),
    "code": lambda row: row.rsplit("\0", 2)[0] + "\0" + pickle.dumps(print).decode("latin-1") + "\0[]",
}


@pytest.mark.parametrize("what", CRAFTED)
def test_a_row_that_no_build_has_made_is_not_taken(site: Path, read: list[str], what: str) -> None:
    made(site)
    before = tree(site / "output")
    put(site, TEA, CRAFTED[what](rows_of(site)[TEA]))
    read.clear()
    made(site)
    assert read == ["_posts/2026-05-06-tea.md"]
    assert tree(site / "output") == before


@pytest.mark.parametrize("what", ["{}", "[0,0,0,0]", '[0,[],[],{"title":[[1]]}]'])
def test_damage_behind_what_every_build_looks_at_is_told(site: Path, read: list[str], what: str) -> None:
    made(site)
    row = rows_of(site)["pages:about.md"]
    put(site, "pages:about.md", row[: row.rindex("\0") + 1] + what)
    document = made(site).site.documents["about.md"]
    with pytest.raises(SiteError, match="what builds remember of it is damaged"):
        document.origin.at("title")


def test_a_body_that_changes_meanwhile_is_no_body_of_that_post(site: Path, read: list[str]) -> None:
    made(site)
    document = made(site).site.documents["_posts/2026-05-06-tea.md"]
    (site / document.path).write_text(CALL + "More.\n")
    with pytest.raises(SiteError, match=r"2026-05-06-tea\.md: changed while the site was built"):
        assert document.body


def test_a_document_from_the_shelf_can_be_sent(site: Path, read: list[str]) -> None:
    first = made(site).site.documents
    again = pickle.loads(pickle.dumps(made(site).site.documents))
    assert again == first and list(map(said, again.values())) == list(map(said, first.values()))
    for path in SITE:
        (site / path).unlink()
    assert again["about.md"].body == "Who.\n" and again["about.md"].origin.at("title").problem("x").line == 2
