"""Dates as people write them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from sitegen.dates import parse_moment, zone_named

CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-05-06", "2026-05-06T00:00:00-05:00"),
        ("2026-5-6", "2026-05-06T00:00:00-05:00"),
        ("2026/05/06", "2026-05-06T00:00:00-05:00"),
        ("2026-05-06 18:30", "2026-05-06T18:30:00-05:00"),
        ("2026-05-06 18:30:15 +0200", "2026-05-06T11:30:15-05:00"),
        ("2026-05-06T18:30:15Z", "2026-05-06T13:30:15-05:00"),
        ("2026-05-06 18:30:15.123456789 +02:00", "2026-05-06T11:30:15.123456-05:00"),
        ("2026-05-06 8:30 UTC", "2026-05-06T03:30:00-05:00"),
        ("2026-05-06 18:30 EDT", "2026-05-06T17:30:00-05:00"),
        ("2026-05-06 18:30 +100", "2026-05-06T12:30:00-05:00"),
        ("May 6, 2026", "2026-05-06T00:00:00-05:00"),
        ("6 May 2026", "2026-05-06T00:00:00-05:00"),
        ("6th May 2026", "2026-05-06T00:00:00-05:00"),
        ("Wed, 6 May 2026 18:30:00 -0500", "2026-05-06T18:30:00-05:00"),
        ("11-9-2017", "2017-09-11T00:00:00-05:00"),
    ],
)
def test_shapes(text: str, moment: str) -> None:
    assert parse_moment(text, CHICAGO).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("soon", "is not a date"),
        ("2026-02-30", "that month has 28 days"),
        ("2026-13-01", "there is no month 13"),
        ("0000-01-01", "no year 0"),
        ("2026-01-01 25:00", "no moment"),
        ("2026-01-01 10:00 XYZ", 'no time zone "XYZ"'),
        ("Foo 6, 2026", 'no month "Foo"'),
        ("", "is not a date"),
    ],
)
def test_what_is_none(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_moment(text, CHICAGO)


def test_a_zone_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="Mars"):
        zone_named("Mars/Olympus")
