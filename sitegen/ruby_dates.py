"""Dates as Ruby finds them in any text, which is how Jekyll reads them (utils.rb `parse_date`, `Time.parse`).

Ruby looks for a time of day, takes it out, and looks for a day in the rest; whatever else stands there is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES = {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6}
_ZONES |= {"pst": -8, "pdt": -7}
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"

_PASSED_OVER = re.compile(r"[^-+',./:@\[\]\w]+|_+")
_WEEKDAY = re.compile(r"\b(?:sun|mon|tue|wed|thu|fri|sat)[^-/\d\s]*", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(?P<hour>\d+)(?:\s*:\s*(?P<minute>\d+)(?:\s*:\s*(?P<second>\d+)(?:[,.]\d*)?)?"
    r"|\s*h(?:\s*(?P<m>\d+)m?(?:\s*(?P<s>\d+)s?)?)?)(?:\s*(?P<half>[ap])(?:m\b|\.m\.))?"
    r"|(?P<twelve>\d+)\s*(?P<noon>[ap])(?:m\b|\.m\.))"
    r"(?:\s*(?P<zone>(?:gmt|utc?)?[-+]\d+(?:[,.:]\d+(?::\d+)?)?|[^\W\d_]+(?:\sdst)?\b))?",
    re.IGNORECASE,
)
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?P<day>'?\d+)[^-\d\s]*\s*{_MONTH}[^-\d\s']*(?:\s*(?P<year>'?-?\d+(?:(?:st|nd|rd|th)\b)?))?",
        rf"\b{_MONTH}[^-\d\s']*\s*(?P<day>'?\d+)[^-\d\s']*(?:\s*,?\s*(?P<year>'?-?\d+))?",
        r"(?P<year>'?[-+]?\d+)-(?P<month>\d+)-(?P<day>'?-?\d+)",
        rf"(?P<year>'?-?\d+)-{_MONTH}[^-/.]*-(?P<day>'?-?\d+)",
        rf"\b{_MONTH}[^-/.]*-(?P<day>'?-?\d+)-(?P<year>'?-?\d+)",
        r"(?P<year>'?-?\d+)/\s*(?P<month>'?\d+)/\s*(?P<day>'?-?\d+)",
        r"(?P<year>'?-?\d+)\.\s*(?P<month>'?\d+)\.\s*(?P<day>'?-?\d+)",
        r"\b(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:t?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?\b",
    )
)
# What YAML itself makes a moment of: one with seconds. Without an offset it is UTC; the offset +100 is ten hours.
_YAML = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]|\s+)(\d{1,2}):(\d\d):(\d\d)(?:\.\d*)?"
    r"(?:\s*(?:(?P<utc>Z)|(?P<hours>[-+]\d{1,2}):?(?P<minutes>\d{1,2})?))?"
)


@dataclass(frozen=True)
class Found:
    """A moment, and whether its day is one that its month does not have: Ruby goes on counting in the next."""

    moment: datetime
    rolled: bool = False


def find_moment(text: str, zone: tzinfo, *, yaml: bool) -> Found:
    """The moment that Jekyll takes a text for, in `zone`. ValueError says why it takes it for none.

    `yaml` tells that the text stands in YAML without quotes: what is a moment there already goes before Ruby's reading.

    >>> find_moment("2020-03-03 23:30:00", timezone.utc, yaml=False).moment.isoformat()
    '2020-03-03T23:30:00+00:00'
    """
    try:
        match = _YAML.fullmatch(text.strip()) if yaml else None
        found = _of_yaml(match) if match is not None else None
        found = found or parse_time(text, zone)
        return Found(found.moment.astimezone(zone), found.rolled)
    except OverflowError as error:
        raise ValueError(f'"{text}" is too far away') from error


def _of_yaml(match: re.Match[str]) -> Found | None:
    """None where the offset is none: then the text reaches Ruby as it is."""
    hours, minutes = int(match["hours"] or 0), int(match["minutes"] or 0)
    if abs(hours) > 23 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes)
    try:
        return _moment([int(part) for part in match.groups()[:6]], timezone(offset))
    except ValueError:
        return None


def parse_time(text: str, zone: tzinfo) -> Found:
    """The moment as Ruby's `Time.parse` finds it: with the offset that is written, else in `zone`.

    Raises ValueError for a text without a day.
    """
    rest = _WEEKDAY.sub(" ", _PASSED_OVER.sub(" ", text), count=1)
    time = _TIME.search(rest)
    if time is not None:
        rest = f"{rest[: time.start()]} {rest[time.end() :]}"
    day = next((match for shape in _SHAPES if (match := shape.search(rest))), None)
    if day is None:
        raise ValueError(f'"{text}" is not a date')
    try:
        year, month, date = _ordered(day)
        clock, offset = _clock(time or day)
        return _moment([year, month, date, *clock], _zone_of(offset, zone, year) or zone)
    except (ValueError, OverflowError) as error:
        raise ValueError(f'"{text}" is not a date: {error}') from error


def _ordered(match: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day, whichever of them the long one is."""
    month = match["month"].lower()
    year, day = match["year"] or "", match["day"]
    if month.isdigit() and len(month) > 2:
        raise ValueError("it has no month")
    if _is_year(day) or (year and not _is_year(year) and year[-1].isalpha()):
        year, day = day, re.sub(r"\D+$", "", year)
    if not year:
        raise ValueError("it has no year")
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    return _full(year), number, int(day or 1)


