"""What `sitegen inbox list` looks like, and how much it takes."""

import os
import pty
import re
import subprocess
import sys
import tracemalloc
from datetime import timedelta

import pytest
from rich.cells import cell_len

from sitegen.forms.inbox.database import parse_database
from sitegen.forms.inbox.overview import columns_for, lines_of
from sitegen.forms.inbox.store import Entry, Store
from sitegen.forms.submission import Submission
from tests.forms.world import NOON

FORMS = ("a-reading-circle-in-chicago", "李-zoë")


def submission(**more):
    values = {"id": "4f3a9c21d0e1b2c3", "form": FORMS[0], "state": "spam", "reason": "too quick", "created": NOON}
    return Submission(**{**values, "answers": (("name", "李小龍 at length " * 9), ("x", "a\x1b[2J\u202eb")), **more})


@pytest.mark.parametrize("forms", [FORMS[:1], FORMS])
@pytest.mark.parametrize("width", [40, 50, 69, 70, 80, 120, 200])
def test_lines_fit_and_have_what_a_command_takes(width, forms):
    those = [submission(form=form, state=state) for form in forms for state in ("spam", "unconfirmed")]
    lines = [line.plain for line in lines_of(those, columns_for(forms, ("spam", "unconfirmed"), width))]
    assert max(map(cell_len, lines)) <= width
    text = "\n".join(lines)
    assert text.count("4f3a9c21  2026-05-06") == len(those) and text.count("too quick") == len(forms)
    assert "\x1b" not in text and "\u202e" not in text
    assert max(len(line.split("  ")[-1]) for line in lines) >= 20


def test_without_a_width_nothing_is_cut():
    heading, line, reason = lines_of([submission()], columns_for(FORMS, ("spam",), None))
    assert heading.plain.split() == ["id", "when", "form", "state", "answers"]
    assert FORMS[0] in line.plain and r"a\x1b[2J\u202eb" in line.plain
    assert reason.plain.strip() == "too quick"


def test_a_ticked_box_is_told_by_its_name():
    answers = (
        ("name", "Ada"),
        ("rules", "yes"),
        ("list_me", "on"),
        ("\x1b", "true"),
        ("size", "Yes"),
        ("day", "Monday"),
    )
    lines = lines_of([submission(state="new", reason="", answers=answers)], columns_for(FORMS[:1], ("new",), None))
    assert [line.plain for line in lines][1].endswith(r"  Ada · ✓ rules · ✓ list_me · ✓ \x1b · Yes · Monday")


def test_lines_are_made_one_by_one():
    def endless():
        while True:
            yield submission()

    lines = lines_of(endless(), columns_for(FORMS, ("spam",), 80))
    for _ in range(100):
        next(lines)
    tracemalloc.start()
    for _ in range(20_000):
        next(lines)
    assert tracemalloc.get_traced_memory()[1] < 500_000
    tracemalloc.stop()


@pytest.fixture
def long(tmp_path):
    """The path of an inbox with 60 answers."""
    path = str(tmp_path / "inbox.db")
    store = Store(parse_database(path))
    store.accept_all([Entry("f", None, (("n", f"Ada {at}"),), NOON + timedelta(minutes=at)) for at in range(60)])
    store.close()
    return path


def on_a_terminal(*words, **environment):
    """What a command writes on a terminal."""
    terminal, its_end = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "FORCE_COLOR")}
    command = [sys.executable, "-m", "sitegen", "inbox", *words]
    with subprocess.Popen(command, stdout=its_end, env={**kept, "TERM": "xterm", **environment}) as running:
        os.close(its_end)
        parts = []
        try:
            while part := os.read(terminal, 65536):
                parts.append(part)
        except OSError:  # the end of a terminal
            pass
        assert running.wait(timeout=30) == 0
    os.close(terminal)
    return b"".join(parts).decode()


def test_a_terminal_shows_the_newest_and_says_so(long):
    text = re.sub(r"\x1b\[[\d;]*m", "", on_a_terminal("list", "--database", long))
    assert re.findall(r"Ada (\d+)", text) == [str(at) for at in range(10, 60)]
    assert "60 submissions to f: 60 new" in text and "the newest 50: --all" in text
    assert len(re.findall("Ada ", on_a_terminal("list", "--all", "--database", long))) == 60


def test_colours_are_for_terminals_that_want_them(long):
    words = ("list", "--limit", "1", "--database", long)
    assert "\x1b[1;32m" in on_a_terminal(*words)
    for no in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        for action in (words, ("stats", "--database", long)):
            assert "\x1b" not in on_a_terminal(*action, **no)
    command = [sys.executable, "-m", "sitegen", "inbox", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"FORCE_COLOR": "1"}, timeout=60)
    assert "Ada 59" in done.stdout and "\x1b" not in done.stdout


def test_programs_get_all_unless_they_say_how_many(site):
    assert site.typed("list").count("=1+1") == 3 == site.typed("list", "--json").count("=1+1")
    assert site.typed("list", "--json", "--limit", "2").count("=1+1") == 2
    assert [line[:8] for line in site.typed("list", "--limit", "2").splitlines()[1:3]] == [
        one[:8] for one in site.ids[1:]
    ]
    for wrong in ("0", "-1", "x"):
        with pytest.raises(SystemExit):
            site.typed("list", f"--limit={wrong}")
