"""The letter of the day to the author: what came, what waits, what was taken for spam and why, what did not arrive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from email.message import EmailMessage

from sitegen.forms.description import AGREED
from sitegen.forms.inbox.store import Digest
from sitegen.forms.notices import Delivery
from sitegen.forms.sending.envelope import Letterhead, addressed
from sitegen.forms.sending.layout import Block, Bullets, Heading, Letter, Link, apart, one_line
from sitegen.forms.submission import Answers, State, Submission

WORDS = 120  # signs of an answer that are shown
_WHO = "name", "email", "_replyto"
_STATES: dict[State, str] = {
    "new": "new",
    "waitlist": "on the waitlist",
    "contacted": "contacted",
    "joined": "joined",
    "declined": "declined",
    "spam": "taken for spam",
    "unconfirmed": "not confirmed yet",
}


def compose_digest(head: Letterhead, delivery: Delivery, digest: Digest, zone: tzinfo) -> EmailMessage:
    """The letter for a delivery. Raises ValueError where nobody can be written to."""
    return addressed(head, delivery, Letter("Your answers of the day", tuple(_blocks(head, digest, zone))))


def _blocks(head: Letterhead, digest: Digest, zone: tzinfo) -> Iterator[Block]:
    yield f"From {_moment(digest.since, zone)} to {_moment(digest.until, zone)}:"
    yield Bullets(tuple(_numbers(digest)) or ("no new answers",))
    if digest.answers:
        yield Heading("New answers")
        yield Bullets(tuple(map(_answer, digest.answers)))
    if digest.spam:
        yield Heading("Taken for spam")
        yield "If one of them is not, mark it as new: `sitegen inbox mark ID new`, or on the page of the inbox."
        yield Bullets(tuple(f"{_answer(one)} ({apart(one.reason)})" for one in digest.spam))
    if digest.undelivered:
        yield Heading("Not delivered")
        yield Bullets(tuple(map(_undelivered, digest.undelivered)))
    if head.inbox:
        yield Link("Open the inbox", head.inbox)
    else:
        yield "`sitegen inbox list` shows all of them."


def _numbers(digest: Digest) -> Iterator[str]:
    for call in digest.calls:
        told = [f"{call.arrived[state]} {words}" for state, words in _STATES.items() if state in call.arrived]
        waiting = f"; {call.waiting} wait in all" if call.waiting else ""
        yield f"{apart(call.title)}: {', '.join(told)}{waiting}"


def _answer(submission: Submission) -> str:
    words = apart(one_line(" ".join(_others(submission.answers)), WORDS))
    waits = ", on the waitlist" if submission.state == "waitlist" else ""
    return f"{submission.id[:8]} {apart(_name(submission.answers))}{waits}{': ' if words else ''}{words}"


def _name(answers: Answers) -> str:
    named = (value for name, value in answers if name.lower() == "name" and value.strip())
    return one_line(next(named, "") or next((value for _, value in answers if value), ""), 60)


def _others(answers: Answers) -> Iterator[str]:
    """What somebody says beside who they are, and what they agreed to."""
    return (value for name, value in answers if name.lower() not in (*_WHO, *AGREED) and value)


def _undelivered(delivery: Delivery) -> str:
    about = f" about {delivery.submission[:8]}" if delivery.submission else ""
    kind, target = delivery.notice.kind, one_line(delivery.notice.target)
    return f"{kind}{about} to {target}: {one_line(delivery.error)}"


def _moment(moment: datetime, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B %Y, %H:%M}"
