"""`sitegen check`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.check import CHECKS
from sitegen.cli import main
from sitegen.settings.names import CHECK_NAMES
from tests.build.trees import fresh_copy, made, tree
from tests.check.world import POST, post, written


def site(tmp_path: Path) -> Path:
    """One error, one warning, one note."""
    body = '[x](/gone/)\n\n<img src="/assets/favicon.svg">\n\n```\ncode\n```'
    return written(tmp_path, {POST: post(body, description="x"), "sitegen.toml": 'url = "https://ada.blog"\n'})


def check(folder: Path, *words: str) -> int:
    return main(["check", "-s", str(folder), *words])


def test_what_people_see(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(site(tmp_path)) == 1
    out, err = capsys.readouterr()
    assert err.splitlines() == [
        f"{POST}:9: notice: a fence without a language [fences] (```python has colours; ```text has none)",
        f"{POST}:7: warning: the picture /assets/favicon.svg has no `alt` [alt]",
        '    7 | <img src="/assets/favicon.svg">',
        '        hint: say in `alt` what it shows; alt="" if it only decorates',
        f"{POST}:5: the link to /gone/ leads nowhere [links]",
        "    5 | [x](/gone/)",
    ]
    assert out.startswith(f"Checked {tmp_path}/: 1 post, 6 pages, ")
    assert ": 1 problem, 1 warning, 1 notice in " in out


def test_nothing_is_written_but_what_builds_remember(tmp_path: Path) -> None:
    folder = site(tmp_path)
    check(folder)
    assert sorted(file.name for file in folder.iterdir()) == [".sitegen", "_posts", "sitegen.toml"]
    main(["build", "-s", str(folder)])
    before = {file: file.stat().st_mtime_ns for file in (folder / "output").rglob("*")}
    written(folder, {POST: post("Changed.")})
    assert check(folder, "--only", "links") == 0
    assert {file: file.stat().st_mtime_ns for file in (folder / "output").rglob("*")} == before


def test_a_build_after_a_check_is_complete_and_the_same(tmp_path: Path) -> None:
    folder = site(tmp_path / "a")
    check(folder)
    made(folder)
    clean = fresh_copy(folder, tmp_path / "b")
    made(clean)
    assert tree(folder / "output") == tree(clean / "output")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 1),
        (("--skip", "links"), 0),
        (("--skip", "links", "--strict"), 1),
        (("--skip", "links,alt", "--strict"), 0),
        (("--only", "fences"), 0),
        (("--only", "fences, alt", "--strict"), 1),
        (("--only", "links", "--skip", "links"), 0),
    ],
)
def test_how_it_ends(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    assert check(site(tmp_path), *words) == code


def test_the_setting_leaves_checks_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = site(tmp_path)
    with (folder / "sitegen.toml").open("a") as config:
        config.write('[check]\nskip = ["links", "alt"]\n')
    assert check(folder, "--strict") == 0
    assert check(folder, "--only", "links") == 1  # asked for by name
    written(folder, {"sitegen.toml": '[check]\nskip = ["lniks"]\n'})
    capsys.readouterr()
    assert check(folder) == 1
    assert 'did you mean "links"?' in capsys.readouterr().err


def test_a_name_that_there_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        check(site(tmp_path), "--only", "lniks")
    assert end.value.code == 2
    assert 'there is no check "lniks"; did you mean "links"?' in capsys.readouterr().err


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(site(tmp_path), "--json") == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert [one["check"] for one in json.loads(out)] == ["fences", "alt", "links"]
    assert json.loads(out)[2] == {
        "check": "links",
        "severity": "error",
        "path": POST,
        "line": 5,
        "message": "the link to /gone/ leads nowhere",
        "hint": "",
        "excerpt": "[x](/gone/)",
    }


def test_annotations_of_a_pull_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(tmp_path / "blog")
    written(folder, {"_posts/2026-01-01-100%.md": post("[x](/a,b/)")})
    monkeypatch.chdir(tmp_path)
    assert main(["check", "-s", "blog", "--format", "github", "--only", "links,alt"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "::warning file=blog/_posts/2026-05-06-a.md,line=7,title=sitegen check%3A alt::"
        'the picture /assets/favicon.svg has no `alt`%0Asay in `alt` what it shows; alt="" if it only decorates',
        "::error file=blog/_posts/2026-01-01-100%25.md,line=4,title=sitegen check%3A links::"
        "the link to /a,b/ leads nowhere",
        "::error file=blog/_posts/2026-05-06-a.md,line=5,title=sitegen check%3A links::"
        "the link to /gone/ leads nowhere",
    ]


@pytest.mark.parametrize("style", ["text", "json", "github"])
def test_a_site_that_cannot_be_built(tmp_path: Path, style: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path, {POST: post("x", layout="psot")})
    assert check(folder, "--format", style) == 1
    out, err = capsys.readouterr()
    assert "there is no layout" in out + err
    assert "Traceback" not in out + err
    if style == "text":
        assert out.startswith(f"Not checked, since {folder}/ cannot be built: 1 problem")


def test_a_configuration_that_cannot_be_read_is_json_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(written(tmp_path, {"sitegen.toml": "title = Blog\n"}), "--json") == 1
    (only,) = json.loads(capsys.readouterr().out)
    assert (only["check"], only["path"], only["line"]) == ("build", "sitegen.toml", 1)


def test_many_of_a_kind_are_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layout = '<!doctype html><html lang="en"><title>x</title><a href="{{ "/no" ~ "where/" }}">x</a>{{ content }}'
    files = {f"_posts/2026-01-{day:02}-x.md": post("[y](/gone/)", str(day)) for day in range(1, 13)}
    folder = written(tmp_path, {**files, "_layouts/post.html": layout})
    assert check(folder, "--only", "links") == 1
    out, err = capsys.readouterr()
    assert "leads nowhere (and in 11 other pages) [links]" in err
    assert "leads nowhere (and in 2 more places) [links]" in err
    assert ": 13 problems in " in out
    check(folder, "--only", "links", "--json")
    assert len(json.loads(capsys.readouterr().out)) == 24


def test_drafts_and_posts_to_come(tmp_path: Path) -> None:
    files = {POST: post("x"), "_posts/2999-01-01-x.md": post("[x](/a/)"), "_drafts/y.md": post("[y](/b/)")}
    folder = written(tmp_path, files)
    assert check(folder) == 0
    assert check(folder, "--future") == 1
    assert check(folder, "--drafts") == 1


def test_a_base_from_the_command_line(tmp_path: Path) -> None:
    folder = written(tmp_path, {POST: post("[x](/blog/archive/)"), "static/x.html": '<a href="/archive/">x</a>'})
    assert check(folder, "--only", "links") == 1
    written(folder, {"static/x.html": '<a href="/blog/archive/">x</a>'})
    assert check(folder, "--only", "links", "--baseurl", "/blog", "--url", "https://ada.blog") == 0


def test_the_names_are_one_list() -> None:
    assert ("build", *CHECKS, "external") == CHECK_NAMES
