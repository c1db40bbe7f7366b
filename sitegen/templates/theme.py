"""The packaged theme: layouts, includes and static files that stand behind the site's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sitegen.digests import digest_of
from sitegen.model.content import Layout

FOLDER = Path(__file__).resolve().parent.parent / "theme"
ASSETS = "/assets/"  # where the theme's static files are published


@cache
def theme_layouts() -> Mapping[str, Layout]:
    """The packaged layouts and includes, by their path in the folder of either."""
    found: dict[str, Layout] = {}
    for folder in ("includes", "layouts"):
        for file in sorted((FOLDER / folder).rglob("*.html")):
            name, text = file.relative_to(FOLDER / folder).as_posix(), file.read_text(encoding="utf-8")
            found[name] = Layout(f"theme/{name}", text, digest_of(text))
    return found


@cache
def layout_names() -> tuple[str, ...]:
    """The files that `layout:` may name, includes left out."""
    return tuple(sorted(file.name for file in (FOLDER / "layouts").glob("*.html")))


@cache
def theme_assets() -> Mapping[str, tuple[Path, str]]:
    """The packaged static files: published URL → file and digest."""
    files = sorted(file for file in (FOLDER / "static").rglob("*") if file.is_file())
    return {
        ASSETS + file.relative_to(FOLDER / "static").as_posix(): (file, digest_of(file.read_bytes())) for file in files
    }
