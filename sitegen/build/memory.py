"""What earlier builds know: the files they made, what each of these read, and the bodies they rendered.

It is one SQLite file for each output folder in `.sitegen/`, safe to delete, and thrown away when it is damaged.
Before a file of the output is touched it is *claimed* there, so that the next build knows, however this one
ends, which files are its own and which of them to look at again. A claim holds all that will be remembered: what
could fail for want of room fails before the output is touched.

Every row stands behind its own check sum, so that nobody has to read the whole file to trust one of them.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sitegen import __version__
from sitegen.build.lock import make_way
from sitegen.build.records import Record, Records
from sitegen.build.remembered import RememberedBodies, Store, is_damage
from sitegen.config import Config
from sitegen.digests import digest_of
from sitegen.errors import Problem, SiteError

_SCHEMA = """
create table if not exists about (fingerprint text);
create table if not exists files (path text primary key, record blob);
"""
_LIBRARIES = (
    "jinja2", "markupsafe", "markdown", "pygments", "pyromark", "frontmatter", "yaml", "liquid", "latex2mathml",
    "lightningcss", "minify_html", "brotli", "zstandard", "PIL", "babel",
)  # fmt: skip


class BuildMemory:
    """One output's memory: `records` by path, `readings` by source, and the rest by digest: `bodies`, `expansions`,
    `weights`, `heads` of pictures, which layouts are `sound`, and which posts are `near` to which.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | str) -> None:
        self._connection, self._path = connection, path
        self.fingerprint = _fingerprint()
        rows = connection.execute("select path, record from files")
        self.records = Records({path: row for path, row in rows if isinstance(path, str)})
        self.bodies, self.expansions = RememberedBodies(connection), Store(connection, "expansions", str, str)
        self.weights = Store(connection, "weights", str, str)
        self.readings = Store(connection, "readings", str, str, whole=True)
        self.heads = Store(connection, "heads", str, str, whole=True)
        self.sound = Store(connection, "sound", str, str)
        self.near = Store(connection, "near", str, str)
        own = (self.expansions, self.weights, self.readings, self.heads, self.sound, self.near)
        self._stores: tuple[Store[Any], ...] = (*self.bodies.stores, *own)
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
            if isinstance(error, sqlite3.DatabaseError) and not is_damage(error):
                raise
        path.unlink(missing_ok=True)
        return cls._connected(path)

    @classmethod
    def _connected(cls, path: Path | str) -> BuildMemory:
        connection = _connection(path)
        try:
            return cls(connection, path)
        except BaseException:
            connection.close()
            raise

    def _renew(self, forget: bool) -> None:
        """After a change of sitegen or of a library nothing that was rendered counts any more."""
        row = self._connection.execute("select fingerprint from about").fetchone()
        if forget or row is None or row[0] != self.fingerprint:
            self.records = self.records.forgotten()
            with self._connection:
                for store in self._stores:
                    store.clear()
                self._stamp()
                self._put(self.records.rows)

    def beginning(self) -> Callable[[], None]:
        """What a forked worker does first: a connection of SQLite's is not to be used in another process.

        It takes SQLite's locks, as bodies may be spilled while it reads. If it has to wait for one for too long, it
        loses the piece that it was at, which is done here.
        """
        file = self._connection.execute("pragma database_list").fetchone()[2]
        address = f"{Path(file).as_uri()}?mode=ro" if file else "file::memory:"
        return lambda: self.bodies.connect(sqlite3.connect(address, uri=True))

    def spill(self) -> None:
        """Have the disk hold the bodies of a large build, if there is a file of ours. What is wrong with the file comes
        to light when paths are claimed.
        """
        if isinstance(self._path, Path):
            with suppress(sqlite3.Error):
                self.bodies.spill()

    def claim(self, records: Iterable[Record]) -> None:
        """Say that these files are about to be written, and remember the bodies that were rendered for them."""
        claims = self.records.claims(records)
        try:
            self._write(claims)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            self._begin_anew()
            self._write({**self.records.rows, **claims})
        self._claimed = True

    def _write(self, rows: Mapping[str, bytes]) -> None:
        with self._connection:
            self._put(rows)
            for store in self._stores:
                store.save()

    def _begin_anew(self) -> None:
        """In the place of a file in which damage came to light: what was read of it is still known."""
        self._connection.close()
        Path(self._path).unlink(missing_ok=True)
        self._connection = _connection(self._path)
        self._stamp()
        for store in self._stores:
            store.begin_anew(self._connection)

    def save(self, records: Iterable[Record], gone: Iterable[str]) -> bool:
        """Remember what was made, and forget what was removed. False where it cannot be written: the claims stand."""
        new, lost = [*records], set(gone)
        after = self.records.but(new, lost)
        try:
            with self._connection:
                self._connection.executemany("delete from files where path = ?", [(path,) for path in lost])
                self._put({record.path: after.rows[record.path] for record in new})
        except sqlite3.Error:
            return False
        self.records = after
        return True

    def left(self) -> Mapping[str, tuple[int, int]]:
        """The files as they were left, with size and time (nanoseconds), by path below the output; the memory's own, by
        its whole path, so that what any other build does is seen. None where claims stand.
        """
        found = [self.records.get(path) for path in self.records]
        if any(record is None or record.claim for record in found) or not isinstance(self._path, Path):
            return {}
        own = self._path.stat()
        left = {record.path: (record.size, record.modified) for record in found if record is not None}
        return {**left, str(self._path.resolve()): (own.st_size, own.st_mtime_ns)}

    def _stamp(self) -> None:
        self._connection.execute("delete from about")
        self._connection.execute("insert into about values (?)", [self.fingerprint])

    def _put(self, rows: Mapping[str, bytes]) -> None:
        self._connection.executemany("insert or replace into files values (?, ?)", rows.items())


