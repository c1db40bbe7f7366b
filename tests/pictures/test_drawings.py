"""SVGs beside posts: published without what runs in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen.errors import SiteError
from sitegen.svg import findings
from tests.build.trees import fresh_copy, made, tree
from tests.outputs.sites import build_site, post

POST = "_posts/2026-05-06-x.md"
PLACE = "2026/05/06/x/a.svg"
PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="9" height="9"/></svg>\n'
HOSTILE = PLAIN.replace("><rect", ' onload="alert(1)">\n<script>alert(2)</script><rect')


def test_what_runs_is_left_out_and_told(tmp_path: Path) -> None:
    built = build_site(tmp_path, {POST: post("![A](a.svg) [it](a.svg)"), "_posts/a.svg": HOSTILE})
    assert "alert" not in built[PLACE] and "<rect" in built[PLACE]
    assert findings(built[PLACE].encode()) == ()
    assert f'<img src="/{PLACE}" alt="A" width="30" height="20"' in built["2026/05/06/x/index.html"]
    assert [one for one in built.notices if "a.svg" in one] == [
        "_posts/a.svg:1: `onload` of <svg> is left out of what is published",
        "_posts/a.svg:2: <script> is left out of what is published",
    ]
    assert (tmp_path / "_posts/a.svg").read_text() == HOSTILE


def test_a_plain_one_is_published_as_it_is(tmp_path: Path) -> None:
    files = {POST: post("![A](a.svg) ![B](/b.svg)"), "_posts/a.svg": PLAIN, "static/b.svg": HOSTILE}
    built = build_site(tmp_path, files)
    assert (built[PLACE], built["b.svg"]) == (PLAIN, HOSTILE)
    assert not [one for one in built.notices if "svg" in one]
    assert not (tmp_path / ".sitegen/drawings").exists()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("<svg xmlns='http://www.w3.org/2000/svg'>\n<g></svg>", 2, "it is no XML: mismatched tag"),
        ("<html></html>", 1, "this is no SVG"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>\n' + PLAIN, 1, "declares entities"),
    ],
)
def test_what_is_no_svg_is_an_error(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(SiteError) as caught:
        build_site(tmp_path, {POST: post("![A](a.svg)"), "_posts/a.svg": text})
    [problem] = (one for one in caught.value.problems if one.severity == "error")
    assert problem.where == f"_posts/a.svg:{line}" and words in problem.message


def test_incremental_equals_clean(tmp_path: Path) -> None:
    """It changes, it is told again though nothing is made anew, and a copy that nobody wants is gone."""
    site, kept = tmp_path / "site", tmp_path / "site/.sitegen/drawings"
    build_site(site, {POST: post("![A](a.svg)"), "_posts/a.svg": PLAIN})
    for text, copies in ((HOSTILE, 1), (HOSTILE, 1), (HOSTILE.replace("9", "8"), 1), (PLAIN, 0)):
        (site / "_posts/a.svg").write_text(text)
        notices = build_site(site, {}).notices
        assert len([one for one in notices if "left out" in one]) == 2 * copies
        assert len(list(kept.glob("*"))) == copies
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        made(fresh_copy(site, tmp_path / "clean"))
        assert tree(site / "output") == tree(tmp_path / "clean/output")


def test_a_copy_that_is_damaged_is_made_anew(tmp_path: Path) -> None:
    files = {POST: post("![A](a.svg)"), "_posts/a.svg": HOSTILE}
    before = build_site(tmp_path, files)[PLACE]
    [copy] = (tmp_path / ".sitegen/drawings").iterdir()
    copy.write_text(HOSTILE)
    assert build_site(tmp_path, {POST: post("New ![A](a.svg)")})[PLACE] == before
    shutil.rmtree(tmp_path / ".sitegen/drawings")
    assert build_site(tmp_path, {POST: post("Newer ![A](a.svg)")})[PLACE] == before
