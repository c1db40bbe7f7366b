"""What earlier builds made of bodies: HTML, and the text that Liquid left. It is read when it is asked for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zlib import crc32

from sitegen.markup.rendered import Ends, Rendered, Shortcode

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value")
MOST_NEW = 2_000  # values that wait in memory for the end of a build
MOST_BLOCKS = 20_000  # of code in colour; a thousand take some 2 MB
_NOT_DAMAGE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}

_NOT_OURS = (ValueError, TypeError, LookupError, AttributeError, RecursionError)  # behind a right check sum, on purpose


def sealed(key: str, text: str) -> bytes:
    """The text behind a check sum of it and of its key, as it is stored."""
    data = text.encode("utf-8", "surrogatepass")
    return _check_sum(key, data) + data


def unsealed(key: str, data: Any) -> str | None:
    """What was sealed; None if it is damaged, or another key's."""
    if not isinstance(data, bytes):
        return None
    text = data[4:]
    try:
        return text.decode("utf-8", "surrogatepass") if data[:4] == _check_sum(key, text) else None
    except UnicodeDecodeError:
        return None


def _check_sum(key: str, data: bytes) -> bytes:
    return crc32(data, crc32(key.encode("utf-8", "surrogatepass"))).to_bytes(4, "big")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is no database, or none any more: not, if there is no room, or somebody else is at it."""
    is_known = isinstance(error, sqlite3.DatabaseError)
    return is_known and getattr(error, "sqlite_errorcode", 0) & 0xFF not in _NOT_DAMAGE


class Store(Generic[Value]):
    """One table of values, as text behind its own check sum: what is damaged is as good as not there.

    Of a store that is read as a `whole` every build asks for nearly everything. One with a bound holds at most those
    that came last, whether or not a build asks for them; any other what was asked for or is to be kept.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        table: str,
        dump: Callable[[Value], str],
        load: Callable[[str], Value],
        *,
        whole: bool = False,
        most: int = 0,
    ) -> None:
        self._connection, self._table, self._dump, self._load = connection, table, dump, load
        self._whole, self._most = whole, most
        self._known: dict[str, str | None] | None = None
        self._new: dict[str, Value] = {}
        self._kept: set[str] = set()
        self._create()

    def connect(self, connection: sqlite3.Connection) -> None:
        """Read through another connection from now on."""
        self._connection = connection
        self._create()

    def get(self, key: str) -> Value | None:
        """The value, or None."""
        self._kept.add(key)
        if key in self._new:
            return self._new[key]
        known = self._there()
        text = known.get(key) if self._whole or key not in known else unsealed(key, self._stored(key))
        try:
            return None if text is None else self._load(text)
        except _NOT_OURS:
            return None

    def _stored(self, key: str) -> Any:
        try:
            row = self._connection.execute(f"select text from {self._table} where key = ?", [key]).fetchone()
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
            row = None
        return row and row[0]

    def _there(self) -> dict[str, str | None]:
        """The keys that are in the table, listed once."""
        if self._known is None:
            self._known = self._listed()
        return self._known

    def _listed(self) -> dict[str, str | None]:
        """All keys, with the texts where they are wanted, and are not damaged."""
        rows = f"select key, {'text' if self._whole else 'null'} from {self._table}"
        try:
            found = self._connection.execute(rows)
            return {key: unsealed(key, data) if isinstance(key, str) else None for key, data in found}
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
            return {}

    def put(self, key: str, value: Value) -> None:
        """Keep a value for later builds."""
        self._new[key] = value
        self._kept.add(key)

    def keep(self, keys: Iterable[str]) -> None:
        """Keep these, even if this build does not ask for them."""
        self._kept.update(keys)

    def save(self) -> None:
        """Write what is new, and drop what is not kept, or is beyond the bound."""
        self._insert()
        if self._most:
            self._trim()
        else:
            self._drop()

    def _trim(self) -> None:
        newest = f"select max(rowid) from {self._table}"
        self._connection.execute(f"delete from {self._table} where rowid <= ({newest}) - ?", [self._most])

    def _drop(self) -> None:
        gone = [(key,) for key in self._there() if key not in self._kept]
        self._connection.executemany(f"delete from {self._table} where key = ?", gone)

    def _insert(self) -> None:
        rows = ((key, sealed(key, self._dump(value))) for key, value in self._new.items())
        self._connection.executemany(f"insert or replace into {self._table} values (?, ?)", rows)

    def spill(self) -> None:
        """Write what is new before the build ends, where that is much. Workers may read the file meanwhile."""
        if self._whole or len(self._new) <= MOST_NEW:
            return
        known = self._there()
        with self._connection:
            self._insert()
        known.update(dict.fromkeys(self._new))
        self._new.clear()

    def clear(self) -> None:
        """Forget all; a table that another version of sitegen made may have other columns."""
        self._connection.execute(f"drop table {self._table}")
        self._create()
        self._known = None

    def begin_anew(self, connection: sqlite3.Connection) -> None:
        """Go on in a database that has nothing yet."""
        self.connect(connection)
        self._known = None

    def _create(self) -> None:
        table = f"{self._table} (key text primary key, text blob)"
        self._connection.execute(f"create table if not exists {table}")


