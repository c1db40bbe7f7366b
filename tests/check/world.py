"""A tiny site in a folder, and what its check finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sitegen.check.run import Finding, run
from sitegen.config import load_config
from sitegen.settings.names import CHECK_NAMES

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
QUIET = ("descriptions", "build")  # they say something of nearly every tiny site
POST = "_posts/2026-05-06-a.md"


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder with these files in it."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def post(body: str, title: str = "A post", **front: str) -> str:
    """A post with that body, which begins on line 4 if there is no more front matter."""
    more = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\ntitle: {title}\n{more}---\n{body}\n"


def findings(folder: Path, names: Iterable[str] = ()) -> list[Finding]:
    """All that is found, or what the named checks find."""
    wanted = tuple(names) or tuple(name for name in CHECK_NAMES if name not in QUIET)
    return list(run(load_config(folder, patient=True), wanted, now=NOW).findings)


def told(folder: Path, *names: str) -> list[str]:
    """The same in words: `error links _posts/x.md:4: message`."""
    return [
        f"{one.problem.severity} {one.check} {one.problem.where}: {one.problem.message}"
        for one in findings(folder, names)
    ]


def hints(folder: Path, *names: str) -> list[str]:
    """The hints of what is found."""
    return [one.problem.hint for one in findings(folder, names)]
