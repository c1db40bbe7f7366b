"""Files with people's names in them: only their owner reads them, as with the inbox itself."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from sitegen.errors import SitegenError


def write_privately(path: Path, pieces: Iterable[str]) -> None:
    """Write beside and rename: what fails half-way leaves the last file as it was. Raises `SitegenError`."""
    beside = path.with_name(f".{path.name}.part")
    private = partial(os.open, mode=0o600)
    try:
        beside.unlink(missing_ok=True)  # of an export that was killed
        with open(beside, "x", encoding="utf-8", newline="", opener=private) as file:
            file.writelines(pieces)
        beside.replace(path)
    except OSError as error:
        raise SitegenError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
