"""Dates in front matter, in names of files, and of files that have none."""

import os
import re
from pathlib import Path

import pytest

from tests.bad_input.trial import GOOD, POST, Case, build, pass_with, refuse, write

WRONG = (
    ("2024-13-01", "there is no month 13"),
    ("2024-00-10", "there is no month 0"),
    ("2024-02-30", "that month has 29 days"),
    ("2023-02-29", "that month has 28 days"),
    ("2024-04-31", "that month has 30 days"),
    ("2024-01-00", "that month has 31 days"),
    ("0000-01-01", "there is no year 0"),
    ("99999-01-01", "is not a date"),
    ("tomorrow", "is not a date"),
    ("20240101", "is not a date"),
    ("1704067200", "is not a date"),
    ("01/02/2024", "is not a date"),
    ("2024", "is not a date"),
    ("2024-01", "is not a date"),
    ("2024-W05-1", "is not a date"),
    ("12:30", "is not a date"),
    ("yes", '"yes" is not a date'),
    ("1.5", "is not a date"),
    ("-2024-01-01", "is not a date"),
    ("२०२४-०१-०१", "is not a date"),
    ("6 Foo 2024", 'there is no month "Foo"'),
    ("2024-01-01 25:00", "hour must be in 0..23"),
    ("2024-01-01 10:61", "minute must be in 0..59"),
    ("2024-01-01 10:00:60", "second must be in 0..59"),
    ("2024-01-01 10:00 Mars", 'no time zone "Mars"'),
    ("2024-01-01T10:00:00+99:00", "there is no offset +99:00"),
    ("2024-01-01T10:00:00+01:75", "there is no offset +01:75"),
    ("0001-01-01 00:30 +0900", "too far away"),
    ("9999-12-31 23:30 -0900", "too far away"),
    ("[2024, 1, 1]", "is a list, not a date"),
    ("{year: 2024}", "is a mapping, not a date"),
)


@pytest.mark.parametrize(("date", "words"), WRONG)
def test_a_date_that_is_none(site: Path, date: str, words: str) -> None:
    says = f"{POST}:3: | `date` | {words} | hint: write it as 2026-05-06"
    refuse(site, Case("date", {POST: f"---\ntitle: x\ndate: {date}\n---\nBody\n"}, (says,)))


RIGHT = (
    "2024-01-05",
    "2024-1-5",
    "2024/01/05",
    "5.1.2024",
    "January 5, 2024",
    "Jan 5 2024",
    "5 January 2024",
    "Fri, 5 Jan 2024 10:00:00 GMT",
    "2024-01-05 10:00",
    "2024-01-05T10:00:00Z",
    "2024-01-05 10:00:00 -0800",
    "2024-01-05 10:00:00.123456789 +02:00",
    "'2024-01-05'",
)


@pytest.mark.parametrize("date", RIGHT)
def test_a_date_as_people_write_it(site: Path, date: str) -> None:
    pass_with(site, Case("date", {POST: f"---\ndate: {date}\n---\nBody\n"}))
    assert (site / "output/2024/01/05/bad/index.html").is_file()


NAMES = (
    ("2024-13-01-x.md", "there is no month 13"),
    ("2024-02-30-x.md", "that month has 29 days"),
    ("0000-01-01-x.md", "there is no year 0"),
    ("2024-00-00-x.md", "there is no month 0"),
)


@pytest.mark.parametrize(("name", "words"), NAMES)
def test_a_date_in_a_name(site: Path, name: str, words: str) -> None:
    says = f"_posts/{name}: | the date in the file's name | {words} | rename the file"
    refuse(site, Case("name", {f"_posts/{name}": "---\ntitle: x\n---\n"}, (says,)))


def test_the_date_in_the_front_matter_goes_before_a_wrong_name(site: Path) -> None:
    pass_with(site, Case("both", {"_posts/2024-02-30-x.md": "---\ndate: 2024-02-29\n---\n"}))
    assert (site / "output/2024/02/29/x/index.html").is_file()


@pytest.mark.parametrize("seconds", [2**40, -(2**40), 0])
def test_a_file_from_another_age(site: Path, seconds: int) -> None:
    write(site, {"_posts/undated.md": "Words.\n"})
    os.utime(site / "_posts/undated.md", (seconds, seconds))
    assert build(site).code == 0


@pytest.mark.parametrize(("zone", "date"), [("America/New_York", "9999-12-31 23:30"), ("Asia/Tokyo", "0001-01-01")])
def test_a_day_that_is_in_no_calendar_elsewhere(site: Path, zone: str, date: str) -> None:
    files = {"sitegen.toml": f'timezone = "{zone}"\n', POST: f"---\ndate: {date}\n---\n"}
    refuse(site, Case("edge", files, (f"{POST}:2: | too far away",)))


@pytest.mark.parametrize(
    ("expires", "words"),
    [
        ("2024-02-01", "`expires`: is not after the date of the post, 2024-02-02 00:00"),
        ("2024-02-02", "it is never seen"),
        ("soon", '"soon" is not a date'),
        ("2024-02-30", "that month has 29 days"),
        ("[2024-05-01]", "is a list, not a date"),
        ("true", '"true" is not a date'),
        ("0001-01-01 00:30 +0900", "too far away"),
    ],
)
def test_an_end_that_is_none(site: Path, expires: str, words: str) -> None:
    refuse(site, Case("expires", {POST: f"---\ntitle: x\nexpires: {expires}\n---\n"}, (f"{POST}:3: | {words}",)))


def test_the_end_of_time_is_held_back(site: Path) -> None:
    done = pass_with(site, Case("end", {POST: "---\ndate: 9999-12-31\n---\n"}))
    assert re.search(rf"{POST}:2 +until 9999-12-31, in \d+ years", done.out)
    assert build(site, "--future").code == 0


def test_all_wrong_dates_are_told_at_once(site: Path) -> None:
    files = {f"_posts/{name}.md": "---\ndate: never\n---\n" for name in "abc"}
    refuse(site, Case("all", {**GOOD, **files}, tuple(f"_posts/{name}.md:2: | never" for name in "abc")))
