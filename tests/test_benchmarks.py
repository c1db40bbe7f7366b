"""What `make bench` lays out and tells of it; the measuring itself is no test."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.speed.corpora import Corpus
from benchmarks.speed.programs import Program
from benchmarks.speed.programs.own import sitegen
from benchmarks.speed.report import figures, plot, table
from benchmarks.speed.series import Taken, build, lay_out, peak, series


def test_our_site_has_what_the_others_have(tmp_path: Path) -> None:
    program = sitegen("commonmark")
    place = lay_out([program], Corpus(12), tmp_path)[program.name]
    build(program, place)
    made = {path.relative_to(place / "output").as_posix() for path in (place / "output").rglob("*.*")}
    assert len([path for path in made if path.startswith("2010/")]) == 12
    assert {"index.html", "page2/index.html", "feed.xml", "sitemap.xml"} <= made


def waiting(name: str, code: str) -> Program:
    return Program(name, (sys.executable, "-c", code), "posts", ("made",), {})


def test_programs_take_turns(tmp_path: Path) -> None:
    programs = [waiting("a", "open('made', 'w')"), waiting("b", "pass")]
    places = lay_out(programs, Corpus(3), tmp_path)
    taken = [(one.round, one.program, one.scene) for one in series(programs, places, 2, ["cold", "edited"])]
    assert taken == [(1, name, scene) for name in "ba" for scene in ("cold", "edited")] + [
        (2, name, scene) for name in "ab" for scene in ("cold", "edited")
    ]
    edited = sorted((places["a"] / "posts").iterdir())[1].read_text()
    assert edited.endswith("number 2.\n") and "number 1." in edited


def test_what_all_processes_have_is_added_up(tmp_path: Path) -> None:
    large = "import time; kept = b'x' * 40_000_000; time.sleep(0.5)"
    child = replace(
        waiting(
            "b", f"import subprocess, sys; kept = b'x' * 40_000_000; subprocess.run([sys.executable, '-c', {large!r}])"
        )
    )
    assert 76 < peak(child, tmp_path) < 200


def test_a_program_that_fails_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="a failed"):
        build(waiting("a", "raise SystemExit(1)"), tmp_path)


def test_ratios_are_within_a_round() -> None:
    taken = [Taken("Hugo", "cold", 1, 2.0), Taken("Hugo", "cold", 2, 10.0), Taken("sitegen, x", "cold", 1, 1.0)]
    taken += [Taken("sitegen, x", "cold", 2, 2.0), Taken("Hugo", "edited", 1, 1.0), Taken("Hugo", "unchanged", 1, 1.0)]
    found = figures("9 posts", "Hugo", taken, {"Hugo": 100.0, "sitegen, x": 20.4})
    assert found.ratios["sitegen, x", "cold"] == (0.35, 0.2, 0.5)
    assert "| sitegen, x | 1.50 s (0.35) |  |  | 20 MiB |" in table(found)
    assert ElementTree.fromstring(plot(found)).get("role") == "img"
