"""`sitegen init` and `sitegen new`."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from sitegen.cli import main
from sitegen.cli.new import write_post


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_new_site_builds_with_a_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "blog"
    assert main(["init", str(site)]) == 0
    assert main(["build", "-s", str(site)]) == 0
    assert "<form" in (site / "output/join/index.html").read_text()
    assert "2 posts, 1 call" in capsys.readouterr().out


def test_in_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    assert main(["build", "--strict"]) == 1  # the call has nowhere to go yet
    config = (tmp_path / "sitegen.toml").read_text()
    (tmp_path / "sitegen.toml").write_text(config + '[receive]\nurl = "https://answers.example.org"\n')
    assert main(["build", "--strict"]) == 0


def test_the_workflow_builds_below_the_path_that_pages_gives(tmp_path: Path) -> None:
    main(["init", str(tmp_path)])
    workflow = yaml.safe_load((tmp_path / ".github/workflows/pages.yml").read_text())
    runs = [step.get("run", "") for step in workflow["jobs"]["publish"]["steps"]]
    build = next(run for run in runs if run.startswith("sitegen build"))
    arguments = build.replace("${{ steps.pages.outputs.origin }}", "https://ada.example").replace(
        "${{ steps.pages.outputs.base_path }}", "/blog"
    )
    words = [word.strip('"') for word in arguments.split()[1:]]
    assert main([*words, "-s", str(tmp_path)]) == 0
    page = (tmp_path / "output/index.html").read_text()
    assert 'href="/blog/assets/style.' in page
    assert 'href="https://ada.example/blog/"' in page


def test_init_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts" / "mine.md").write_text("mine")
    before = tree(tmp_path)
    assert main(["init", str(tmp_path)]) == 1
    assert tree(tmp_path) == before
    assert "there is something already" in capsys.readouterr().err


def test_init_keeps_files_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n")
    assert main(["init", str(tmp_path)]) == 0
    assert (tmp_path / ".gitignore").read_text() == "mine\n"


def test_the_settings_of_a_new_site_are_toml(tmp_path: Path) -> None:
    main(["init", str(tmp_path)])
    text = (tmp_path / "sitegen.toml").read_text()
    assert tomllib.loads(text)["title"]
    assert tomllib.loads(text.replace("# ", "").replace("The settings", "# The settings").split("# The")[0]) is not None


@pytest.mark.parametrize(
    "title",
    ["Hello", "A: colon", 'Say "hi"', "yes", "1.10", "#tag", "Ünïcödé & more", "[list]", "2024-01-01", "it's", "null"],
)
def test_new_keeps_the_title(tmp_path: Path, title: str) -> None:
    path = write_post(tmp_path, title, date(2026, 5, 6), call=False)
    front = path.read_text(encoding="utf-8").split("---")[1]
    assert yaml.safe_load(front) == {"title": title}


def test_new_has_todays_date_in_the_sites_zone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sitegen.toml").write_text('timezone = "Pacific/Kiritimati"\n')
    days = {datetime.now(UTC).date()}
    assert main(["new", "A Post of Today", "-s", str(tmp_path)]) == 0
    (post,) = (tmp_path / "_posts").iterdir()
    written = date.fromisoformat(post.name[:10])
    assert 0 <= (written - min(days)).days <= 2
    assert post.name[10:] == "-a-post-of-today.md"
    assert "a-post-of-today.md" in capsys.readouterr().out


def test_a_new_call_builds(tmp_path: Path) -> None:
    assert main(["new", "Who reads with me?", "--call", "-s", str(tmp_path)]) == 0
    assert main(["build", "--future", "-s", str(tmp_path)]) == 0
    assert "Count me in" in (tmp_path / "output/join/who-reads-with-me/index.html").read_text()


def test_new_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "Once", "-s", str(tmp_path)]) == 0
    assert main(["new", "Once", "-s", str(tmp_path)]) == 1
    assert "already" in capsys.readouterr().err


@pytest.mark.parametrize("title", ["", "!!!", "   "])
def test_a_title_without_words(tmp_path: Path, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", title, "-s", str(tmp_path)]) == 2
    assert "no letter" in capsys.readouterr().err
    assert not (tmp_path / "_posts").exists()


def test_new_knows_the_languages_of_the_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sitegen.toml").write_text("[languages.de]\n", encoding="utf-8")
    assert main(["new", "Hallo", "--lang", "de", "-s", str(tmp_path)]) == 0
    assert main(["new", "Hello", "--lang", "en", "-s", str(tmp_path)]) == 0
    assert [file.parent.name for file in sorted(tmp_path.rglob("*.md"))] == ["_posts", "de"]
    assert main(["new", "Bonjour", "--lang", "fr", "-s", str(tmp_path)]) == 2
    assert 'the site is not in "fr"; known: de, en; a table' in capsys.readouterr().err
