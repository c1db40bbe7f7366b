"""`sitegen init`: a new site that builds."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from sitegen import __version__
from sitegen.cli.report import styled
from sitegen.errors import Problem, SiteError

SCAFFOLD = Path(__file__).resolve().parent / "scaffold"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "directory", nargs="?", type=Path, default=Path(), metavar="DIR", help="where (default: this folder)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the files, and say what to do next."""
    made = write_site(args.directory, datetime.now(UTC).date())
    for path in made:
        print(f"  {path}")
    there = "" if os.path.relpath(args.directory) == "." else f"cd {args.directory} && "
    print(f"{styled('A new site is ready.', 'bold', sys.stdout)} Next: {there}{own_command()} serve")
    return 0


def own_command() -> str:
    """How to call sitegen from a shell like the one it was called from."""
    if shutil.which("sitegen"):
        return "sitegen"
    beside = Path(sys.executable).with_name("sitegen")
    return str(beside) if beside.exists() else f"{sys.executable} -m sitegen"


def requirement() -> str:
    """What the workflow has to install: this sitegen, if pip knows which repository it came from (PEP 610).

    The name alone would be somebody else's package.
    """
    try:
        origin = json.loads(distribution("sitegen").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        origin = {}
    commit = origin.get("vcs_info", {}).get("commit_id")
    if commit:
        return f"sitegen @ git+{origin['url']}@{commit}"
    return "# sitegen @ git+https://github.com/SOMEBODY/sitegen@v" + __version__


def scaffold(today: date) -> dict[str, str]:
    """The files of a new site: path → text. The two posts are of today and yesterday."""
    names = {
        "sitegen.toml": "sitegen.toml",
        f"_posts/{today - timedelta(days=1)}-hello.md": "hello.md",
        f"_posts/{today}-looking-for-company.md": "call.md",
        "_pages/about.md": "about.md",
        ".github/workflows/pages.yml": "pages.yml",
        "requirements.txt": "requirements.txt",
        ".gitignore": "gitignore",
    }
    closes = date(today.year + (1 if today.month > 6 else 0), 6 if today.month > 6 else 12, 30)
    texts = {path: (SCAFFOLD / name).read_text(encoding="utf-8") for path, name in names.items()}
    filled = {"@CLOSES@": closes.isoformat(), "@SITEGEN@": requirement()}
    for sign, word in filled.items():
        texts = {path: text.replace(sign, word) for path, text in texts.items()}
    return texts


def write_site(folder: Path, today: date) -> list[str]:
    """Write a new site. Raises `SiteError` where there is one already; no file is ever overwritten."""
    taken = [name for name in ("sitegen.toml", "_config.yml", "_config.yaml", "_posts") if (folder / name).exists()]
    files = scaffold(today)
    if taken or (os.path.lexists(folder) and not folder.is_dir()):
        where = str(folder / taken[0]) if taken else str(folder)
        raise SiteError(
            [Problem(where, None, "there is something already", "choose an empty folder: sitegen init DIR")]
        )
    made = []
    for path, text in files.items():
        file = folder / path
        if file.exists():
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        made.append(path)
    return made
