"""Dates as Ruby finds them: a table of its answers, and Ruby itself where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.ruby_dates import find_moment, parse_time

BERLIN = "Europe/Berlin"
SUMMER = {  # all of them are in the 7th of July 2021, Berlin, at this time
    "2021-07-07": "00:00:00",
    "2021-7-7": "00:00:00",
    "21-7-7": "00:00:00",
    "7-7-2021": "00:00:00",
    "2021/07/07": "00:00:00",
    "7/7/2021": "00:00:00",
    "7.7.2021": "00:00:00",
    "2021.7.7": "00:00:00",
    "20210707": "00:00:00",
    "July 7, 2021": "00:00:00",
    "Jul 7 2021": "00:00:00",
    "7th July 2021": "00:00:00",
    "Wednesday, 7 July 2021": "00:00:00",
    "7-Jul-2021": "00:00:00",
    "2021-Jul-07": "00:00:00",
    "on 2021-07-07 (perhaps)": "00:00:00",
    "'2021-07-07'": "00:00:00",
    "2021-07-07 09:10": "09:10:00",
    "2021-07-07 9:1": "09:01:00",
    "2021-07-07 09:10:11": "09:10:11",
    "2021-07-07T09:10:11": "09:10:11",
    "2021-07-07T09:10:11.999Z": "11:10:11",
    "2021-07-07 09:10:11.123456789 +05:30": "05:40:11",
    "2021-07-07 09:10 -0300": "14:10:00",
    "2021-07-07 09:10 +02": "09:10:00",
    "2021-07-06 15:10:00-13:00:00": "06:10:00",
    "2021-07-07 09:10 UTC": "11:10:00",
    "2021-07-07 09:10 GMT": "11:10:00",
    "2021-07-07 09:10 EST": "16:10:00",
    "2021-07-07 09:10 EDT": "15:10:00",
    "2021-07-07 09:10 B": "09:10:00",
    "2021-07-07 09:10 CET": "10:10:00",
    "2021-07-07 09:10 CEST": "09:10:00",
    "2021-07-07 09:10 JST": "09:10:00",
    "2021-07-07 09:10 Asia/Tokyo": "09:10:00",
    "2021-07-07 09:10 +100": "09:10:00",
    "2021-07-07 9am": "09:00:00",
    "2021-07-07 12:30 am": "00:30:00",
    "2021-07-07 01:30 PM": "13:30:00",
    "2021-07-07 9h10": "09:10:00",
    "2021-07-07 9:10::11": "09:10:00",
    "2021-07-07, 9:10": "09:10:00",
    "2021-07-07 at 9:10": "09:10:00",
    "2021-07-07 - 9:10": "09:10:00",
    "20210707T091011": "09:10:11",
    "Wed Jul  7 09:10:11 2021": "09:10:11",
    "Wed Jul  7 09:10:11 UTC 2021": "11:10:11",
    "Wed Jul  7 09:10:11 -0300 2021": "14:10:11",
    "2021-07-06 24:00": "00:00:00",
}
IN_YAML = {  # without quotes YAML makes a moment of some, in UTC if they have no offset
    "2021-07-07 09:10:11": "11:10:11",
    "2021-07-07T09:10:11": "11:10:11",
    "2021-7-7 9:10:11.5 +2": "09:10:11",
    "2021-07-07 09:10:11 +0200": "09:10:11",
    "2021-07-07 19:10:11 +100": "11:10:11",
    "2021-07-07 09:10": "09:10:00",
}
OTHERS = {
    "99-1-6": "1999-01-06",
    "68-1-6": "2068-01-06",
    "2011-02-29": "2011-03-01",
    "2012-04-31 10:00": "2012-05-01",
    "March 2020": "2020-03-01",
}
NONE = (
    "", "soon", "7", "10:20", "2021", "2021-07", "2021-13-01", "2021-07-32", "2021-00-01", "2021-07-00", "0000-00-00",
    "12/25/2021", "2021-07-07 25:00", "2021-07-07 10:61", "2021-07-07 10:20 +2500", "99999-01-01",
)  # fmt: skip

TODAY = ("10:20", "7", "99999-01-01")  # for Ruby: of this day, of this month; and it has a longer calendar


@pytest.mark.parametrize("text", SUMMER)
def test_found_in_any_text(text: str) -> None:
    moment = find_moment(text, ZoneInfo(BERLIN), yaml=False).moment
    assert moment.isoformat(timespec="seconds") == f"2021-07-07T{SUMMER[text]}+02:00"


@pytest.mark.parametrize("text", IN_YAML)
def test_what_yaml_has_for_a_moment(text: str) -> None:
    moment = find_moment(text, ZoneInfo(BERLIN), yaml=True).moment
    assert moment.isoformat(timespec="seconds") == f"2021-07-07T{IN_YAML[text]}+02:00"


@pytest.mark.parametrize("text", OTHERS)
def test_other_days(text: str) -> None:
    found = find_moment(text, ZoneInfo(BERLIN), yaml=False)
    assert found.moment.date().isoformat() == OTHERS[text]
    assert found.rolled == (text in ("2011-02-29", "2012-04-31 10:00"))


@pytest.mark.parametrize("text", NONE)
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|too far"):
        find_moment(text, ZoneInfo(BERLIN), yaml=False)


def test_a_time_keeps_the_offset_that_it_names() -> None:
    assert parse_time("2021-07-07 09:10 -0300", ZoneInfo(BERLIN)).moment.isoformat() == "2021-07-07T09:10:00-03:00"


@given(st.text(max_size=40) | st.text("0123456789-/:.+TZ ampJul\u00b2\u0663", max_size=40), st.booleans())
def test_any_text(text: str, yaml: bool) -> None:
    try:
        find_moment(text, ZoneInfo(BERLIN), yaml=yaml)
    except ValueError as error:
        assert str(error)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("ruby") is None, reason="no Ruby")
@pytest.mark.parametrize("zone", [BERLIN, "UTC", "America/Chicago", "Pacific/Auckland"])
@pytest.mark.parametrize("yaml", [True, False])
def test_the_same_as_ruby(zone: str, yaml: bool) -> None:
    texts = [text for text in (*SUMMER, *IN_YAML, *OTHERS, *NONE) if text not in TODAY]
    read = "Psych.safe_load(text, permitted_classes: [Date, Time]).to_s" if yaml else "text"
    program = f"""
        require "date"; require "time"; require "yaml"
        STDIN.each_line(chomp: true) do |text|
          puts(begin; Time.parse({read}).localtime.strftime("%FT%T%:z"); rescue ArgumentError; "none"; end)
        end
    """
    done = subprocess.run(
        ["ruby", "-W0", "-e", program], input="\n".join(texts), env={"TZ": zone, "LANG": "C.UTF-8"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    theirs = dict(zip(texts, done.stdout.split(), strict=True))
    assert {text: _ours(text, zone, yaml) for text in texts} == theirs


def _ours(text: str, zone: str, yaml: bool) -> str:
    bare = text[1:-1] if yaml and text.startswith("'") else text  # YAML takes the quotes off
    try:
        return find_moment(bare, ZoneInfo(zone), yaml=yaml).moment.isoformat(timespec="seconds")
    except ValueError:
        return "none"
