"""What is not published, and why; how a build says it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sitegen.model.content import LeftOut
from tests.outputs.sites import build_site, post

JEKYLL = {"_config.yml": "title: T\n"}


def left_out(folder: Path, files: Mapping[str, str], **options: Any) -> dict[str, LeftOut]:
    return {one.path: one for one in build_site(folder, files, **options).report.site.left_out}


def reasons(folder: Path, files: Mapping[str, str], **options: Any) -> dict[str, str]:
    return {path: one.reason for path, one in left_out(folder, files, **options).items()}


def test_each_reason(tmp_path: Path) -> None:
    files = {
        "_posts/2026-01-01-here.md": post(),
        "_posts/2026-01-02-quiet.md": post(published="false"),
        "_posts/2026-01-03-sketch.md": post(draft="true"),
        "_posts/2027-01-04-soon.md": post(),
        "_posts/notes.txt": "x",
        "_drafts/idea.md": post(),
        "_pages/hidden.md": post(published="false"),
    }
    assert reasons(tmp_path, files) == {
        "_drafts/idea.md": "draft",
        "_pages/hidden.md": "unpublished",
        "_posts/2026-01-02-quiet.md": "unpublished",
        "_posts/2026-01-03-sketch.md": "draft",
        "_posts/2027-01-04-soon.md": "future",
        "_posts/notes.txt": "not a post",
    }
    built = reasons(tmp_path, {}, drafts=True, future=True)
    assert set(built.values()) == {"unpublished", "not a post"}


def test_the_place_is_the_line_that_says_so(tmp_path: Path) -> None:
    files = {
        "_posts/2026-01-02-quiet.md": post(title="T", published="false"),
        "_posts/later.md": post(title="T", date="2026-06-02 18:30 +0200"),
        "_posts/2027-01-04-soon.md": post(),
    }
    found = left_out(tmp_path, files)
    assert {path: one.origin.line for path, one in found.items()} == {
        "_posts/2026-01-02-quiet.md": 3,
        "_posts/later.md": 3,
        "_posts/2027-01-04-soon.md": None,
    }
    moment = found["_posts/later.md"].moment
    assert moment is not None and moment.isoformat() == "2026-06-02T16:30:00+00:00"


def test_a_default_may_say_so(tmp_path: Path) -> None:
    config = "defaults:\n  - scope: {path: _posts/old}\n    values:\n      published: false\n"
    found = left_out(tmp_path, {"_config.yml": config, "_posts/old/2020-01-01-x.md": post()})
    origin = found["_posts/old/2020-01-01-x.md"].origin
    assert (origin.path, origin.line) == ("_config.yml", 4)


def test_jekyll_wants_a_date_in_the_name(tmp_path: Path) -> None:
    files = {"_posts/todo.md": post(), "a/_posts/todo.md": post(), "_posts/2020-1-5-x.md": post()}
    assert reasons(tmp_path, {**JEKYLL, **files}) == {"_posts/todo.md": "no date", "a/_posts/todo.md": "no date"}


def test_jekyll_may_publish_what_is_unpublished(tmp_path: Path) -> None:
    files = {"_config.yml": "unpublished: true\n", "_posts/2020-01-01-x.md": post(published="false")}
    site = build_site(tmp_path, files)
    assert site.report.site.left_out == () and "2020/01/01/x.html" in site


def test_nobody_hears_of_what_is_wrong_in_drafts_that_wait(tmp_path: Path) -> None:
    assert reasons(tmp_path, {"_drafts/a.md": "---\ntitle: a: b\n---\n"}) == {"_drafts/a.md": "draft"}


def said(folder: Path, *options: str) -> list[str]:
    command = [sys.executable, "-m", "sitegen", "build", "-s", str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[1:]


def test_the_summary_names_each_once(tmp_path: Path) -> None:
    build_site(
        tmp_path,
        {
            **JEKYLL,
            "_posts/2020-01-01-x.md": post(published="false"),
            "_posts/2020-01-02-y.md": post(),
            "_posts/todo.md": post(),
            "_drafts/a.md": post(),
            "_drafts/b.md": post(),
        },
    )
    assert said(tmp_path) == [
        "Left out, and why:",
        "  _posts/todo.md            no date in its name, such as 2026-05-06-title.md",
        "  _posts/2020-01-01-x.md:2  `published: false`",
        "  2 drafts                  --drafts builds them",
    ]
    assert said(tmp_path, "--drafts")[-1].startswith("  _posts/2020")


def test_drafts_alone_take_one_line(tmp_path: Path) -> None:
    build_site(tmp_path, {"_drafts/a.md": post()})
    assert said(tmp_path) == ["Left out 1 draft (--drafts builds them)"]


def test_what_is_too_many_is_counted(tmp_path: Path) -> None:
    posts = {f"_posts/2020-01-0{day}-x.md": post() for day in (1, 2, 3)}
    found = left_out(tmp_path, {"_config.yml": "title: T\nlimit_posts: 1\n", **posts, "_drafts/a.md": post()})
    assert [one.reason for one in found.values()] == ["draft", "too many", "too many"]
    assert found["_posts/2020-01-01-x.md"].origin.line == 2
    assert said(tmp_path) == ["Left out 2 older posts (`limit_posts` wants no more), 1 draft (--drafts builds them)"]


def test_a_site_without_any_says_nothing(tmp_path: Path) -> None:
    build_site(tmp_path, {"_posts/2020-01-02-y.md": post()})
    assert said(tmp_path) == []


def test_many_are_counted(tmp_path: Path) -> None:
    build_site(tmp_path, {f"_posts/2020-01-{day:02}-x.md": post(published="false") for day in range(1, 25)})
    lines = said(tmp_path)
    assert len(lines) == 12
    assert lines[-1] == "  and 14 more               sitegen explain PATH says why"
