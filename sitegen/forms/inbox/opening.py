"""The inbox of a site: where it is, and which submissions are wanted. What the command line is made of."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

from sqlalchemy import URL

from sitegen.config import MEMORY
from sitegen.dates import parse_moment
from sitegen.errors import UsageError, did_you_mean
from sitegen.forms.inbox.database import StoreError, file_of, parse_database
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
    """The inbox; the one of a site that has none yet is empty, and is not made by looking.

    Raises `StoreError` where a file was asked for that is not there, `UsageError`.
    """
    if not source.is_dir():
        raise UsageError(f"there is no folder {source}")
    url = inbox_url(source, database)
    path = file_of(url)
    if path is None or path.exists():
        return Store(url)
    if database is not None:
        raise StoreError(f"there is no inbox {path}: {_meant(path)}")
    return Store(URL.create("sqlite"))


def _meant(path: Path) -> str:
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}"
    near = [str(file) for file in sorted(path.parent.glob("*.db"))]
    return did_you_mean(str(path), near) or "`sitegen receive` makes one when it starts"


def parse_since(text: str, now: datetime, zone: tzinfo | None = UTC) -> datetime:
    """`2w`, `3d`, `12h`, `30m` ago, or a date in `zone`, None for the machine's. Raises `UsageError`.

    >>> parse_since("2d", datetime(2026, 5, 3, tzinfo=UTC)).isoformat()
    '2026-05-01T00:00:00+00:00'
    """
    return _moment("--since", text, now, zone)


def parse_until(text: str, now: datetime, zone: tzinfo | None = UTC) -> datetime:
    """The like of `parse_since`; a date without a time is whole: what came on that day is before this moment.

    >>> parse_until("2026-05-31", datetime(2026, 5, 3, tzinfo=UTC)).isoformat()
    '2026-06-01T00:00:00+00:00'
    """
    moment = _moment("--until", text, now, zone)
    return moment if ":" in text or _AGO.fullmatch(text.strip()) else _moment("--until", _day_after(text), now, zone)


def _moment(option: str, text: str, now: datetime, zone: tzinfo | None) -> datetime:
    if match := _AGO.fullmatch(text.strip()):
        return now - timedelta(hours=int(match[1]) * _UNITS[match[2]])
    try:
        about = parse_moment(text, UTC)
        return parse_moment(text, zone or about.astimezone().tzinfo or UTC)  # summer time as it is on that day
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{option}: {error}; write 2w, 3d, 12h or 2026-05-31") from error


def _day_after(text: str) -> str:
    day = parse_moment(text, UTC).date()
    return (day if day == date.max else day + timedelta(days=1)).isoformat()
