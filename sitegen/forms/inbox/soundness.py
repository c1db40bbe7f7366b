"""Whether the rows of a backup are such as sitegen writes.

Its digests say that nothing was damaged by chance; whoever alters a file can make them anew. One value that cannot be
read would break every command later on, so each is looked at before anything is replaced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from sqlalchemy import Connection, Table

from sitegen.forms.inbox.copying import FILES, ROWS
from sitegen.forms.inbox.database import StoreError
from sitegen.forms.inbox.manifest import table as manifest
from sitegen.forms.inbox.tables import files, forms, inbox, metadata, notes, outbox, submissions
from sitegen.forms.notices import Channel, DeliveryState, Kind
from sitegen.forms.submission import STATES, clean, moment_of, moment_text

Check = Callable[[Any], bool]

_WORD = re.compile(r"[!-~]+")
_KNOWN = {table.name for table in (*metadata.sorted_tables, inbox, manifest)} | {"sqlite_sequence"}
_MOST_DAYS = 365 * 9999  # of a period
_MOST_BYTES = 2**31


def _text(value: Any) -> bool:
    return isinstance(value, str) and clean(value) == value


def _word(value: Any) -> bool:
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def _moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and moment_text(moment_of(value)) == value
    except (ValueError, OverflowError):
        return False


def _answers(value: Any) -> bool:
    """Pairs of texts, as JSON."""
    try:
        found = json.loads(value) if isinstance(value, str) else None
    except (ValueError, RecursionError):
        return False
    return isinstance(found, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(map(_text, pair)) for pair in found
    )


def _number(least: int, below: int = 2**63) -> Check:
    return lambda value: type(value) is int and least <= value < below


def _one_of(values: tuple[str, ...]) -> Check:
    return lambda value: isinstance(value, str) and value in values


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


_CHECKS: Mapping[Table, Mapping[str, Check]] = {
    forms: {
        "id": _text,
        "capacity": _or_none(_number(0)),
        "letters": _number(0, 2),
        "title": _text,
        "keep": _or_none(_number(1, _MOST_DAYS + 1)),
    },
    submissions: {
        "number": _number(1),
        "id": _word,
        "form": _text,
        "state": _one_of(STATES),
        "reason": _text,
        "created": _moment,
        "answers": _answers,
        "key": _or_none(_text),
        "content": _text,
        "text": _or_none(_text),
        "folded": _text,
        "consent": _or_none(_text),
        "token": _or_none(_text),
    },
    files: {
        "number": _number(1),
        "id": _word,
        "submission": _word,
        "field": _text,
        "name": _text,
        "type": _text,
        "size": _number(0, _MOST_BYTES),
        "digest": _text,
        "content": lambda value: isinstance(value, bytes),
    },
    notes: {"number": _number(1), "submission": _word, "created": _moment, "text": _text},
    outbox: {
        "number": _number(1),
        "id": _word,
        "submission": _or_none(_word),
        "kind": _one_of(get_args(Kind)),
        "channel": _one_of(get_args(Channel)),
        "target": _text,
        "state": _one_of(get_args(DeliveryState)),
        "created": _moment,
        "due": _moment,
        "attempts": _number(0, 2**31),
        "error": _text,
    },
}


def require_plain(connection: Connection, shown: Path) -> None:
    """Raise `StoreError` for what else a database can hold, and could run: triggers, views, tables not of ours."""
    for kind, name, made_by in connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master"):
        virtual = kind == "table" and str(made_by).upper().startswith("CREATE VIRTUAL")
        if virtual or kind not in ("table", "index") or (kind == "table" and name not in _KNOWN):
            raise StoreError(f'{shown} has a {kind} that no backup has, "{str(name)[:40]}": nothing was restored')


def require_sound(connection: Connection, shown: Path) -> None:
    """Raise `StoreError` for the first value that sitegen has not written: it names the table and the row."""
    for table, checks in _CHECKS.items():
        for number, row in enumerate(_rows(connection, table, checks), 1):
            for (column, check), value in zip(checks.items(), row, strict=True):
                if not check(value):
                    where = f"row {number} of its table {table.name}"
                    raise StoreError(f"{shown} has no possible value in {where} ({column}): nothing was restored")


def _rows(connection: Connection, table: Table, columns: Mapping[str, Check]) -> Iterator[tuple[Any, ...]]:
    """As they are in the file, without what SQLAlchemy would make of them."""
    many = FILES if table is files else ROWS
    names = ", ".join(f'"{name}"' for name in columns)
    query = f"SELECT {names} FROM {table.name}"
    yield from map(tuple, connection.execution_options(yield_per=many).exec_driver_sql(query))
