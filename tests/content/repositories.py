"""Small repositories, and their days."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str, day: str = "2020-01-01", text: str = "") -> str:
    """Run git there as if it were noon (UTC) of that day, and give it a text; what it answers."""
    stamp = f"{day}T12:00:00Z"
    environment = {
        **os.environ, "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp, "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.org", "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@b.org",
    }  # fmt: skip
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, env=environment, input=text, text=True)
    return done.stdout.strip()


def commit(folder: Path, day: str, **texts: str) -> None:
    """Write posts by name, and commit whatever there is."""
    for name, text in texts.items():
        file = folder / "_posts" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    git(folder, "add", "-A", day=day)
    git(folder, "commit", "-q", "--allow-empty", "-m", day, day=day)