def _connection(path: Path | str) -> sqlite3.Connection:
    """The database, its tables made. Raises `sqlite3.DatabaseError` if it is none, or cut short."""
    connection = sqlite3.connect(path, isolation_level="IMMEDIATE")
    try:
        connection.execute("pragma synchronous = off")  # a kill loses nothing; after a power cut rows may be damaged
        connection.executescript(_SCHEMA)
        _take_over(connection)
        (pages,), (size,) = (connection.execute(f"pragma page_{name}").fetchone() for name in ("count", "size"))
        if isinstance(path, Path) and path.stat().st_size < pages * size:
            raise sqlite3.DatabaseError("cut short")
        return connection
    except BaseException:
        connection.close()
        raise


def _take_over(connection: sqlite3.Connection) -> None:
    """What a sitegen before this one has made is ours, too: its table tells, and goes. None of it is fresh."""
    columns = [row[1] for row in connection.execute("pragma table_info(outputs)")]
    if "digest" in columns:
        rows = connection.execute("select path, digest, claim from outputs").fetchall()
        made = ((path, Record(path, digest, "", (), "", 0, 0, claim).row) for path, digest, claim in rows)
        with connection:
            connection.executemany("insert or ignore into files values (?, ?)", made)
            connection.execute("drop table outputs")


def _file(config: Config) -> Path:
    """Named for the output folder, relative to the site, so that both may move together."""
    output = os.path.relpath(config.output, config.source).replace(os.sep, "/")
    kind = "preview" if config.preview else "build"
    return config.memory / f"{kind}-{digest_of(output)[:8]}.db"


def libraries() -> Iterator[str]:
    """A file of each library that what is rendered depends on, which is not imported for it."""
    for name in _LIBRARIES:
        spec = find_spec(name)
        if spec is not None and spec.origin:
            yield spec.origin


@cache
def _fingerprint() -> str:
    """Sitegen itself and the libraries that what it renders depends on, without importing them.

    This process stays what it was when it began, whatever becomes of the files.
    """
    places = [Path(__file__).resolve().parent.parent, *map(Path, libraries())]
    stamps = (stamp for place in places for stamp in _stamps(place))
    return digest_of(__version__, *stamps)


def _stamps(place: Path) -> Iterator[str]:
    """Name, size and time of a file, or of each Python file in a folder."""
    if not place.is_dir():
        yield _stamp_of(str(place))
    for top, folders, names in os.walk(place):
        folders[:] = sorted(folder for folder in folders if folder != "__pycache__")
        yield from (_stamp_of(f"{top}/{name}") for name in sorted(names) if name.endswith(".py"))


def _stamp_of(file: str) -> str:
    found = os.stat(file)
    return f"{file} {found.st_size} {found.st_mtime_ns}"
