"""The places of a call in the preview: the same address answers, and the page asks it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import httpx

from sitegen.serve.news import Rebuilt
from tests.serve.conftest import Running


def test_the_preview_tells_how_many_places_are_taken(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "2026-05-06-a.md").write_text("---\ntitle: A\nform: {capacity: 2}\n---\nCome.\n")
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data" / "calls.json").write_text(json.dumps({"a": {"taken": 1}}))
    with closing(Running(tmp_path)) as running:
        running.until(Rebuilt)
        at = f"http://{running.address}"
        page = httpx.get(f"{at}/join/a/").text
        assert 'data-places="/f/a/places"' in page and "1 of 2 places taken" in page
        assert httpx.post(f"{at}/f/a", data={"name": "Ada", "email": "a@example.org"}).status_code in (200, 303)
        assert httpx.get(f"{at}/f/a/places").json()["taken"] == 1
