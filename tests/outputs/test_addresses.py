"""Where posts and pages stand, and which there are."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.errors import SiteError
from tests.content.repositories import git
from tests.outputs.sites import build_site, post

PLACEHOLDERS = {
    ":year/:month/:day": "2024/03/05",
    ":short_year/:i_month/:i_day": "24/3/5",
    ":short_month/:long_month": "Mar/March",
    ":y_day/:w_year/:week/:w_day": "065/2024/10/2",
    ":short_day/:long_day": "Tue/Tuesday",
    ":hour/:minute/:second": "23/30/09",
    ":title/:slug/:name": "My.Post/my-post/my-post",
    ":categories": "big-news/x",
    ":slugified_categories": "big-news/x",
    ":collection/:path": "posts/sub/2024-03-05-My.Post",
    "a/:title:output_ext": "a/My.Post.html",
    ":month_:day": "03_05",
}


def test_a_dated_post_has_its_day_in_its_address(tmp_path):
    assert "2024/03/05/hello/index.html" in build_site(tmp_path, {"_posts/2024-03-05-hello.md": "Hi"})


@pytest.mark.parametrize(("pattern", "address"), PLACEHOLDERS.items())
def test_placeholders(tmp_path, pattern, address):
    text = post(date='"2024-03-05 23:30:09"', categories="[Big News, x]")
    site = build_site(
        tmp_path,
        {"sitegen.toml": f'permalink = "/{pattern}"', "_posts/sub/2024-03-05-My.Post.md": text},
    )
    file = address if address.endswith(".html") else f"{address}.html"
    assert file in site or f"{address}/index.html" in site, site.files


def test_the_front_matters_own_address(tmp_path):
    site = build_site(
        tmp_path, {"_posts/2024-01-01-x.md": post(permalink="/mine/:title/"), "a.md": post(permalink="/b.html")}
    )
    assert {"mine/x/index.html", "b.html"} <= site.files


def test_an_undated_post_never_moves(tmp_path):
    file = tmp_path / "_posts/hello.md"
    files = {"_posts/hello.md": "Hi", "sitegen.toml": 'url = "https://example.org"'}
    site = build_site(tmp_path, files, now=datetime.now(UTC))
    assert "hello/index.html" in site
    day = datetime.fromtimestamp(file.stat().st_mtime, UTC).strftime("%Y-%m-%d")
    (notice,) = site.notices
    assert notice.startswith("_posts/hello.md: undated: takes the date of the file") and f"`date: {day}`" in notice


@pytest.fixture
def repository(tmp_path):
    """Three commits: the post is added, renamed, and another one is added."""
    folder = tmp_path / "origin"
    (folder / "_posts").mkdir(parents=True)
    (folder / "_posts/before.md").write_text("One post\n\nwith some text, so that git sees the rename.\n")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first", day="2020-01-01")
    git(folder, "mv", "_posts/before.md", "_posts/after.md")
    git(folder, "commit", "-q", "-m", "rename", day="2021-02-02")
    (folder / "_posts/later.md").write_text("Later.\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "third", day="2022-03-03")
    return folder


def dates(folder: Path) -> dict[str, str]:
    site = build_site(folder, {}, now=datetime.now(UTC))
    return {item.path.removeprefix("_posts/"): f"{item.date:%Y-%m-%d}" for item in site.report.site.posts}


def test_an_undated_post_takes_the_date_of_its_first_commit_through_renames(repository):
    assert dates(repository) == {"after.md": "2020-01-01", "later.md": "2022-03-03"}


def test_the_boundary_of_a_shallow_clone_is_no_date(repository, tmp_path):
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{repository}", str(clone))
    os.utime(clone / "_posts/after.md", (1_600_000_000, 1_600_000_000))
    assert dates(clone) == {"after.md": "2020-09-13", "later.md": "2022-03-03"}


def test_a_post_that_is_not_committed_takes_the_files_date(repository):
    (repository / "_posts/new.md").write_text("New.")
    os.utime(repository / "_posts/new.md", (1_600_000_000, 1_600_000_000))
    assert dates(repository)["new.md"] == "2020-09-13"


def test_drafts_wait(tmp_path):
    files = {"_drafts/idea.md": "Idea", "_posts/2024-01-01-x.md": post(draft="true"), "_posts/2024-01-02-y.md": "Y"}
    assert len(build_site(tmp_path, files).report.site.posts) == 1
    site = build_site(tmp_path, {}, drafts=True)
    assert {"idea/index.html", "2024/01/01/x/index.html"} <= site.files
    assert "Draft" in site["idea/index.html"]
    assert "Idea" not in site["feed.xml"]
    assert "idea/index.html" not in build_site(tmp_path, {}).files


def test_future_posts_are_held_back_and_said_so(tmp_path):
    files = {"_posts/2026-06-02-soon.md": "Soon", "_posts/2026-05-31-now.md": "Now"}
    site = build_site(tmp_path, files)
    (left_out,) = site.report.site.left_out
    assert (left_out.path, left_out.reason, f"{left_out.moment:%Y-%m-%d}") == (
        "_posts/2026-06-02-soon.md",
        "future",
        "2026-06-02",
    )
    assert "2026/06/02/soon/index.html" not in site and "Soon" not in site["index.html"]
    assert "2026/06/02/soon/index.html" in build_site(tmp_path, {}, future=True)
    assert "2026/06/02/soon/index.html" in build_site(tmp_path, {}, now=datetime(2026, 6, 2, tzinfo=UTC))


def test_two_on_one_address_are_both_named(tmp_path):
    files = {"_posts/2024-01-01-a.md": post(permalink="/x/"), "_pages/b.md": post(permalink="/x/")}
    with pytest.raises(SiteError) as caught:
        build_site(tmp_path, files)
    assert {problem.path for problem in caught.value.problems} == {"_posts/2024-01-01-a.md", "_pages/b.md"}
    assert not (tmp_path / "output").exists()


def test_pages(tmp_path):
    files = {
        "about.md": post(), "README.md": "# Not a page", "_pages/deep/x.md": "X", "_pages/raw.html": "<p>Raw",
        "index.md": post("Mine", title="Start"), "_pages/404.md": "Lost",
    }  # fmt: skip
    site = build_site(tmp_path, files)
    assert {"about/index.html", "deep/x/index.html", "raw.html", "index.html", "404.html"} <= site.files
    assert "Mine" in site["index.html"] and "Lost" in site["404.html"]
    assert not [path for path in site.files if "README" in path]


MADE = (
    "index.html", "404.html", "robots.txt", "feed.xml", "sitemap.xml", "assets/style.css",
    "archive/index.html", "2024/index.html", "2024/03/index.html", "tags/index.html", "tags/one/index.html",
    "tags/one/feed.xml", "categories/big/index.html", "series/tea/index.html", "authors/ann/index.html",
    "join/index.html", "join/a/index.html", "join/a/thanks/index.html",
)  # fmt: skip


@pytest.mark.parametrize("config", ["sitegen.toml", "_config.yml"])
@pytest.mark.parametrize("own", ["static/{path}", "_pages/{number}.md"])
def test_a_page_or_file_of_ones_own_goes_before_what_sitegen_makes(tmp_path, config, own):
    call = post(form="{endpoint: 'https://forms.ada.blog/a'}", tags="[one]", categories="[big]", series="Tea")
    files = {config: "", "_data/authors.yml": "ann: {name: Ann}\n", "_posts/2024-03-01-a.md": call}
    made = build_site(tmp_path, files)
    assert [path for path in MADE if path not in made] == []
    for number, path in enumerate(MADE):
        text = post("My own.", permalink=f"/{path}", layout="null")
        place = own.format(path=path, number=number)
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text)
    site = build_site(tmp_path, {})
    assert [path for path in MADE if "My own." not in site[path]] == []
    assert site.notices == made.notices


def test_a_post_goes_before_none_of_these_but_under_jekylls_configuration(tmp_path):
    files = {"_posts/2024-03-01-archive.md": post("My own.", permalink="/:title/")}
    with pytest.raises(SiteError, match="claims the address /archive/, and so does the archive page /archive/"):
        build_site(tmp_path, files)
    site = build_site(tmp_path, {"_config.yml": ""})
    assert "My own." in site["archive/index.html"]
    assert any("and so does the archive page" in notice for notice in site.notices)