def _is_year(part: str) -> bool:
    return part.startswith("'") or len(part) > 2


def _full(year: str) -> int:
    """Two digits are a year of 1969 to 2068."""
    digits = year.strip("'")
    number = int(digits)
    if len(digits) > 2:
        return number
    return number + (1900 if number >= 69 else 2000)


def _clock(match: re.Match[str]) -> tuple[list[int], str]:
    """Hour, minute and second, and the offset as it is written."""
    part = match.groupdict()
    hour = int(part.get("hour") or part.get("twelve") or 0)
    half = (part.get("half") or part.get("noon") or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    clock = [hour, int(part.get("minute") or part.get("m") or 0), int(part.get("second") or part.get("s") or 0)]
    return clock, (part.get("zone") or "").strip()


def _zone_of(text: str, zone: tzinfo, year: int) -> tzinfo | None:
    """The offset that a text names; one that Ruby does not know is passed over, as it is there."""
    name = text.lower()
    if match := re.fullmatch(r"([-+])(\d\d)(?:(:?)(\d\d)(?:\3(\d\d))?)?", text):
        size = timedelta(hours=int(match[2]), minutes=int(match[4] or 0), seconds=int(match[5] or 0))
        if size >= timedelta(days=1):
            raise ValueError(f"there is no offset {text}")
        return timezone(-size if match[1] == "-" else size)
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    if len(name) == 1 and name != "j":  # as on ships: A is an hour east, N an hour west
        east = "abcdefghiklm".find(name) + 1
        return timezone(timedelta(hours=east or -("nopqrstuvwxy".find(name) + 1)))
    for month in (1, 7):
        here = datetime(year, month, 1, tzinfo=zone)
        if (here.tzname() or "").lower() == name:
            return timezone(here.utcoffset() or timedelta())
    return None


def _moment(parts: list[int], zone: tzinfo) -> Found:
    """A moment of six numbers. 31 days are in every month, and 24:00 and the 60th second are the next ones' first."""
    year, month, day, hour, minute, second = parts
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError("there is no such day")
    if not (hour <= 24 and minute <= 59 and second <= 60) or (hour == 24 and (minute or second)):
        raise ValueError("there is no such time of day")
    first = datetime(year, month, 1)
    date = first + timedelta(days=day - 1)
    moment = date + timedelta(hours=hour, minutes=minute, seconds=second)
    return Found(moment.replace(tzinfo=zone), rolled=date.month != month)
