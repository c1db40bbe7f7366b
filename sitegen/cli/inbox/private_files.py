"""Files that are written as a whole or not at all; those with people's names in them only their owner reads."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable
from pathlib import Path

from sitegen.errors import SitegenError


def write_privately(path: Path, pieces: Iterable[str]) -> None:
    """The same as `write_whole`, for its owner alone, as with the inbox itself. Raises `SitegenError`."""
    write_whole(path, pieces, mode=0o600)


def write_whole(path: Path, pieces: Iterable[str], mode: int = 0o666) -> None:
    """Write beside and rename: what fails half-way leaves the last file as it was. Raises `SitegenError`."""
    from sitegen.forms.inbox.destination import partial

    beside = partial(path)
    try:
        beside.unlink(missing_ok=True)  # of a command that was killed
        with open(beside, "x", encoding="utf-8", newline="", opener=functools.partial(os.open, mode=mode)) as file:
            file.writelines(pieces)
        beside.replace(path)
    except OSError as error:
        raise SitegenError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
