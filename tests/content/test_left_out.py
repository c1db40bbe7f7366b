"""What is not published, and why; how a build says it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sitegen.model.content import LeftOut
from tests.bad_input.trial import command
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


def test_what_expires_is_gone_from_that_moment(tmp_path: Path) -> None:
    files = {"_posts/2026-01-01-x.md": post(title="Sale", tags="[a]", expires="2026-05-03 18:30 +0200")}
    moment = datetime(2026, 5, 3, 16, 30, tzinfo=UTC)
    site = build_site(tmp_path, files, now=moment - timedelta(seconds=1))
    assert "2026/01/01/x/index.html" in site and "Sale" in site["index.html"] and "tags/a/index.html" in site
    site = build_site(tmp_path, {}, now=moment)
    (gone,) = site.report.site.left_out
    assert (gone.reason, gone.moment, gone.origin.line) == ("expired", moment, 4)
    assert "<h2" not in site["index.html"] and "<entry>" not in site["feed.xml"] and "/x/" not in site["sitemap.xml"]
    assert not (tmp_path / "output/2026").exists() and "tags/a/index.html" not in site
    assert "2026/01/01/x/index.html" in build_site(tmp_path, {}, expired=True)
    assert "2026/01/01/x/index.html" in build_site(tmp_path, {"sitegen.toml": "expired = true"})


def test_a_default_may_say_when(tmp_path: Path) -> None:
    config = '[[defaults]]\nscope = {path = "_posts/offers"}\nvalues = {expires = "2026-05-03"}\n'
    files = {"sitegen.toml": config, "_posts/offers/2026-01-01-x.md": post(), "_posts/2026-01-01-y.md": post()}
    (gone,) = left_out(tmp_path, files).values()
    assert (gone.path, gone.origin.path, gone.origin.line) == ("_posts/offers/2026-01-01-x.md", "sitegen.toml", 3)


def test_a_draft_may_have_expired_before_it_was_dated(tmp_path: Path) -> None:
    files = {"_drafts/idea.md": post(expires="2001-01-01"), "_drafts/other.md": post(expires="2999-01-01")}
    assert reasons(tmp_path, files, drafts=True) == {"_drafts/idea.md": "expired"}


def test_what_expires_on_a_jekyll_site_is_left_out_too(tmp_path: Path) -> None:
    files = {"_posts/2020-01-01-x.md": post(expires="2020-02-30"), "_posts/2020-01-02-y.md": post(expires="2019-01-01")}
    site = build_site(tmp_path, {**JEKYLL, **files})
    (gone,) = site.report.site.left_out
    assert f"{gone.moment:%Y-%m-%d}" == "2020-03-01"  # as Jekyll reads dates
    assert "_posts/2020-01-02-y.md:2: `expires`: is not after the date of the post, 2020-01-02 00:00" in site.notices


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
    done = command("build", "-s", folder, *options)
    assert done.code == 0, done.err
    return done.out.splitlines()[1:]


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


def test_the_newest_that_expired_is_told_first(tmp_path: Path) -> None:
    days = {"2020-05-03": "2020-05-03", "2021-06-04": "'2021-06-04 18:30'"}
    build_site(tmp_path, {f"_posts/2020-01-01-{day}.md": post(expires=text) for day, text in days.items()})
    assert said(tmp_path) == [
        "Left out, and why:",
        "  _posts/2020-01-01-2021-06-04.md:2  expired on 4 June 2021 18:30 UTC",
        "  _posts/2020-01-01-2020-05-03.md:2  expired on 3 May 2020",
    ]
    assert said(tmp_path, "--expired") == []


def test_a_site_without_any_says_nothing(tmp_path: Path) -> None:
    build_site(tmp_path, {"_posts/2020-01-02-y.md": post()})
    assert said(tmp_path) == []


def test_many_are_counted(tmp_path: Path) -> None:
    build_site(tmp_path, {f"_posts/2020-01-{day:02}-x.md": post(published="false") for day in range(1, 25)})
    lines = said(tmp_path)
    assert len(lines) == 12
    assert lines[-1] == "  and 14 more               sitegen explain PATH says why"
