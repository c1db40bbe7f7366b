"""What earlier builds know: the files they made, what each of these read, and the bodies they rendered.

It is one SQLite file for each output folder in `.sitegen/`, safe to delete, and thrown away when it is damaged.
Before a file of the output is touched it is *claimed* there, so that the next build knows, however this one
ends, which files are its own and which of them to look at again. A claim holds all that will be remembered but
the file's size and time: what could fail for want of room fails before the output is touched.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sitegen import __version__
from sitegen.build.lock import make_way
from sitegen.build.remembered import RememberedBodies, Store, values_of
from sitegen.config import Config
from sitegen.digests import digest_of
from sitegen.errors import Problem, SiteError

_SCHEMA = """
create table if not exists about (fingerprint text);
create table if not exists outputs (
    path text primary key, digest text, identity text, reads text, reads_digest text,
    size integer, modified integer, claim text
) without rowid;
"""
_NOT_DAMAGE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_LIBRARIES = (
    "jinja2", "markupsafe", "markdown", "pygments", "pyromark", "yaml", "liquid", "latex2mathml", "lightningcss",
    "minify_html", "brotli", "zstandard", "PIL", "babel",
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """One file that a build made.

    `reads` are the names of what it read while it was made, and `reads_digest` covers what these were; `size` and
    `modified` (nanoseconds) are those of the file; `claim`, after a build that was cut short, has the digests of
    everything that the file may hold, "" otherwise.
    """

    path: str
    digest: str
    identity: str
    reads: tuple[str, ...]
    reads_digest: str
    size: int
    modified: int
    claim: str = ""

    @property
    def digests(self) -> frozenset[str]:
        """Of everything that builds may have left in the file."""
        return frozenset((self.digest, *self.claim.split())) - {""}


class BuildMemory:
    """One output's memory: `records` by path, `bodies`, `expansions` and `weights` by digest."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.fingerprint = _fingerprint()
        rows = connection.execute(f"select {', '.join(item.name for item in fields(Record))} from outputs")
        self.records = {row[0]: _record(row) for row in rows}
        self.bodies, self.expansions = RememberedBodies(connection), Store(connection, "expansions", str, str)
        self.weights = Store(connection, "weights", str, str)
        self._claimed = False

    @classmethod
    @contextmanager
    def open(cls, config: Config, *, forget: bool = False) -> Iterator[BuildMemory]:
        """The memory of the configured output. `forget` keeps only which files are the builds' own."""
        path = _file(config)
        writable = os.access(path.parent, os.W_OK)
        for ending in ("", "-journal", "-wal", "-shm") if writable else ():
            make_way(path.with_name(path.name + ending))
        new = writable and not path.exists()
        try:
            memory = cls._found(path) if writable else cls._connected(":memory:")
            try:
                memory._renew(forget)
                yield memory
            finally:
                memory._connection.close()
                if new and not memory._claimed:  # a build that is refused leaves nothing
                    path.unlink(missing_ok=True)
        except sqlite3.Error as error:
            message = f"what builds remember cannot be read or written: {error}"
            hint = "make room; or remove the file, which is safe"
            raise SiteError([Problem(f"{config.memory.name}/{path.name}", None, message, hint)]) from error

    @classmethod
    @contextmanager
    def blank(cls) -> Iterator[BuildMemory]:
        """A memory that knows nothing, and of which nothing stays: for what is never published."""
        memory = cls._connected(":memory:")
        try:
            yield memory
        finally:
            memory._connection.close()

    @classmethod
    def _found(cls, path: Path) -> BuildMemory:
        try:
            return cls._connected(path)
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_DAMAGE:
                raise
        path.unlink(missing_ok=True)
        return cls._connected(path)

    @classmethod
    def _connected(cls, path: Path | str) -> BuildMemory:
        connection = sqlite3.connect(path, isolation_level="IMMEDIATE")
        try:
            connection.execute("pragma synchronous = off")  # a kill loses nothing; after a power cut: the next line
            if connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
            connection.executescript(_SCHEMA)
            return cls(connection)
        except BaseException:
            connection.close()
            raise

    def _renew(self, forget: bool) -> None:
        """After a change of sitegen or of a library nothing that was rendered counts any more."""
        row = self._connection.execute("select fingerprint from about").fetchone()
        if forget or row is None or row[0] != self.fingerprint:
            with self._connection:
                self.bodies.clear()
                self.expansions.clear()
                self.weights.clear()
                self._connection.execute("delete from about")
                self._connection.execute("insert into about values (?)", [self.fingerprint])
                self._connection.execute("update outputs set identity = ''")
            self.records = {path: replace(record, identity="") for path, record in self.records.items()}

    def beginning(self) -> Callable[[], None]:
        """What a forked worker does first: a connection of SQLite's is not to be used in another process. Nothing is
        written while there are workers.
        """
        file = self._connection.execute("pragma database_list").fetchone()[2]
        address = f"{Path(file).as_uri()}?mode=ro&immutable=1" if file else "file::memory:"
        return lambda: self.bodies.connect(sqlite3.connect(address, uri=True))

    def claim(self, records: Iterable[Record]) -> None:
        """Say that these files are about to be written, and remember the bodies that were rendered for them."""
        with self._connection:
            self._put(replace(record, claim=self._may_hold(record)) for record in records)
            self.bodies.save()
            self.expansions.save()
            self.weights.save()
        self._claimed = True

    def _may_hold(self, record: Record) -> str:
        before = self.records.get(record.path)
        return " ".join(sorted(record.digests | (before.digests if before is not None else frozenset())))

    def save(self, records: Iterable[Record], gone: Iterable[str]) -> bool:
        """Remember what was made, and forget what was removed. False where it cannot be written: the claims stand."""
        try:
            with self._connection:
                self._connection.executemany("delete from outputs where path = ?", [(path,) for path in gone])
                self._put(records)
        except sqlite3.Error:
            return False
        return True

    def _put(self, records: Iterable[Record]) -> None:
        values = (values_of(record) for record in records)
        rows = ((*row[:3], json.dumps(row[3]), *row[4:]) for row in values)
        self._connection.executemany("insert or replace into outputs values (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _record(row: tuple[Any, ...]) -> Record:
    path, digest, identity, reads, reads_digest, size, modified, claim = row
    return Record(path, digest, identity, tuple(json.loads(reads)), reads_digest, size, modified, claim)


def _file(config: Config) -> Path:
    """Named for the output folder, relative to the site, so that both may move together."""
    output = os.path.relpath(config.output, config.source).replace(os.sep, "/")
    kind = "preview" if config.preview else "build"
    return config.memory / f"{kind}-{digest_of(output)[:8]}.db"


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
