"""Small sites with Liquid, read and run without a whole build."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sitegen.config import load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problems
from sitegen.liquid import expanded
from sitegen.markup.bodies import Bodies
from sitegen.model.site import Site

NOW = datetime(2026, 6, 1, tzinfo=UTC)
POST = "_posts/2021-03-04-all.md"
JEKYLL = {"_config.yml": "url: https://example.org\nbaseurl: /blog\ntimezone: Europe/Berlin\n"}
OWN = {"sitegen.toml": "liquid = true\n"}


class Memory(dict[str, str]):
    """What builds remember, in a dictionary; `made` counts what was not remembered."""

    made = 0

    def put(self, key: str, text: str) -> None:
        self[key] = text
        self.made += 1


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(root: Path, files: Mapping[str, str], memory: Memory | None = None, **options: Any) -> tuple[Site, Problems]:
    """Write the files, read the site, run its Liquid."""
    write(root, files)
    config = load_config(root, **options)
    problems = Problems(lenient=config.lenient, strict=config.strict)
    site = assemble(config, problems, now=NOW)
    site = expanded(site, Bodies(config), Memory() if memory is None else memory, problems)
    return site, problems


def body(root: Path, text: str, files: Mapping[str, str] = JEKYLL) -> str:
    """What Liquid makes of the body of a post (titled All); nothing may be wrong."""
    site, problems = run(root, {**files, POST: f"---\ntitle: All\ntags: [a, b c]\nmood: fine\n---\n{text}"})
    assert [problem for problem in problems if problem.severity != "note"] == []
    return site.documents[POST].body


def told(root: Path, text: str, files: Mapping[str, str] = JEKYLL) -> tuple[str, list[str]]:
    """The body after Liquid, and `path:line severity: message` of each problem; the body begins at line 4."""
    site, problems = run(root, {**files, POST: f"---\ntitle: All\n---\n{text}"})
    return site.documents[POST].body, [f"{p.path}:{p.line} {p.severity}: {p.message}" for p in problems]
