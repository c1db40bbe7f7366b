"""SVG pictures that are more than pictures."""

from __future__ import annotations

from pathlib import Path

from tests.check.world import POST, post, told, written
from tests.svg.hostile import svg


def site(tmp_path: Path, picture: bytes) -> Path:
    return written(tmp_path, {POST: post("Text."), "static/images/x.SVG": picture})


def test_a_picture_is_nothing_to_tell(tmp_path: Path) -> None:
    assert told(site(tmp_path, svg('<path d="M0 0L9 9"/>')), "svg") == []


def test_what_runs_is_told_at_its_line(tmp_path: Path) -> None:
    path = "static/images/x.SVG"
    assert told(site(tmp_path, svg("\n<script>x</script>\n", 'onload="y"')), "svg") == [
        f"warning svg {path}:{line}: {what}: who opens this picture by itself gets more than a picture"
        for line, what in ((1, "`onload` of <svg>"), (2, "<script>"))
    ]


def test_what_is_no_picture_is_told(tmp_path: Path) -> None:
    assert len(told(site(tmp_path, b"text"), "svg")) == 1
    assert "entities" in told(site(tmp_path, svg("", before='<!DOCTYPE svg [<!ENTITY a "b">]>')), "svg")[0]
