"""Font files: the packaged ones, and the bold ones beside them. Pure look-ups."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from sitegen.digests import digest_of, digest_of_file

PACKAGE = "font_source_serif_pro"  # of the extra `images`; nothing of it is imported


def packaged_font() -> str:
    """The font that stands behind all others; "" where the extra is missing.

    Source Serif Pro has Latin, Greek, Cyrillic and Vietnamese letters.
    """
    spec = find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec is not None else None
    return str(Path(folders[0], "files", "SourceSerifPro-Regular.ttf")) if folders else ""


def bold_of(file: str) -> str:
    """The bold one of a static font, as families name their files: `X-Bold.ttf` beside `X-Regular.ttf`.

    The file itself where there is none: it is variable, or the only one.
    """
    bold = "-Bold.".join(file.rsplit("-Regular.", 1))
    return bold if Path(bold).is_file() else file


def digest_of_font(file: str) -> str:
    """One digest for a font and its bold one. Raises `OSError`."""
    return digest_of(*(digest_of_file(Path(one)) for one in dict.fromkeys((file, bold_of(file)))))


@cache
def packaged_font_digest() -> str:
    """That of the packaged font, which every card is made of; it is read once."""
    return digest_of_font(packaged_font())
