"""What reading each file came to, and a shelf of that from earlier builds: an unchanged file is not opened.

A row of the shelf stands for all that its document depends on: the file, by what `os.stat` tells of it; the settings;
and what git said, if it was asked. Who has changed a file while it was read, or hardly before that, may change it again
within one tick of the disk's clock, unseen: what was read of such a file is not kept.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, field, replace
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar
from zoneinfo import TZPATH

from sitegen import seal
from sitegen.config import Config
from sitegen.content.history import History
from sitegen.content.rows import Unfit, document_of, row_of
from sitegen.content.sources import DigestOf, Source, digest_of_file
from sitegen.digests import digest_of
from sitegen.errors import Problem, Problems
from sitegen.frozen import dataclass
from sitegen.model.content import Doc, LeftOut
from sitegen.model.given import Giver
from sitegen.patterns import regex

Item = TypeVar("Item")
Made = TypeVar("Made")
_DIGEST = regex("[0-9a-f]{32}")
_ENCODER = json.JSONEncoder(ensure_ascii=False)


class Remembered(Protocol):
    """Rows that earlier builds left, by key."""

    def get(self, key: str) -> str | None:
        """The row, or None."""
        ...

    def put(self, key: str, text: str) -> None:
        """Keep a row for later builds."""
        ...


class Spread(Protocol):
    """Who does something with each of many things, perhaps in other processes. What these send is `packed`."""

    def __call__(
        self,
        items: Sequence[Item],
        do: Callable[[Item], Made],
        packed: Callable[[Made], object],
        unpacked: Callable[[Item, Any], Made],
    ) -> Iterable[Made]:
        """What comes of each, in order."""
        ...


@dataclass(frozen=True)
class Reading(Generic[Doc]):
    """What reading one file came to: its document, or why there is none, and what is told of it."""

    document: Doc | None
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = ()

    def tell(self, problems: Problems) -> None:
        """Tell what is wrong."""
        for problem in self.problems:
            problems.add(problem)


@dataclasses.dataclass
class Witness:
    """What git or the disk knows of one file. `said` has all that was asked, and answered."""

    history: Callable[[], History] = History
    said: dict[str, str] = field(default_factory=dict)

    def first(self, source: Source) -> tuple[datetime, Giver]:
        """As `History.first`."""
        found = self.history().first(source)
        self.said["first"] = repr(found)
        return found

    def last(self, source: Source) -> datetime | None:
        """As `History.last`."""
        found = self.history().last(source)
        self.said["last"] = repr(found)
        return found


_QUESTIONS: Mapping[str, Callable[[Witness, Source], object]] = {"first": Witness.first, "last": Witness.last}


class Shelf:
    """The readings of one site. `clock` is that of the disk, in nanoseconds, before anything is read; `spread` is who
    reads where there is much that is not on it (None: this process).
    """

    def __init__(
        self, config: Config, problems: Problems, remembered: Remembered, clock: int, spread: Spread | None = None
    ) -> None:
        self._config, self._lenient, self._remembered, self._clock = config, problems.lenient, remembered, clock
        self._settings = _settings_digest(config, problems)
        self.spread = spread

    def reading(self, key: str, kind: type[Doc], source: Source, history: Callable[[], History]) -> Reading[Doc] | None:
        """What an earlier build read, if nothing that this depends on is another."""
        row = self._remembered.get(key)
        return None if row is None else self.restored(row, kind, source, history)

    def restored(
        self, row: str, kind: type[Doc], source: Source, history: Callable[[], History]
    ) -> Reading[Doc] | None:
        """What a row stands for, if it is of the file as it is."""
        if not row.startswith(self._stamp(source)):
            return None
        try:
            _, said, told, first, rest = row.split("\0")
            if said and not _is_said(json.loads(said), source, Witness(history)):
                return None
            problems = tuple(map(_problem, json.loads(told))) if told else ()
            document = document_of((first, rest), kind, source, self._config, lenient=self._lenient)
        except (Unfit, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return None
        return Reading(document, (), problems)

    def put(self, key: str, row: str) -> None:
        """Keep what was just read."""
        self._remembered.put(key, row)

    def row(self, source: Source, reading: Reading[Doc], witness: Witness) -> str | None:
        """What is kept of a reading; None for nothing, as of a file without a document, of which there are few."""
        if reading.document is None or not self.is_settled(source):
            return None
        try:
            first, rest = row_of(reading.document, self._config)
        except Unfit:
            return None
        said = _ENCODER.encode(witness.said) if witness.said else ""
        told = _ENCODER.encode([astuple(one) for one in reading.problems]) if reading.problems else ""
        return "\0".join((self._stamp(source)[:-1], said, told, first, rest))

    def digest(self, source: Source, problems: Problems) -> str | None:
        """The digest of a file that is published as it is, as `digest_of_file`: it is read if it is another one."""
        key, seen = f"file:{source.path}", _seen(source)
        known, _, found = (self._remembered.get(key) or "").partition("\0")
        if known == seen and _DIGEST.fullmatch(found):
            return found
        digest = digest_of_file(source, problems)
        if digest is not None and self.is_settled(source):
            self._remembered.put(key, f"{seen}\0{digest}")
        return digest

    def _stamp(self, source: Source) -> str:
        """Of what a row is, before the first NUL and with it."""
        return f"{self._settings} {_seen(source)}\0"

    def is_settled(self, source: Source) -> bool:
        """Whether the file looks different whenever it changes from now on."""
        return seal.is_past(max(source.found.st_mtime_ns, source.found.st_ctime_ns), self._clock)


def digest_with(shelf: Shelf | None) -> DigestOf:
    """How to come by the digest of a file that is published as it is: by the shelf, or by reading it."""
    return digest_of_file if shelf is None else shelf.digest


def read_with(
    shelf: Shelf | None,
    scope: str,
    kind: type[Doc],
    sources: Sequence[Source],
    read: Callable[[Source, Witness], Reading[Doc]],
    history: Callable[[], History] = History,
) -> Sequence[Reading[Doc]]:
    """What reading each file comes to: from the shelf, or by reading it. `scope` tells from whom else may read it."""
    if shelf is None:
        return [read(source, Witness(history)) for source in sources]

    def anew(source: Source) -> tuple[Reading[Doc], str | None]:
        reading = read(source, witness := Witness(history))
        return reading, shelf.row(source, reading, witness)

    def unpacked(source: Source, row: str | None) -> tuple[Reading[Doc], str | None]:
        found = None if row is None else shelf.restored(row, kind, source, history)
        return anew(source) if found is None else (found, row)

    keys = [f"{scope}:{source.path}" for source in sources]
    known = [shelf.reading(key, kind, source, history) for key, source in zip(keys, sources, strict=True)]
    sendable = [
        source for found, source in zip(known, sources, strict=True) if found is None and shelf.is_settled(source)
    ]
    read_now = map(anew, sendable) if shelf.spread is None else shelf.spread(sendable, anew, itemgetter(1), unpacked)
    made = dict(zip([source.path for source in sendable], read_now, strict=True))
    found: list[Reading[Doc]] = []
    for key, source, reading in zip(keys, sources, known, strict=True):
        if reading is None:
            reading, row = made.get(source.path) or anew(source)
            if row is not None:
                shelf.put(key, row)
        found.append(reading)
    return found


def once(history: Callable[[], History]) -> Callable[[], History]:
    """The same, asked once, by this process: a worker of its that would have to ask raises `RuntimeError`, and leaves
    what it was at to this one.
    """
    here, known = os.getpid(), list[History]()

    def asked() -> History:
        if not known:
            if os.getpid() != here:
                raise RuntimeError
            known.append(history())
        return known[0]

    return asked


def _seen(source: Source) -> str:
    """What the system tells of a file."""
    found = source.found
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino} {found.st_dev}"


def _is_said(said: Mapping[str, str], source: Source, witness: Witness) -> bool:
    """Whether what an earlier build was told is still so."""
    for name in said:
        _QUESTIONS[name](witness, source)
    return witness.said == said


def _problem(row: Sequence[Any]) -> Problem:
    path, line, *texts = row
    if not all(isinstance(text, str) for text in (path, *texts)) or not isinstance(line, int | None):
        raise Unfit
    return Problem(*row)


def _settings_digest(config: Config, problems: Problems) -> str:
    """All settings, wherever the site stands; they come with the places where the file has them."""
    settings = replace(config, source=Path(), output=Path())
    ways = (sys.version, f"{problems.lenient} {problems.strict}")
    return digest_of(*ways, repr(settings), config.origin.text, *_zone_stamps(config.timezone))


def _zone_stamps(name: str) -> Iterator[str]:
    """What there is to see of the tables of a time zone."""
    for folder in TZPATH:
        with suppress(OSError):
            found = os.stat(os.path.join(folder, name))
            yield f"{found.st_size} {found.st_mtime_ns}"
