"""When a post was last changed: by its front matter, or by git."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.build.trees import stamps
from tests.content.repositories import commit, git
from tests.explain.asking import ask, value
from tests.outputs.sites import Built, build_site, post

BODY = "\n".join(f"Line {number} of a text that is long enough to be known again." for number in range(9))
SETTING = 'updated = "git"\nurl = "https://x.example"\n'


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A repository with a post of 1 January 2020 that is changed in March."""
    folder = tmp_path / "blog"
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / "sitegen.toml").write_text(SETTING)
    commit(folder, "2020-01-01", x=post(BODY, date="2020-01-01"), quiet=post("Q", date="2020-01-01"))
    commit(folder, "2020-03-03", x=post(f"{BODY}\nMore.", date="2020-01-01"))
    return folder


def updated(site: Built) -> dict[str, str]:
    """Name → the day of the last change; "" for none."""
    found = {Path(one.path).stem: one.updated for one in site.report.site.posts}
    return {name: f"{moment:%Y-%m-%d}" if moment else "" for name, moment in found.items()}


def test_the_last_commit_counts_but_not_the_first(blog: Path) -> None:
    site = build_site(blog, {})
    assert updated(site) == {"x": "2020-03-03", "quiet": ""} and site.notices == []


def test_only_where_that_is_wanted(blog: Path) -> None:
    assert set(updated(build_site(blog, {"sitegen.toml": "title = 'T'"})).values()) == {""}
    assert set(updated(build_site(blog, {"sitegen.toml": 'updated = "front matter"'})).values()) == {""}


def test_everything_shows_it(blog: Path) -> None:
    site = build_site(blog, {})
    page = site["2020/01/01/x/index.html"]
    assert '"dateModified": "2020-03-03T12:00:00+00:00"' in page and ">3 March 2020</time>" in page
    assert "<updated>2020-03-03T12:00:00+00:00</updated>" in site["feed.xml"]
    assert "/2020/01/01/x/</loc><lastmod>2020-03-03</lastmod>" in site["sitemap.xml"]
    assert "updated" not in site["2020/01/01/quiet/index.html"].partition("<main")[2]


def test_the_front_matter_goes_before_it(blog: Path) -> None:
    for key in ("updated", "last_modified_at"):
        site = build_site(blog, {"_posts/x.md": post(BODY, date="2020-01-01", **{key: "2021-01-01"})})
        assert updated(site)["x"] == "2021-01-01"


def test_what_is_not_committed_changes_nothing(blog: Path) -> None:
    site = build_site(blog, {"_posts/x.md": post("Dirty", date="2020-01-01"), "_posts/new.md": post(date="2020-01-01")})
    assert updated(site) == {"x": "2020-03-03", "quiet": "", "new": ""}


def test_a_commit_before_the_posts_day_is_no_news(blog: Path) -> None:
    commit(blog, "2020-05-05", later=post("A", date="2020-06-06"), today=post("A", date="2020-06-06"))
    commit(blog, "2020-05-06", later=post("B", date="2020-06-06"))
    commit(blog, "2020-06-06", today=post("B", date="2020-06-06"))
    site = build_site(blog, {})
    assert updated(site) == {"x": "2020-03-03", "quiet": "", "later": "", "today": ""}


def test_a_new_name_alone_is_no_change(blog: Path) -> None:
    git(blog, "mv", "_posts/x.md", "_posts/y.md")
    commit(blog, "2020-04-04")
    assert updated(build_site(blog, {}))["y"] == "2020-03-03"
    git(blog, "mv", "_posts/y.md", "_posts/z.md")
    commit(blog, "2020-05-05", z=post(f"{BODY}\nOther.", date="2020-01-01"))
    assert updated(build_site(blog, {}))["z"] == "2020-05-05"


def test_another_file_of_the_same_name_is_another_one(blog: Path) -> None:
    git(blog, "rm", "-q", "_posts/x.md")
    commit(blog, "2020-04-04")
    commit(blog, "2020-05-05", x=post("Something else.", date="2020-01-01"))
    assert updated(build_site(blog, {}))["x"] == ""


def test_a_branch_that_was_merged(blog: Path) -> None:
    git(blog, "checkout", "-q", "-b", "branch")
    commit(blog, "2020-04-04", quiet=post("Changed", date="2020-01-01"))
    git(blog, "checkout", "-q", "-")
    commit(blog, "2020-05-05", other=post(date="2020-05-05"))
    git(blog, "merge", "-q", "--no-edit", "branch", day="2020-06-06")
    assert updated(build_site(blog, {}))["quiet"] == "2020-04-04"


def test_the_moment_is_in_the_sites_zone(blog: Path) -> None:
    site = build_site(blog, {"sitegen.toml": f'{SETTING}timezone = "Asia/Tokyo"\n'})
    (x,) = (one for one in site.report.site.posts if one.path == "_posts/x.md")
    assert x.updated is not None and x.updated.isoformat() == "2020-03-03T21:00:00+09:00"


def test_a_site_below_the_top_and_odd_names(blog: Path) -> None:
    site = blog / "deep" / "site"
    (site / "_posts").mkdir(parents=True)
    shutil.copy(blog / "sitegen.toml", site)
    name = "_posts/ünï 'q' \"x\".md"
    (site / name).write_text(post("One", date="2020-01-01"))
    commit(blog, "2020-04-04")
    (site / name).write_text(post("Two", date="2020-01-01"))
    commit(blog, "2020-05-05")
    git(blog, "config", "diff.relative", "true")
    assert list(updated(build_site(site, {})).values()) == ["2020-05-05"]


