"""Files of a submission become files in a folder, under names of our own: a visitor's name is never a path."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from sitegen.errors import SitegenError
from sitegen.forms.files import ending_for
from sitegen.forms.submission import KeptFile, Submission


def save_files(
    submission: Submission, files: Sequence[KeptFile], content_of: Callable[[KeptFile], bytes], folder: Path
) -> tuple[Path, ...]:
    """Write the files, all or none, and never over another; their paths. Raises `SitegenError`."""
    places = [folder / f"{submission.id}-{at}{ending_for(file.type)}" for at, file in enumerate(files, start=1)]
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for place, file in zip(places, files, strict=True):
            _write_new(place, content_of(file), written)
    except BaseException as error:
        for place in written:
            place.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise SitegenError(f"{error.filename} is there already, and nothing is written over it") from error
        if isinstance(error, OSError):
            raise SitegenError(f"{error.filename or folder} cannot be written: {error.strerror}") from error
        raise
    return tuple(written)


def _write_new(place: Path, content: bytes, written: list[Path]) -> None:
    """A file that only its owner may read: it is what somebody sent in trust."""
    descriptor = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    written.append(place)
    with open(descriptor, "wb") as file:
        file.write(content)
