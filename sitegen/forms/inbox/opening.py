"""The inbox of a site: where it is, and which submissions are wanted. What the command line is made of."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import URL

from sitegen.config import MEMORY
from sitegen.dates import parse_moment
from sitegen.errors import UsageError
from sitegen.forms.inbox.database import file_of, parse_database
from sitegen.forms.inbox.store import Store

_UNITS = {"m": 1 / 60, "h": 1, "d": 24, "w": 7 * 24}  # hours
_AGO = re.compile(r"(\d{1,5})\s*([mhdw])")


def inbox_url(source: Path, database: str | None) -> URL:
    """The database of the site in `source`, or the one that was asked for. Raises `UsageError`."""
    if database is not None:
        return parse_database(database)
    return URL.create("sqlite", database=str(source / MEMORY / "inbox.db"))


def open_for_writing(source: Path, database: str | None = None) -> Store:
    """The inbox, made where there is none. Raises `StoreError`, `UsageError`."""
    return Store(inbox_url(source, database))


def open_for_reading(source: Path, database: str | None = None) -> Store:
    """The inbox; one that does not exist yet is empty, and is not made by looking."""
    if not source.is_dir():
        raise UsageError(f"there is no folder {source}")
    url = inbox_url(source, database)
    path = file_of(url)
    return Store(URL.create("sqlite")) if path is not None and not path.exists() else Store(url)


def parse_since(text: str, now: datetime) -> datetime:
    """`2w`, `3d`, `12h`, `30m` ago, or a date. Raises `UsageError`.

    >>> parse_since("2d", datetime(2026, 5, 3, tzinfo=UTC)).isoformat()
    '2026-05-01T00:00:00+00:00'
    """
    if match := _AGO.fullmatch(text.strip()):
        return now - timedelta(hours=int(match[1]) * _UNITS[match[2]])
    try:
        return parse_moment(text, UTC)
    except ValueError as error:
        raise UsageError(f"--since: {error}; write 2w, 3d, 12h or 2026-05-31") from error
