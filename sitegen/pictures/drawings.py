"""SVGs beside documents: what is published of them is a picture and nothing that runs.

One that has more in it is published as a copy without that, in `.sitegen/drawings`, which is safe to delete.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sitegen.digests import digest_of, digest_of_file
from sitegen.errors import Problem, Problems
from sitegen.folders import entries_of, remove, write_own
from sitegen.marked import Malformed, problem_at
from sitegen.model.content import Asset

FOLDER = "drawings"  # in `.sitegen`
HINT = "it would run where somebody opens the picture by itself; static/ has what is published as it is"


def is_drawing(asset: Asset) -> bool:
    """Whether it is an SVG by its name; one that is packed, too."""
    return asset.path.lower().endswith((".svg", ".svgz"))


def harmless(asset: Asset, folder: Path, problems: Problems) -> Asset:
    """The SVG as it may be published: itself where there is nothing but a picture in it. Each thing that is left out
    is told with its line; what is no SVG is an error.
    """
    from sitegen.svg import clean

    try:
        data = Path(asset.file).read_bytes()
        cleaned = clean(data)
    except Malformed as error:
        message = f"this picture cannot be published: {error.message}"
        problems.add(problem_at(asset.path, "", error.line, message, error.hint or "save it anew"))
        return asset
    except OSError as error:
        problems.add(Problem(asset.path, None, f"cannot be read: {error.strerror}", "look at its permissions"))
        return asset
    if cleaned.data is data:
        return asset
    text = data.decode("utf-8", "replace")
    for line, what in dict.fromkeys(cleaned.left_out):
        problems.warn(problem_at(asset.path, text, line, f"{what} is left out of what is published", HINT))
    return _kept(asset, cleaned.data, folder, problems)


def _kept(asset: Asset, data: bytes, folder: Path, problems: Problems) -> Asset:
    """The asset with a file that holds the bytes."""
    file = folder / f"{digest_of(data)}.svg"
    try:
        kept = not folder.is_symlink() and file.is_file() and not file.is_symlink()
        if not (kept and file.read_bytes() == data):
            write_own(file, data)
        return replace(asset, file=str(file), digest=digest_of_file(file))
    except OSError as error:
        message = f"the copy without what could run cannot be written: {error.strerror}"
        problems.add(Problem(asset.path, None, message, f"look at the permissions of {folder}"))
        return asset


def forget(folder: Path, wanted: Collection[str]) -> None:
    """Remove the copies that no document wants any more."""
    for entry in entries_of(folder):
        if entry.path not in wanted:
            with suppress(OSError):
                remove(Path(entry.path))
