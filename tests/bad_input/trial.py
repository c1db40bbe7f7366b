"""One bad input on an otherwise good small site: what it has to say, and what it must not touch."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.cli import main

GOOD: Mapping[str, str] = {
    "sitegen.toml": 'title = "Good"\n',
    "_posts/2024-01-01-good.md": "---\ntitle: Good\ntags: [one]\n---\nFine.\n",
    "static/style.css": "body {}\n",
}
POST = "_posts/2024-02-02-bad.md"
Content = str | bytes | None  # None: the file is taken away


@dataclass(frozen=True)
class Outcome:
    """What a command came to: its exit code and both streams."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Case:
    """One row of a table: `says` are words that one problem must have, `path:line` first."""

    name: str
    files: Mapping[str, Content]
    says: tuple[str, ...] = ()
    args: tuple[str, ...] = field(default=())


def command(*args: str | Path) -> Outcome:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(arg) for arg in args])
        except SystemExit as error:
            code = int(error.code or 0)
    return Outcome(code, out.getvalue(), err.getvalue())


def build(site: Path, *args: str) -> Outcome:
    """Build a site in this process."""
    return command("build", "-s", site, *args)


def write(site: Path, files: Mapping[str, Content]) -> None:
    """Put files there, or take them away."""
    for path, content in files.items():
        file = site / path
        if content is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)


def good_site(folder: Path, template: Path) -> Path:
    """A copy of a site that was built, its output and its memory included."""
    site = folder / "site"
    shutil.copytree(template, site, symlinks=True)
    return site


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below: time and bytes."""
    found = {}
    for top, _, names in os.walk(folder):
        for name in names:
            file = Path(top) / name
            if file.is_file() and not file.is_symlink():
                found[str(file.relative_to(folder))] = (file.stat().st_mtime_ns, file.read_bytes())
    return found


def problems(text: str) -> list[str]:
    """The stream cut into problems: the first line of each, with the lines below it that are indented."""
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith(" ") and found:
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


def refuse(site: Path, case: Case) -> None:
    """The case fails with what it says, line by line, and the last good output is as it was."""
    output = site / "output"
    write(site, case.files)
    before, around = snapshot(output), set(os.listdir(site.parent))
    done = build(site, *case.args)
    assert done.code == 1, done.err or "built"
    check_words(done, case.says)
    check_lines(site, done)
    assert snapshot(output) == before
    assert set(os.listdir(site.parent)) == around
    assert not (output / ".sitegen-staging").exists()


def pass_with(site: Path, case: Case) -> Outcome:
    """The case builds, and says what it says."""
    write(site, case.files)
    done = build(site, *case.args)
    assert done.code == 0, done.err
    check_words(done, case.says)
    check_lines(site, done)
    return done


def check_words(done: Outcome, says: tuple[str, ...]) -> None:
    """Each of `says` is `path:line: words | more words | …`, all of them in one problem."""
    assert "Traceback" not in done.err
    assert "a bug in sitegen" not in done.err
    found = problems(done.err)
    for wanted in says:
        words = wanted.split(" | ")
        fitting = [problem for problem in found if problem.startswith(words[0])]
        assert fitting, f"nothing begins with {words[0]!r}:\n{done.err}"
        assert any(all(word in problem for word in words) for problem in fitting), f"{words} not in:\n{done.err}"


def check_lines(site: Path, done: Outcome) -> None:
    """A problem with a line shows that line of the author's file; one without a path is ours to mend."""
    for problem in problems(done.err):
        head, _, rest = problem.partition("\n")
        match = re.match(r"(?P<path>[^:]+)(?::(?P<line>\d+))?: ", head)
        assert match, f"no path: {head}"
        file = site / match["path"]
        if match["line"] is None or "notice: " in head or not file.is_file():
            continue
        row = re.split(r"\r\n|\n|\r", file.read_bytes().decode("utf-8", "replace"))[int(match["line"]) - 1]
        shown = re.match(r" *(\d+) \| ([^\\\n]*)", rest)
        assert shown or not row.strip("\0\ufffd\ufeff \t"), f"the line is not shown:\n{problem}"
        assert shown is None or _plain(shown[2])[:20] in _plain(row)


def _plain(text: str) -> str:
    return re.sub(r"[^\x21-\x7e]+", "", text)
