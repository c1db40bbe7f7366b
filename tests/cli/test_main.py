"""The command line as a whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sitegen import __version__
from sitegen.cli import main
from sitegen.cli.commands import COMMANDS


def test_python_m_is_the_same() -> None:
    done = subprocess.run([sys.executable, "-m", "sitegen", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"sitegen {__version__}\n"


def test_what_goes_with_the_process_is_not_looked_through(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    program = "import gc, sys; from sitegen.cli import main; main(); print(gc.get_freeze_count() > 10_000)"
    command = [sys.executable, "-c", program, "build", "-s", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert name in capsys.readouterr().out


@pytest.mark.parametrize("words", [["biuld"], ["build", "--fast"], ["inbox", "lst"], ["new"], ["serve", "--port", "x"]])
def test_a_wrong_command_line_is_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("sitegen: ")


@pytest.mark.parametrize(("words", "hint"), [
    (["biuld"], 'COMMAND: there is no "biuld"; did you mean "build"?'),
    (["inbox", "lst"], 'there is no "lst"; did you mean "list"?'),
    (["schema", "xyz"], 'there is no "xyz"; known: config, front-matter'),
])  # fmt: skip
def test_a_word_that_there_is_not_has_the_one_that_was_meant(
    words: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(words)
    assert hint in capsys.readouterr().err


@pytest.mark.parametrize(("words", "told"), [
    (["build", "--darfts"], 'there is no option "--darfts"; did you mean "--drafts"?\nsitegen build --help tells more'),
    (["build", "--sauce=x", "--clear", "y"],
     'there is no option "--sauce"; did you mean "--source"?\n'
     'sitegen: there is no option "--clear"; did you mean "--clean"?\nsitegen build --help tells more'),
    (["build", "-q"], 'there is no option "-q"\nsitegen build --help tells more'),
    (["build", "it"], '"it" is one word too many\nsitegen build --help tells more'),
    (["inbox", "list", "--fomr", "x"],
     'there is no option "--fomr"; did you mean "--form"?\nsitegen inbox list --help tells more'),
    (["--verison"], 'there is no option "--verison"; did you mean "--version"?\nsitegen --help tells more'),
])  # fmt: skip
def test_an_option_that_there_is_not_has_the_one_that_was_meant(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert (end.value.code, capsys.readouterr().err) == (2, f"sitegen: {told}\n")


def test_nothing_shows_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "build the site" in capsys.readouterr().out


def test_colours_only_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/2026-01-01-x.md").write_text("---\nlayout: psot\n---\n")
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "build", "-s", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "\x1b" not in done.stderr
    assert done.stderr.splitlines()[0] == '_posts/2026-01-01-x.md:2: there is no layout "psot"'
    assert 'did you mean "post"?' in done.stderr


@pytest.mark.parametrize("words", [["build"], ["receive"]])
def test_the_wrong_folder_is_told(tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "holiday.jpg").touch()
    assert main([*words, "-s", str(tmp_path)]) == 1
    assert "this is no site" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["holiday.jpg"]
