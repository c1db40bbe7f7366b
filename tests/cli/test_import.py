"""`sitegen import`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from sitegen.cli import main
from tests.importing.blogs import MINIMA, OWN, write

PAGE = "<!doctype html><title>x</title><nav>Home</nav><div class='c'>%s</div>"
BLOG = {
    "_config.yml": "title: A blog\nlimit_posts: 5\n",
    "_posts/2020-01-01-one.md": "---\ntitle: One\n---\nThe first text.\n",
    "_posts/2020-01-02-two.md": "---\ntitle: Two\n---\n## Two's\n\nThe second text.\n",
}
SITE = {
    "2020/01/01/one.html": PAGE % "<p>The first text.</p>",
    "2020/01/02/two.html": PAGE % "<h2 id='twos'>Two's</h2><p>The second text.</p>",
}


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a blog in `old`, and what Jekyll made of it in `old/_site`; it is where we are."""
    write(tmp_path / "old", BLOG)
    write(tmp_path / "old/_site", SITE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_site_that_builds(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "jekyll", "old", "new"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Imported old into new\n      2 posts  _posts/\n")
    assert "Left alone\n  _site/\n" in out
    assert "    _config.yml:2: `limit_posts` is not taken over\n        hint: sitegen builds all posts\n" in out
    assert "Next: cd new && " in out
    assert main(["build", "-s", "new", "--strict"]) == 0
    assert "The second text." in (blog / "new/output/2020/01/02/two.html").read_text()


def test_the_proof(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "jekyll", "old", "new", "--compare", "old/_site"]) == 0
    out = capsys.readouterr().out
    assert out.endswith("2 of 2 pages are the same\n")
    assert "Only here: /2020/01/, /2020/, /404.html, /archive/, /" in out
    page = blog / "old/_site/2020/01/02/two.html"
    page.write_text(page.read_text().replace("twos", "two-s"))
    assert main(["import", "jekyll", "new", "--compare", "old/_site"]) == 1
    out = capsys.readouterr().out
    assert '\n/2020/01/02/two.html: heading id "two-s" is "twos" here\n' in out
    assert out.endswith("1 of 2 pages are the same\n")


def test_in_place_nothing_is_written(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {file: file.stat().st_mtime_ns for file in blog.rglob("*")}
    assert main(["import", "jekyll", "old", "--compare", "old/_site"]) == 0
    assert {file: file.stat().st_mtime_ns for file in blog.rglob("*")} == before
    out = capsys.readouterr().out
    assert out.startswith("old as a build takes it\n      2 posts\n")
    assert "Nothing was written." in out
    assert out.endswith("2 of 2 pages are the same\n")


def test_in_place_what_only_jekyll_lets_pass_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, OWN)
    assert main(["import", "jekyll", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "  What is passed over\n" in out
    assert "    _posts/2019-06-03-twice.md:4: `title` is given twice\n        hint: remove one of them\n" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "there is no such folder"),
        (["old", "old/new"], "the new site would be part of the old one"),
        (["old", "full"], "this folder is not empty"),
        (["full", "new"], "there is no _config.yml here"),
        (["old", "new", "--compare", "nowhere"], "there is no such folder to compare with"),
        (["old", "."], "the old site would be part of the new one"),
    ],
)
def test_what_is_refused(blog: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    write(blog / "full", {"a.txt": "a"})
    assert main(["import", "jekyll", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert not (blog / "new").exists()


def test_other_generators_are_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["import", "hexo", "old"])
    assert "jekyll" in capsys.readouterr().err


def test_the_folder_that_one_is_in(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (blog / "new").mkdir()
    monkeypatch.chdir(blog / "new")
    assert main(["import", "jekyll", "../old", "."]) == 1


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_no_site(tmp_path: Path) -> None:
    posts = {f"_posts/2020-01-01-p{number}.md": f"---\ntitle: {number}\n---\nText.\n" for number in range(300)}
    write(tmp_path / "old", {**MINIMA, **posts})
    command = [sys.executable, "-m", "sitegen", "import", "jekyll", "old", "new"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".new.*")) and time.monotonic() < until:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert not (tmp_path / "new").exists()
    assert subprocess.run(command, cwd=tmp_path, stdout=subprocess.DEVNULL, check=False).returncode == 0
    assert (tmp_path / "new/_posts/2020-01-01-p299.md").is_file()
