"""Tiny sites, and a question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sitegen.config import load_config
from sitegen.explain import Explanation, explain
from sitegen.model.given import Given

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Put files there."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


def ask(folder: Path, what: str, files: Mapping[str, str] | None = None) -> Explanation:
    """Write the files, and ask."""
    write(folder, files or {})
    return explain(load_config(folder, patient=True), what, now=NOW)


def value(found: Explanation, name: str) -> tuple[str, ...]:
    """A value: its text, then who gave it and where, or the note."""
    (one,) = (one for one in found.values if one.name == name)
    return one.text, *([one.note] if one.note else map(_who, one.given))


def _who(given: Given) -> str:
    return f"{given.by} {given.at.path}:{given.at.line}" if given.at.line is not None else given.by