class RememberedBodies:
    """Rendered bodies by digest. The ends of their links are apart: every build wants those of all, of few the rest.
    So are the blocks of code in colour: what is left as it is in a body that has changed is not coloured again.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._bodies = Store(connection, "bodies", _dumped, _loaded)
        self._ends = Store(connection, "ends", _ENCODER.encode, _ends, whole=True)
        self._blocks = Store(connection, "blocks", str, str, most=MOST_BLOCKS)
        self.stores = (self._bodies, self._ends, self._blocks)
        self._read: dict[str, Ends] = {}

    def connect(self, connection: sqlite3.Connection) -> None:
        """Read through another connection from now on."""
        for store in self.stores:
            store.connect(connection)

    def get(self, key: str) -> Rendered | None:
        """The rendered body, or None."""
        body, ends = self._bodies.get(key), self._ends.get(key)
        if body is None or ends is None:
            return None
        return body if body.ends is ends else replace(body, ends=ends)  # what is not stored yet has its own

    def ends(self, key: str) -> Ends | None:
        """The ends of the links in a body, or None."""
        found = self._read.get(key) or self._ends.get(key)
        if found is not None:
            self._read[key] = found
        return found

    def put(self, key: str, body: Rendered) -> None:
        """Keep a body for later builds."""
        self._bodies.put(key, body)
        self._ends.put(key, body.ends)

    def block(self, key: str) -> str | None:
        """A block of code in colour, or None."""
        return self._blocks.get(key)

    def put_blocks(self, blocks: Mapping[str, str]) -> None:
        """Keep blocks of code in colour, by key."""
        for key, block in blocks.items():
            self._blocks.put(key, block)

    def keep(self, keys: Iterable[str]) -> None:
        """The bodies of the site as it is, whether or not this build asks for them."""
        kept = set(keys)
        self._bodies.keep(kept)
        self._ends.keep(kept)

    def spill(self) -> None:
        """Write bodies before the build ends, where there are many. As they are told by content, they are no less true
        if the build is refused.
        """
        self._bodies.spill()
        self._blocks.spill()

    def save(self) -> None:
        """Write what is new, and drop what no document has any more."""
        for store in self.stores:
            store.save()


def _values(item: DataclassInstance) -> tuple[Any, ...]:
    return tuple(getattr(item, each.name) for each in fields(item))  # `astuple` copies all inside


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_values)


def _dumped(body: Rendered) -> str:
    return _ENCODER.encode((body.html, body.excerpt, body.summary, body.toc, body.words, body.links, body.shortcodes))


def _loaded(text: str) -> Rendered:
    html, excerpt, summary, toc, words, links, shortcodes = json.loads(text)
    return Rendered(html, excerpt, summary, toc, words, tuple(links), Ends(), _shortcodes(shortcodes))


def _ends(text: str) -> Ends:
    return Ends(*map(tuple, json.loads(text)))


def _shortcodes(rows: list[Any]) -> tuple[Shortcode, ...]:
    return tuple(
        Shortcode(name, values, line, wraps, start, end, _shortcodes(inside))
        for name, values, line, wraps, start, end, inside in rows
    )
