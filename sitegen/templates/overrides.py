"""The packaged theme's files, and the site's own that stand before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jinja2.environment import Environment

from sitegen.marked import Malformed
from sitegen.templates.extending import extended
from sitegen.templates.theme import FOLDER
from sitegen.words.catalogs import catalog_of

State = Literal["packaged", "same", "changed", "own"]
WORDS = "_data/i18n"
PLACES = (("layouts", "_layouts"), ("includes", "_includes"), ("static", "static/assets"), ("i18n", WORDS))
"""The theme's folders, and those of a site whose files go before them."""


@dataclass(frozen=True)
class ThemeFile:
    """One file of the look. `place` is where a site has its own, relative to its folder; `packaged` the theme's (None:
    the site alone has it); `state` tells which counts: the packaged one, or the site's, be it the same, changed or
    without a packaged one.
    """

    place: str
    packaged: Path | None
    state: State

    @property
    def name(self) -> str:
        """What `eject` calls it: the name, without the folder."""
        return next(self.place.removeprefix(f"{place}/") for _, place in PLACES if self.place.startswith(f"{place}/"))

    @property
    def is_words(self) -> bool:
        """Whether it has the words of a language: the site's own go before the packaged ones one by one."""
        return self.place.startswith(f"{WORDS}/")


def stands_on(file: ThemeFile, source: Path) -> bool:
    """Whether the site's own file is no changed copy of the packaged one, but adds to it: a layout that extends it, or
    words that are fewer.
    """
    text = (source / file.place).read_text(encoding="utf-8", errors="replace")
    if file.is_words and file.packaged is not None:
        return _has_fewer(text, file.packaged.read_text(encoding="utf-8"))
    return (
        file.place.endswith(".html")
        and extended(Environment(extensions=["jinja2.ext.loopcontrols"]), text) == f"theme/{file.name}"
    )


def _has_fewer(text: str, packaged: str) -> bool:
    try:
        return not catalog_of(packaged).keys() <= catalog_of(text).keys()
    except (Malformed, AttributeError):
        return False


def theme_files(source: Path) -> list[ThemeFile]:
    """Every file of the theme, and every layout and include of the site in `source`."""
    return [file for folder, place in PLACES for file in _files(source, folder, place)]


def _files(source: Path, folder: str, place: str) -> Iterator[ThemeFile]:
    packaged = _names(FOLDER / folder)
    own = _names(source / place) if place != "static/assets" else set()  # what else is there is no part of the look
    for name in sorted(packaged | own):
        file = FOLDER / folder / name if name in packaged else None
        yield ThemeFile(f"{place}/{name}", file, _state(source / place / name, file))


def _names(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def _state(own: Path, packaged: Path | None) -> State:
    if not own.is_file():
        return "packaged"
    if packaged is None:
        return "own"
    return "same" if own.read_bytes() == packaged.read_bytes() else "changed"
