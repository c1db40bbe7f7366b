"""Exports: what the filter finds, as files."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forms.desk.room import Room, put, upload
from tests.forms.world import open_store

ROOT = Path(__file__).parents[3]


def test_csv_has_what_the_list_has(room):
    put(room.store, "Ada", answers=(("years", "7"),))
    put(room.store, "Bob", 1, form="g", files=(upload("cv.pdf"),))
    put(room.store, "Eve", 2, spam="why")
    answer = room.get("/export.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="answers.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["name"], row["years"], row["cv"]) for row in rows] == [("Ada", "7", ""), ("Bob", "", "cv.pdf")]
    assert [row["name"] for row in csv.DictReader(io.StringIO(room.page("/export.csv?form=g&state=all")))] == ["Bob"]


def test_json_lines(room):
    kept = [put(room.store, name, at) for at, name in enumerate(["Ada", "Zoë"])]
    lines = room.page("/export.jsonl").splitlines()
    assert [json.loads(line) for line in lines] == [one.as_json() for one in kept]
    assert room.page("/export.jsonl?q=nobody") == ""


def test_very_many_names_are_one_column(room):
    put(room.store, answers=tuple((f"n{at}", "x") for at in range(300)))
    (row,) = csv.DictReader(io.StringIO(room.page("/export.csv")))
    assert len(row) < 270 and "n299: x" in row["more answers"]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_an_inbox_that_cannot_be_read_is_no_empty_file(kind, tmp_path):
    store = open_store(tmp_path / "inbox.db")
    store.close()
    (tmp_path / "inbox.db").write_bytes(b"nothing of a database" * 100)
    assert Room(store).get(f"/export.{kind}").status_code == 503


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_the_memory_of_an_export_is_flat(kind, tmp_path):
    """Ten times as many answers need no more: measured in a process of its own."""
    peaks = [_peak(kind, number, tmp_path) for number in (5_000, 50_000)]
    assert peaks[1] - peaks[0] < 8, peaks


def _peak(kind: str, number: int, folder: Path) -> float:
    """MiB that sending an export of so many answers adds to the process."""
    command = [sys.executable, "-m", "benchmarks.inbox", "--memory", kind, str(number), str(folder / f"{number}.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=os.environ, timeout=300)
    return float(done.stdout)
