"""What earlier builds made of bodies: HTML, and the text that Liquid left. It is read when it is asked for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sitegen.digests import digest_of
from sitegen.markup.rendered import Ends, Rendered, Shortcode

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value")


class Store(Generic[Value]):
    """One table of values, as text behind the text's own digest: what is damaged is as good as not there."""

    def __init__(
        self, connection: sqlite3.Connection, table: str, dump: Callable[[Value], str], load: Callable[[str], Value]
    ) -> None:
        self._connection, self._table, self._dump, self._load = connection, table, dump, load
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
        row = self._connection.execute(f"select text from {self._table} where key = ?", [key]).fetchone()
        if row is None or digest_of(row[0][32:]) != row[0][:32]:
            return None
        return self._load(row[0][32:])

    def put(self, key: str, value: Value) -> None:
        """Keep a value for later builds."""
        self._new[key] = value
        self._kept.add(key)

    def keep(self, keys: Iterable[str]) -> None:
        """Keep these, even if this build does not ask for them."""
        self._kept.update(keys)

    def save(self) -> None:
        """Write what is new, and drop what is not kept."""
        known = {row[0] for row in self._connection.execute(f"select key from {self._table}")}
        gone = [(key,) for key in known - self._kept]
        texts = ((key, self._dump(value)) for key, value in self._new.items())
        rows = ((key, digest_of(text) + text) for key, text in texts)
        self._connection.executemany(f"delete from {self._table} where key = ?", gone)
        self._connection.executemany(f"insert or replace into {self._table} values (?, ?)", rows)

    def clear(self) -> None:
        """Forget all; a table that another version of sitegen made may have other columns."""
        self._connection.execute(f"drop table {self._table}")
        self._create()

    def _create(self) -> None:
        table = f"{self._table} (key text primary key, text text) without rowid"
        self._connection.execute(f"create table if not exists {table}")


class RememberedBodies:
    """Rendered bodies by digest. The ends of their links are apart: every build wants those of all, of few the rest."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._bodies = Store(connection, "bodies", _dumped, _loaded)
        self._ends = Store(connection, "ends", json.dumps, _ends)

    def connect(self, connection: sqlite3.Connection) -> None:
        """Read through another connection from now on."""
        self._bodies.connect(connection)
        self._ends.connect(connection)

    def get(self, key: str) -> Rendered | None:
        """The rendered body, or None."""
        body, ends = self._bodies.get(key), self._ends.get(key)
        return replace(body, ends=ends) if body is not None and ends is not None else None

    def ends(self, key: str) -> Ends | None:
        """The ends of the links in a body, or None."""
        return self._ends.get(key)

    def put(self, key: str, body: Rendered) -> None:
        """Keep a body for later builds."""
        self._bodies.put(key, body)
        self._ends.put(key, body.ends)

    def keep(self, keys: Iterable[str]) -> None:
        """The bodies of the site as it is, whether or not this build asks for them."""
        kept = set(keys)
        self._bodies.keep(kept)
        self._ends.keep(kept)

    def save(self) -> None:
        """Write what is new, and drop what no document has any more."""
        self._bodies.save()
        self._ends.save()

    def clear(self) -> None:
        """Forget all."""
        self._bodies.clear()
        self._ends.clear()


def values_of(item: DataclassInstance) -> tuple[Any, ...]:
    """The values of a dataclass."""
    return tuple(getattr(item, each.name) for each in fields(item))  # `astuple` copies all inside


def _dumped(body: Rendered) -> str:
    return json.dumps(values_of(replace(body, ends=Ends())), default=values_of)


def _loaded(text: str) -> Rendered:
    html, excerpt, summary, toc, words, links, ends, shortcodes = json.loads(text)
    return Rendered(html, excerpt, summary, toc, words, tuple(links), Ends(*ends), _shortcodes(shortcodes))


def _ends(text: str) -> Ends:
    return Ends(*map(tuple, json.loads(text)))


def _shortcodes(rows: list[Any]) -> tuple[Shortcode, ...]:
    return tuple(
        Shortcode(name, values, line, wraps, start, end, _shortcodes(inside))
        for name, values, line, wraps, start, end, inside in rows
    )
