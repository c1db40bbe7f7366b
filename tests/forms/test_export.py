"""CSV for spreadsheets, JSON for programs."""

import csv
import io
import json
from datetime import UTC, datetime
from time import process_time

import pytest

from sitegen.forms.inbox.export import csv_text, harmless, json_lines, json_text
from sitegen.forms.inbox.store import Entry
from sitegen.forms.submission import Submission
from tests.forms.test_store import fill
from tests.forms.world import NOON

ATTACKS = [
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    '"=1',
    "'=1",
    '" =1',
    "hello\n=1",
    "hello\r\n=1",
    "\x00=1",
    "＝1",
]


def submission(*answers, at=NOON):
    return Submission("id1", "f", "new", "", at, answers)


def rows(*submissions):
    text = "".join(csv_text(submissions))
    assert text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_formula_gets_out(attack):
    header, row = rows(submission((attack, attack)))
    for cell in (header[-1], row[-1]):
        for line in cell.splitlines():
            assert not line.lstrip(' \t\r\n\x00"').startswith(("=", "+", "-", "@", "＝"))
        assert cell[:1] not in "\t\r"


@pytest.mark.parametrize("text", ["Ada", "a=b", "x - y", "", "1,5", "a@b.org", 'say "hi"', "two\nlines"])
def test_plain_text_is_left_alone(text):
    assert harmless(text) == text
    assert rows(submission(("a", text)))[1][-1] == text


@pytest.mark.parametrize("signs", [" ", "'", " '", "\t", "\x0b"])
def test_a_line_of_blanks_holds_up_no_export(signs):
    text = "two\n" + signs * 40_000 + "lines"
    since = process_time()
    assert harmless(text).replace("\n'\t", "\n\t") == text
    assert process_time() - since < 2


def test_a_column_for_each_name():
    found = rows(submission(("a", "1"), ("a", "2"), ("id", "x")), submission(("b", "3"), ("a", "4")))
    assert found[0] == ["id", "form", "state", "reason", "created", "a", "answer.id", "b"]
    assert found[1][5:] == ["1, 2", "x", ""]
    assert found[2][5:] == ["4", "", "3"]


def test_whoever_makes_up_names_makes_no_columns():
    made_up = (submission(*((f"x{at}-{name}", "=1") for name in range(90))) for at in range(20))
    found = rows(submission(("name", "Ada"), ("=x", "once")), *made_up, submission(("name", "Bob")))
    assert found[0][5] == "name" and found[0][-1] == "more answers"
    assert {len(row) for row in found} == {5 + 250 + 1}
    assert [found[1][5], found[-1][5], found[-1][-1]] == ["Ada", "Bob", ""]
    assert found[-2][-1].split("\n")[::89] == ["x19-0: =1", "x19-89: =1"]


def test_quotes_commas_and_line_ends_are_quoted_as_in_rfc_4180():
    assert "".join(csv_text([submission(("a,b", 'x"y\nz'))])).endswith(',"x""y\nz"\r\n')


def test_json():
    pieces = list(json_text([submission(("é", "1")), submission(("b", "2"))]))
    found = json.loads("".join(pieces))
    assert [list(item) for item in found] == [["id", "form", "state", "reason", "created", "answers"]] * 2
    assert found[0]["answers"] == {"é": "1"}
    assert datetime.fromisoformat(found[0]["created"]) == NOON.astimezone(UTC)
    assert "".join(json_text([])) == "[]\n"


def test_nothing_is_read_ahead():
    def endless():
        while True:
            yield submission(("a", "1"))

    pieces = json_text(endless())
    assert [next(pieces)[:1] for _ in range(3)] == ["[", ",", ","]


def test_json_lines():
    text = "".join(json_lines([submission(("é", "1\n2")), submission(("b", "2"))]))
    assert [json.loads(line)["answers"] for line in text.splitlines()] == [{"é": "1\n2"}, {"b": "2"}]
    assert text.endswith("\n") and "é" in text
    assert list(json_lines([])) == []


def test_names_without_end_are_not_all_counted(monkeypatch):
    monkeypatch.setattr("sitegen.forms.inbox.export.MOST_NAMES", 300)
    made_up = [submission(("name", "Ada"), *((f"x{at}-{name}", "1") for name in range(50))) for at in range(40)]
    found = rows(*made_up)
    assert found[0][5] == "name" and found[0][-1] == "more answers"
    assert all(row[5] == "Ada" for row in found[1:])
    assert [sum(cell == "1" for cell in row[5:-1]) + row[-1].count(": 1") for row in found[1:]] == [50] * 40


def test_a_table_is_of_one_moment(store):
    fill(store, "a")
    with store.snapshot() as those:
        pieces = csv_text(those)
        header = next(pieces) + next(pieces)
        store.accept(Entry("f", None, (("another name", "1"),), NOON))
        assert header == "id,form,state,reason,created,name\r\n" and len(list(pieces)) == 1
