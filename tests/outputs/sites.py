"""Tiny sites: a few files, one build, and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sitegen.build import BuildReport, build
from sitegen.config import load_config

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Built:
    """One built site."""

    output: Path
    report: BuildReport

    def __contains__(self, path: str) -> bool:
        return (self.output / path).is_file()

    def __getitem__(self, path: str) -> str:
        return (self.output / path).read_text(encoding="utf-8")

    @property
    def files(self) -> set[str]:
        """Every file but the theme's."""
        paths = (path.relative_to(self.output).as_posix() for path in self.output.rglob("*") if path.is_file())
        return {path for path in paths if not path.startswith("assets/")}

    @property
    def notices(self) -> list[str]:
        """What the build said."""
        return [f"{notice.where}: {notice.message}" for notice in self.report.notices]


def build_site(
    folder: Path, files: Mapping[str, str | bytes], now: datetime = NOW, epoch: datetime | None = None, **options: Any
) -> Built:
    """Write the files, and build."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    report = build(load_config(folder, **options), now=now, epoch=epoch)
    return Built(folder / "output", report)


def post(body: str = "Text.", **front: Any) -> str:
    """A post; `_` in a key's name stands for itself."""
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\n{lines}---\n{body}\n"
