"""What earlier builds know: the files they made, what each of these read, and the bodies they rendered.

It is one SQLite file for each output folder in `.sitegen/`, safe to delete, and thrown away when it is damaged.
Before a file of the output is touched it is *claimed* there, so that the next build knows, however this one
ends, which files are its own and which of them to look at again.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sitegen import __version__
from sitegen.config import Config
from sitegen.digests import digest_of
from sitegen.errors import Problem, SiteError
from sitegen.markup.rendered import Rendered

_SCHEMA = """
create table if not exists about (fingerprint text);
create table if not exists outputs (
    path text primary key, digest text, identity text, reads text, reads_digest text,
    size integer, modified integer, claim text
) without rowid;
create table if not exists bodies (key text primary key, rendered text) without rowid;
"""
_LIBRARIES = ("jinja2", "markupsafe", "markdown", "pymdownx", "pygments", "pyromark", "yaml")


@dataclass(frozen=True)
class Record:
    """One file that a build made.

    `reads` are the names of what it read while it was made, and `reads_digest` covers what these were; `size` and
    `modified` (nanoseconds) are those of the file; `claim` is the digest of what was about to be written over it
    when a build was cut short, "" otherwise.
    """

    path: str
    digest: str
    identity: str
    reads: tuple[str, ...]
    reads_digest: str
    size: int
    modified: int
    claim: str = ""


class BuildMemory:
    """One output's memory; `records` by path, `bodies` by digest."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.fingerprint = _fingerprint()
        rows = connection.execute("select * from outputs")
        self.records = {row[0]: _record(row) for row in rows}
        self.bodies = RememberedBodies(connection)

    @classmethod
    @contextmanager
    def open(cls, config: Config, *, forget: bool = False) -> Iterator[BuildMemory]:
        """The memory of the configured output. `forget` keeps only which files are the builds' own."""
        path = _file(config)
        try:
            memory = cls(_connect(path))
        except (sqlite3.DatabaseError, ValueError, TypeError, OSError):
            with suppress(OSError):
                path.unlink(missing_ok=True)
            memory = cls(_connect(path if os.access(path.parent, os.W_OK) else Path(":memory:")))
        try:
            memory._renew(forget)
            yield memory
        except sqlite3.Error as error:
            message = f"what the build remembers cannot be written: {error}"
            raise SiteError([Problem(f"{config.memory.name}/{path.name}", None, message)]) from error
        finally:
            memory._connection.close()

    def _renew(self, forget: bool) -> None:
        """After a change of sitegen or of a library nothing that was rendered counts any more."""
        row = self._connection.execute("select fingerprint from about").fetchone()
        if forget or row is None or row[0] != self.fingerprint:
            with self._connection:
                self._connection.execute("delete from bodies")
                self._connection.execute("delete from about")
                self._connection.execute("insert into about values (?)", [self.fingerprint])
                self._connection.execute("update outputs set identity = ''")
            self.records = {
                path: Record(path, record.digest, "", record.reads, "", record.size, record.modified, record.claim)
                for path, record in self.records.items()
            }

    def claim(self, digests: Iterable[tuple[str, str]]) -> None:
        """Say that these paths are about to hold these digests."""
        with self._connection:
            self._connection.executemany(
                "insert into outputs values (?, '', '', '[]', '', 0, 0, ?)"
                " on conflict (path) do update set claim = excluded.claim",
                digests,
            )

    def save(self, records: Iterable[Record], gone: Iterable[str]) -> None:
        """Remember what was made, and forget what was removed."""
        rows = [(*astuple(record)[:3], json.dumps(record.reads), *astuple(record)[4:]) for record in records]
        with self._connection:
            self._connection.executemany("delete from outputs where path = ?", [(path,) for path in gone])
            self._connection.executemany("insert or replace into outputs values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            self.bodies.save()


class RememberedBodies(MutableMapping[str, Rendered]):
    """Rendered bodies by digest: read when asked for, written at the end of a build that succeeds."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._new: dict[str, Rendered] = {}
        self._read: dict[str, Rendered] = {}
        self._kept: set[str] = set()

    def keep(self, keys: Iterable[str]) -> None:
        """The bodies of the site as it is; others are forgotten."""
        self._kept = set(keys)

    def save(self) -> None:
        """Write what is new, and drop what no document has any more."""
        known = {row[0] for row in self._connection.execute("select key from bodies")}
        self._connection.executemany("delete from bodies where key = ?", [(key,) for key in known - self._kept])
        rows = [(key, json.dumps(astuple(body))) for key, body in self._new.items()]
        self._connection.executemany("insert or replace into bodies values (?, ?)", rows)

    def __getitem__(self, key: str) -> Rendered:
        found = self._new.get(key) or self._read.get(key)
        if found is None:
            row = self._connection.execute("select rendered from bodies where key = ?", [key]).fetchone()
            if row is None:
                raise KeyError(key)
            found = self._read[key] = _rendered(row[0])
        return found

    def __setitem__(self, key: str, body: Rendered) -> None:
        self._new[key] = body

    def __delitem__(self, key: str) -> None:
        self._new.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter({**self._read, **self._new})

    def __len__(self) -> int:
        return len({**self._read, **self._new})


def _rendered(text: str) -> Rendered:
    html, excerpt, summary, toc, words, links = json.loads(text)
    return Rendered(html, excerpt, summary, toc, words, tuple(links))


def _record(row: tuple[Any, ...]) -> Record:
    path, digest, identity, reads, reads_digest, size, modified, claim = row
    return Record(path, digest, identity, tuple(json.loads(reads)), reads_digest, size, modified, claim)


def _file(config: Config) -> Path:
    """Named for the output folder, relative to the site, so that both may move together."""
    output = os.path.relpath(config.output, config.source).replace(os.sep, "/")
    kind = "preview" if config.preview else "build"
    return config.memory / f"{kind}-{digest_of(output)[:8]}.db"


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level="IMMEDIATE")
    connection.execute("pragma synchronous = off")  # a kill loses nothing; after a power cut the file is checked
    if connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("damaged")
    connection.executescript(_SCHEMA)
    return connection


def _fingerprint() -> str:
    """Sitegen itself and the libraries that what it renders depends on, without importing them."""
    places = [Path(__file__).resolve().parent.parent]
    for name in _LIBRARIES:
        spec = find_spec(name)
        if spec is not None and spec.origin:
            places.append(Path(spec.origin))
    files = [file for place in places for file in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]
    stamps = ((str(file), file.stat()) for file in files)
    return digest_of(__version__, *(f"{name} {stamp.st_size} {stamp.st_mtime_ns}" for name, stamp in stamps))
