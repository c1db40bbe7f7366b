"""What is left out of a site, in words: after a build, and in a preview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TextIO

from sitegen.cli.columns import Row, show_rows
from sitegen.cli.report import plural, shown_moment, shown_span, span_stays, styled
from sitegen.model.content import LeftOut, Reason

MOST = 10  # that are named
# What may be a mistake goes first.
_NAMED: tuple[Reason, ...] = ("no date", "not a post", "future", "unpublished", "expired")
_COUNTED: dict[Reason, tuple[str, str]] = {  # what is meant so, and may be much
    "too many": ("older post", "`limit_posts` wants no more"),
    "draft": ("draft", "--drafts builds them"),
}


def reason_of(one: LeftOut, now: datetime) -> str:
    """Why it is left out, in a few words."""
    if one.reason == "expired" and one.moment is not None:
        return f"expired on {one.moment.day} {one.moment:%B %Y}{shown_moment(one.moment)[10:]}"
    if one.moment is not None:
        return f"until {shown_moment(one.moment)}, in {shown_span(one.moment - now)}"
    return {
        "no date": "no date in its name, such as 2026-05-06-title.md",
        "not a post": "not a post, which ends in .md or .html, and no post links to it",
        "future": "its day is yet to come",
        "expired": "expired",
        "unpublished": "`published: false`",
        "too many": "older than those that `limit_posts` lets through",
        "draft": "a draft",
    }[one.reason]


def how_to_build(one: LeftOut) -> str:
    """What builds it all the same, if an option does."""
    options = {"future": "--future", "expired": "--expired", "draft": "--drafts"}
    return f"{options[one.reason]} builds it" if one.reason in options else ""


def until(left_out: Iterable[LeftOut], now: datetime) -> datetime | None:
    """Up to when these words stay as they are."""
    waiting = (one.moment for one in left_out if one.reason == "future" and one.moment is not None)
    return min((now + span_stays(moment - now) for moment in waiting), default=None)


def where_of(one: LeftOut) -> str:
    """`path`, or `path:line` where a line of the file says so."""
    line = one.origin.line if one.origin.path == one.path else None
    return one.path if line is None else f"{one.path}:{line}"


def show_left_out(left_out: Iterable[LeftOut], now: datetime, stream: TextIO) -> None:
    """Each post and page that is not published, with the reason; drafts, and what is too many, are only counted."""
    found = tuple(left_out)
    named = [one for one in found if one.reason in _NAMED]
    counted = list(_counted(found))
    head = styled("Left out", "bold", stream)
    if named:
        named.sort(key=lambda one: (_NAMED.index(one.reason), abs((one.moment or now) - now), one.path))
        print(f"{head}, and why:", file=stream)
        show_rows((*_rows(named, now), *counted), stream)
    elif counted:
        words = (f"{what} {styled(f'({why})', 'quiet', stream)}" for what, _, why in counted)
        print(f"{head} {', '.join(words)}", file=stream)


def _rows(named: Sequence[LeftOut], now: datetime) -> Iterator[Row]:
    yield from ((where_of(one), "", reason_of(one, now)) for one in named[:MOST])
    if len(named) > MOST:
        yield f"and {len(named) - MOST} more", "", "sitegen explain PATH says why"


def _counted(found: Sequence[LeftOut]) -> Iterator[Row]:
    for reason, (what, why) in _COUNTED.items():
        if number := sum(one.reason == reason for one in found):
            yield plural(number, what), "", why
