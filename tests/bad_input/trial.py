"""One bad input on an otherwise good small site: what it has to say, and what it must not touch."""

from __future__ import annotations

import io
import os
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
