"""A staging folder: files are first written there, each at its path, and then moved into their places.

Whoever renders a page, this process or a worker, writes it there at once, so that nobody has to hold or to send it. A
folder that the output lacks moves as it is, with all that is in it; into one that is there its files move one by one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.build.obstacles import is_folder, missing_folders
from sitegen.build.written import Written, written
from sitegen.digests import digest_of_file
from sitegen.errors import Problem, SiteError
from sitegen.folders import is_full

STAGING = ".sitegen-staging"


class Staging:
    """The staging folder of one build, made when the first process writes something; nobody else may look into it."""

    def __init__(self, output: Path) -> None:
        self._output, self._top, self._process = output, f"{output}/{STAGING}", os.getpid()
        self.folder = f"{self._top}/{self._process}"  # so that two builds never write into the same
        self._folders: set[str] = set()  # below it, as far as this process knows
        self._made: list[Path] = []  # the output folder, and those above it

    def begin(self) -> None:
        """Make it, and the output folder. What a build that was ended has left there goes. Raises `SiteError`."""
        if self._folders:
            return
        with self._telling():
            self._begin()

    def _begin(self) -> None:
        self._made = [folder for folder in (self._output, *self._output.parents) if not folder.exists()]
        self._output.mkdir(parents=True, exist_ok=True)
        self._remove(self._top)
        os.mkdir(self._top, 0o700)
        os.mkdir(self.folder)
        self._folders.add("")

    @property
    def is_open(self) -> bool:
        """Whether this process may write: a worker, where the first process has begun."""
        return bool(self._folders) or os.getpid() == self._process

    def put(self, path: str, data: bytes) -> Written:
        """Write a file. Raises `SiteError`."""
        self.begin()
        with self._telling():
            place, rest = self._place(path), memoryview(data)
            with open(place, "wb", buffering=0) as file:
                while rest:
                    rest = rest[file.write(rest) :]
                found = os.fstat(file.fileno())
        return Written(place, found.st_size, found.st_mtime_ns)

    def copy(self, path: str, file: Path, digest: str) -> Written | None:
        """Write a file as another one is; None if that has not this digest any more. Raises `SiteError`."""
        with self._telling():
            place = self._place(path)
            shutil.copyfile(file, place)
            return written(place) if digest_of_file(place) == digest else None

    def _place(self, path: str) -> str:
        for folder in reversed([*missing_folders(path, self._folders)]):
            with suppress(FileExistsError):  # another process made it, or the case of letters does not count
                os.mkdir(f"{self.folder}/{folder}")
            self._folders.add(folder)
        return f"{self.folder}/{path}"

    def move(self) -> None:
        """Move all into its place in the output. Raises `OSError`."""
        if self._folders:
            _move(self.folder, str(self._output))

    def end(self) -> None:
        """All of it goes that is not in its place; with the output folder if it was made for nothing."""
        self._remove(self.folder if self._folders else self._top)
        with suppress(OSError):
            for folder in (Path(self._top), *self._made):
                folder.rmdir()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell the author what the disk has against it."""
        try:
            yield
        except OSError as error:
            raise SiteError([disk_problem(self._output, error, begun=False)]) from error

    def _remove(self, place: str) -> None:
        if os.path.islink(place):
            os.unlink(place)
        elif os.path.exists(place):
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def staging(output: Path) -> Iterator[Staging]:
    """A staging folder in the output, while a build goes on."""
    made = Staging(output)
    try:
        yield made
    finally:
        made.end()


def disk_problem(output: Path, error: OSError, *, begun: bool) -> Problem:
    """What the author is told; `begun` is whether anything is in its place already."""
    state = "a part of the output is new" if begun else "the last good output is as it was"
    if is_full(error):
        return Problem(str(output), None, "the disk is full", f"{state}; make room{', and build again' * begun}")
    name = error.filename or output
    hint = f"{state}; build again" if begun else ""
    return Problem(str(name), None, f"cannot be written: {error.strerror or error}", hint)


def _move(staged: str, output: str) -> None:
    """Move all that is staged into its place. What stands there of the same names goes."""
    with os.scandir(staged) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        place = f"{output}/{entry.name}"
        if not entry.is_dir():
            _replace(entry.path, place)
        elif is_folder(place):
            _move(entry.path, place)
        else:
            os.rename(entry.path, place)
    os.rmdir(staged)


def _replace(file: str, place: str) -> None:
    """A file in the place of another one, or of a folder in which there are only folders."""
    try:
        os.replace(file, place)
    except IsADirectoryError:
        for top, _, _ in os.walk(place, topdown=False):
            os.rmdir(top)
        os.replace(file, place)
