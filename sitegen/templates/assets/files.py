"""The static files of a site as they are published: its own, and the theme's behind them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sitegen.frozen import dataclass
from sitegen.model.site import Site
from sitegen.templates.theme import FOLDER, theme_assets
from sitegen.urls import file_of

STYLES, SCRIPTS = (".css",), (".js", ".mjs")


@dataclass(frozen=True)
class StaticFile:
    """One file that is published as it is: its path in the output, its source as authors know it, its bytes."""

    path: str
    source: str
    file: Path
    digest: str

    @property
    def kind(self) -> str:
        """`style`, `script`, or `file` for all others."""
        name = self.path.lower()
        return "style" if name.endswith(STYLES) else "script" if name.endswith(SCRIPTS) else "file"

    def text(self) -> str | None:
        """Its text; None where it is none, or cannot be read."""
        try:
            return self.file.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None


def static_files(site: Site) -> Mapping[str, StaticFile]:
    """By path in the output; nothing where the site does not publish them."""
    if "static" not in site.config.outputs:
        return {}
    theme = {
        url.lstrip("/"): StaticFile(url.lstrip("/"), f"theme/{file.relative_to(FOLDER).as_posix()}", file, digest)
        for url, (file, digest) in theme_assets().items()
    }
    own = {path: StaticFile(path, asset.path, Path(asset.file), asset.digest) for path, asset in site.copies}
    return {**theme, **own}


def made_files(site: Site) -> frozenset[str]:
    """The paths of pages, which may be styles, too, and whose content is not known before they are rendered."""
    return frozenset(file_of(page.url, page.ending) for page in (*site.pages, *site.collected))
