"""Dates as people write them. Pure functions: zone and moment come in as arguments; `now` is the one clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitegen.patterns import regex

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
ZONES = {"z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6}
ZONES |= {"pst": -8, "pdt": -7, "cet": 1, "cest": 2, "bst": 1}

_TIME = (
    r"(?:(?:[Tt]|\s+|,\s*|\s+at\s+)(?P<hour>\d{1,2}):(?P<minute>\d{1,2})"
    r"(?::(?P<second>\d{1,2})(?:\.(?P<fraction>\d+))?)?"
    r"\s*(?P<zone>[+-]\d{1,2}:?\d{2}|[+-]\d{1,2}|[A-Za-z]{1,4})?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_SHAPES = tuple(
    regex(shape, re.IGNORECASE | re.ASCII)
    for shape in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})" + _TIME,
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})" + _TIME,
        r"(?P<day>\d{1,2})[-.](?P<month>\d{1,2})[-.](?P<year>\d{4})" + _TIME,
        _WEEKDAY + r"(?P<word>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + _TIME,
        _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?P<word>[a-z]{3,9})\.?,?\s+(?P<year>\d{4})" + _TIME,
    )
)
FORMS = "write it as 2026-05-06, or as 2026-05-06 18:30 +0200"


def now() -> datetime:
    """The clock of the machine, in UTC."""
    return datetime.now(UTC)


def zone_named(name: str) -> tzinfo:
    """The time zone of that name (IANA). ValueError if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f'there is no time zone "{name}"') from error


def parse_moment(text: str, zone: tzinfo) -> datetime:
    """The moment that a date or a date with time names, in `zone`.

    A date alone is its midnight in `zone`, and a time without an offset is in it, too. ValueError says what is wrong.
    """
    match = next((m for shape in _SHAPES if (m := shape.fullmatch(text.strip()))), None)
    if match is None:
        raise ValueError(f'"{text}" is not a date')
    part = match.groupdict()
    month = _month(part, text)
    base = _day(int(part["year"]), month, int(part["day"]), text)
    try:
        moment = _with_time(base, part, zone)
        moment.astimezone(UTC)  # feeds want it there, too
    except OverflowError as error:
        raise ValueError(f'"{text}" is too far away') from error
    except ValueError as error:
        raise ValueError(f'"{text}" is no moment that exists: {error}') from error
    return moment


def moment_at(seconds: float) -> datetime:
    """The moment (UTC) that a clock tells in seconds since 1970; 1970 itself for one that no calendar has."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """The moment in a zone; as it is where the zone's calendar does not reach it (the first and the last day)."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def is_date_only(text: str) -> bool:
    """Whether the text names a day and no time of it."""
    return ":" not in text


def _month(part: dict[str, str | None], text: str) -> int:
    if part.get("word") is None:
        return int(part["month"] or 0)
    month = MONTHS.get((part["word"] or "").lower())
    if month is None:
        raise ValueError(f'"{text}" is not a date: there is no month "{part["word"]}"')
    return month


def _day(year: int, month: int, day: int, text: str) -> datetime:
    try:
        return datetime(year, month, day)
    except ValueError:
        if 1 <= month <= 12 and year >= 1:
            from calendar import monthrange

            what = f"that month has {monthrange(year, month)[1]} days"
        else:
            what = f"there is no month {month}" if year >= 1 else f"there is no year {year}"
        raise ValueError(f'"{text}" is not a date: {what}') from None


def _with_time(base: datetime, part: dict[str, str | None], zone: tzinfo) -> datetime:
    if part["hour"] is None:
        return base.replace(tzinfo=zone)
    micro = int(((part["fraction"] or "") + "000000")[:6])
    moment = base.replace(
        hour=int(part["hour"]),
        minute=int(part["minute"] or 0),
        second=int(part["second"] or 0),
        microsecond=micro,
    )
    return moment.replace(tzinfo=_offset(part["zone"]) or zone).astimezone(zone)


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text.lower() in ZONES:
        return timezone(timedelta(hours=ZONES[text.lower()]))
    if text[0] not in "+-":
        raise ValueError(f'there is no time zone "{text}"; write an offset such as +0200')
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    if int(hours) > 15 or int(minutes) > 59:
        raise ValueError(f"there is no offset {text}")
    size = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-size if text[0] == "-" else size)
