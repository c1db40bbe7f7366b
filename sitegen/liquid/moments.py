"""Moments as Liquid shows them, and strftime as Ruby has it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self

from sitegen.dates import moment_at
from sitegen.ruby_dates import parse_time

_DIRECTIVE = re.compile(r"%([-_0^#]*)(\d*)(:?[A-Za-z%])")
_UPPER, _BARE, _BLANK = "^", "-", "_"
_BLANKS = ("e", "k", "l")  # numbers that are padded with blanks
_WIDEST = 100


class Moment(datetime):
    """A date and time that prints as Ruby's does: `2026-05-06 18:30:00 +0200`."""

    @classmethod
    def of(cls, value: datetime) -> Self:
        """The same moment."""
        moment = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        return cls(*moment.timetuple()[:6], moment.microsecond, moment.tzinfo, fold=moment.fold)

    def __liquid__(self) -> float:
        """What comparisons compare."""
        return self.timestamp()

    def __str__(self) -> str:
        return formatted(self, "%Y-%m-%d %H:%M:%S %z")


def moment_from(value: object, zone: tzinfo) -> datetime | None:
    """The moment that a value means: one already, seconds since 1970, or text; None for what is none.

    A text has the offset that it names, and else that of `zone`.
    """
    if isinstance(value, datetime):
        return value
    text = str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if text.isdigit() and (isinstance(value, int) or len(text) > 8):
        return moment_at(float(text[:12])).astimezone(zone)
    try:
        return parse_time(text, zone).moment
    except ValueError:
        return None


def formatted(moment: datetime, form: str) -> str:
    """Ruby's strftime: flags (`%-d`, `%_m`, `%^b`), widths (`%3N`) and its own letters.

    >>> formatted(datetime(2026, 5, 6, 18, 30, tzinfo=UTC), "%-d %^b %Y, %l:%M %P %:z %% %Q")
    '6 MAY 2026,  6:30 pm +00:00 % %Q'
    """
    return _DIRECTIVE.sub(lambda match: _directive(moment, match), form)


def _directive(moment: datetime, match: re.Match[str]) -> str:
    flags, width, letter = match.groups()
    text = _letter(moment, letter, width)
    if text is None:
        return match[0]
    number = text.strip()
    if number.isdigit() and letter not in ("N", "L"):
        text = _padded(number, flags, max(len(text), min(int(width[:3] or 0), _WIDEST)), blank=letter in _BLANKS)
    elif width and letter not in ("N", "L"):
        text = text.rjust(min(int(width[:3]), _WIDEST), "0" if "0" in flags else " ")
    return text.upper() if _UPPER in flags else text.swapcase() if "#" in flags else text


def _padded(number: str, flags: str, width: int, *, blank: bool) -> str:
    digits = number.lstrip("0") or "0"
    if _BARE in flags:
        return digits
    blank = _BLANK in flags or (blank and "0" not in flags)
    return digits.rjust(width) if blank else digits.rjust(width, "0")


def _letter(moment: datetime, letter: str, width: str) -> str | None:
    """One directive; None for one that there is not."""
    offset = moment.utcoffset() or timedelta()
    own = {
        "%": "%",
        "n": "\n",
        "t": "\t",
        "s": str(int(moment.timestamp())) if moment.tzinfo else "0",
        "L": f"{moment.microsecond // 1000:03}",
        "N": f"{moment.microsecond * 1000:09}"[: min(int(width[:2] or 9), 9)],
        "e": f"{moment.day:2}",
        "k": f"{moment.hour:2}",
        "l": f"{(moment.hour - 1) % 12 + 1:2}",
        "P": f"{moment:%p}".lower(),
        "h": f"{moment:%b}",
        "C": f"{moment.year // 100:02}",
        "Y": str(moment.year).rjust(4, "0"),
        "z": _offset(offset, ""),
        ":z": _offset(offset, ":"),
    }
    if letter in own:
        return own[letter]
    return moment.strftime("%" + letter) if letter in _PLAIN else None


_PLAIN = frozenset("aAbBcdDFgGHIjmMpRrSTuUVwWxXyZ")


def _offset(offset: timedelta, colon: str) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}{colon}{abs(minutes) % 60:02}"
