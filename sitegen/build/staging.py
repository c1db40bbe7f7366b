"""A staging folder: files are first written there, each at its path, and then moved into their places.

A folder that the output lacks moves as it is, with all that is in it; into one that is there its files move one by one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress

from sitegen.build.obstacles import is_folder, missing_folders
from sitegen.build.render import Artifact
from sitegen.build.spool import bytes_of
from sitegen.digests import digest_of_file
from sitegen.errors import Problem, SiteError


def stage(staging: str, changed: Iterable[Artifact]) -> Mapping[str, os.stat_result]:
    """Write everything into a new folder; what was written there, by path."""
    os.mkdir(staging)
    found, folders = {}, {""}
    for artifact in changed:
        _make_folders(staging, artifact.path, folders)
        place = f"{staging}/{artifact.path}"
        found[artifact.path] = (_write if artifact.file is None else _copy)(artifact, place)
    return found


def _make_folders(staging: str, path: str, made: set[str]) -> None:
    for folder in reversed([*missing_folders(path, made)]):
        with suppress(FileExistsError):  # under the same name, where the case of letters does not count
            os.mkdir(f"{staging}/{folder}")
        made.add(folder)


def _write(artifact: Artifact, place: str) -> os.stat_result:
    rest = memoryview(bytes_of(artifact.data))
    with open(place, "wb", buffering=0) as file:
        while rest:
            rest = rest[file.write(rest) :]
        return os.fstat(file.fileno())


def _copy(artifact: Artifact, place: str) -> os.stat_result:
    assert artifact.file is not None
    shutil.copyfile(artifact.file, place)
    if digest_of_file(place) != artifact.digest:
        raise SiteError([Problem(artifact.owner, None, "changed while the site was built", "build again")])
    return os.lstat(place)


def move(staging: str, output: str) -> None:
    """Move all that is staged into its place. What stands there of the same names goes."""
    with os.scandir(staging) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        place = f"{output}/{entry.name}"
        if not entry.is_dir():
            _replace(entry.path, place)
        elif is_folder(place):
            move(entry.path, place)
        else:
            os.rename(entry.path, place)
    os.rmdir(staging)


def _replace(file: str, place: str) -> None:
    """A file in the place of another one, or of a folder in which there are only folders."""
    try:
        os.replace(file, place)
    except IsADirectoryError:
        for top, _, _ in os.walk(place, topdown=False):
            os.rmdir(top)
        os.replace(file, place)