def test_a_change_from_before_1970(blog: Path) -> None:
    commit(blog, "1970-01-01", old=post("A", date="1960-01-01"))
    (blog / "_posts/old.md").write_text(post("B", date="1960-01-01"))
    git(blog, "add", "-A")
    tree = git(blog, "write-tree")
    head = git(blog, "rev-parse", "HEAD")
    who = "a <a@b.org> -220924800 +0000"
    text = f"tree {tree}\nparent {head}\nauthor {who}\ncommitter {who}\n\nold\n"
    made = git(blog, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", text=text)
    git(blog, "reset", "-q", "--hard", made)
    assert updated(build_site(blog, {}))["old"] in ("1963-01-01", "1970-01-01")  # older gits have no such moments


def test_a_shallow_clone_is_told_once(blog: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{blog}", str(clone))
    for name in os.listdir(clone / "_posts"):
        os.utime(clone / "_posts" / name, (1_600_000_000, 1_600_000_000))
    site = build_site(clone, {})
    assert set(updated(site).values()) == {""}
    (told,) = site.report.notices
    assert (told.where, told.severity) == ("sitegen.toml:1", "warning") and "shallow clone" in told.message
    assert "fetch-depth: 0" in told.hint
    git(clone, "fetch", "-q", "--unshallow")
    assert updated(build_site(clone, {})) == {"x": "2020-03-03", "quiet": ""}


def test_what_a_shallow_clone_knows_is_right(blog: Path, tmp_path: Path) -> None:
    commit(blog, "2020-04-04", quiet=post("Changed", date="2020-01-01"))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{blog}", str(clone))
    assert updated(build_site(clone, {})) == {"x": "", "quiet": "2020-04-04"}


LACKS = {
    "no repository": ("this site is in no repository", "git init"),
    "no commit": ("git knows no file of this site", "commit them"),
    "another repository": ("git knows no file of this site", "GIT_DIR"),
    "no git": ("git is not installed here", "install it"),
    "broken": ("git cannot read its repository", "it says: fatal: bad config line 1"),
    "slow": ("git needs more than 20 seconds", "no post has a date"),
}


@pytest.mark.parametrize("how", LACKS)
def test_where_git_knows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    folder, other = tmp_path / "site", tmp_path / "other"
    for one in (folder, other):
        one.mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    if how in ("no commit", "broken"):
        git(folder, "init", "-q")
    if how == "broken":
        (folder / ".git/config").write_text("[[")
    if how == "another repository":
        git(other, "init", "-q")
        commit(other, "2020-01-01")
        monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    if how == "no git":
        monkeypatch.setenv("PATH", "")
    if how == "slow":
        (other / "git").write_text("#!/bin/sh\nexec sleep 20\n")
        (other / "git").chmod(0o755)
        monkeypatch.setenv("PATH", str(other), prepend=":")
        monkeypatch.setattr("sitegen.content.history.GIT_SECONDS", 1)
    (told,) = build_site(folder, {"sitegen.toml": SETTING, "_posts/x.md": post(date="2020-01-01")}).report.notices
    message, hint = LACKS[how]
    assert (told.where, told.severity) == ("sitegen.toml:1", "warning")
    assert told.message.startswith(message) and hint in told.hint


@pytest.mark.parametrize("name", ["notes\x01\x02x", "a\x01b\x02xyz.txt", "R100", "a b\nc", "M"])
def test_any_name_may_stand_in_a_repository(blog: Path, name: str) -> None:
    (blog / name).write_text("x")
    (blog / "M0").write_text("y")
    commit(blog, "2020-04-04", undated=post("U"))
    git(blog, "mv", name, f"{name}2")
    commit(blog, "2020-05-05")
    site = build_site(blog, {})
    assert updated(site) == {"x": "2020-03-03", "quiet": "", "undated": ""}
    assert {f"{one.date:%Y-%m-%d}" for one in site.report.site.posts} == {"2020-01-01", "2020-04-04"}


def test_the_folder_may_have_any_name(blog: Path) -> None:
    folder = blog.rename(blog.with_name("a\nblog"))
    assert updated(build_site(folder, {}))["x"] == "2020-03-03"


def test_a_value_that_there_is_not(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"_config.yml": "updated: gti\n", "_posts/2020-01-01-x.md": post()})
    assert any('`updated` is "gti", which there is not' in notice for notice in site.notices)


def test_a_commit_alone_renews_the_page(blog: Path) -> None:
    build_site(blog, {"_posts/quiet.md": post("Changed", date="2020-01-01")})
    before = stamps(blog / "output")
    commit(blog, "2020-07-07")
    assert ">7 July 2020</time>" in build_site(blog, {})["2020/01/01/quiet/index.html"]
    after = stamps(blog / "output")
    assert {path for path in after if after[path] != before[path]} == {
        "2020/01/01/quiet/index.html", "feed.xml", "rss.xml", "feed.json", "sitemap.xml",
    }  # fmt: skip


def test_explain_names_the_commit(blog: Path) -> None:
    assert value(ask(blog, "x"), "updated") == ("2020-03-03 12:00+00:00", "git")
    (blog / "_posts/quiet.md").write_text(post(updated="2020-02-02", date="2020-01-01"))
    assert value(ask(blog, "quiet"), "updated") == ("2020-02-02 00:00+00:00", "front matter _posts/quiet.md:2")


def test_an_undated_post_has_both(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    commit(tmp_path, "2020-01-01", x=post(BODY))
    commit(tmp_path, "2020-02-02", x=post(f"{BODY}\nMore."))
    site = build_site(tmp_path, {"sitegen.toml": SETTING}, now=datetime.now(UTC))
    assert updated(site) == {"x": "2020-02-02"} and f"{site.report.site.posts[0].date:%Y-%m-%d}" == "2020-01-01"
