"""The search index of a preview: made in the background, from memory, anew after a change."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pagefind_bin
import pytest

from sitegen.serve.news import Rebuilt, Remark
from tests.serve.conftest import LONG, Running, write

FILES = {"sitegen.toml": "search = true\n", "_posts/2024-01-01-a.md": "---\ntitle: A\n---\nA boat.\n"}


def pages(running: Running) -> int:
    answer = running.http.get("/pagefind/pagefind-entry.json")
    return (
        sum(one["page_count"] for one in json.loads(answer.content)["languages"].values())
        if answer.status_code == 200
        else 0
    )


def test_the_index_is_there_and_follows(tmp_path: Path) -> None:
    running = Running(write(tmp_path / "site", FILES))
    try:
        running.until(Rebuilt)
        assert pages(running) == 1
        answer = running.http.get("/pagefind/pagefind.js")
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert running.http.get("/pagefind/../sitegen.toml").status_code == 404
        assert running.http.get("/search/").status_code == 200
        running.write("_posts/2024-01-02-b.md", "---\ntitle: B\n---\nA harbour.\n")
        running.until(Rebuilt)
        until = time.monotonic() + LONG
        while pages(running) != 2:
            assert time.monotonic() < until
            time.sleep(0.05)
    finally:
        running.close()
    assert not (tmp_path / "site/.sitegen/preview/pagefind").exists()
    assert not list((tmp_path / "site/.sitegen").glob("search*"))


def test_a_program_that_fails_is_told_and_the_site_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program)
    running = Running(write(tmp_path / "site", FILES))
    try:
        remark = running.until(Remark)
        assert remark.problem.message == "the search index cannot be made: pagefind ended with code 3"
        assert running.http.get("/2024/01/01/a/").status_code == 200
        assert running.http.get("/pagefind/pagefind.js").status_code == 404
    finally:
        running.close()


def test_without_search_there_is_none(tmp_path: Path) -> None:
    running = Running(write(tmp_path / "site", {**FILES, "sitegen.toml": ""}))
    try:
        running.until(Rebuilt)
        assert running.http.get("/pagefind/pagefind.js").status_code == 404
    finally:
        running.close()
