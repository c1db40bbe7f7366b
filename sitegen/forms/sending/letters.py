"""Letters about an answer, as plain text and as HTML. Pure functions: what the mail server gets is made here.

Subjects are one neutral line of ours, as they are read over shoulders; the visitor's words stand in the body of the
author's letters only. `Reply-To` is exactly one address. The Message-ID is the delivery's, the same at every attempt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape

from sitegen.forms.emails import address_of, is_email
from sitegen.forms.notices import Delivery
from sitegen.forms.submission import Submission

LONGEST_LINE = 78  # RFC 5322, 2.1.1: what a line should have at most


@dataclass(frozen=True)
class Letterhead:
    """What letters say of the site: `sender` and `author` are addresses."""

    site: str
    sender: str
    author: str


@dataclass(frozen=True)
class Letter:
    """What a letter says: paragraphs, and a table of names and values."""

    subject: str
    paragraphs: tuple[str, ...]
    table: tuple[tuple[str, str], ...] = ()


def compose(head: Letterhead, delivery: Delivery, submission: Submission, title: str) -> EmailMessage:
    """The letter for a delivery. `title` is the call's, for the body."""
    letter = _LETTERS[delivery.notice.kind](head, submission, title)
    message = EmailMessage()
    message["From"] = _address(head.sender, head.site)
    message["To"] = _address(delivery.notice.target)
    message["Subject"] = _one_line(letter.subject)
    message["Message-ID"] = f"<{delivery.id}@{head.sender.rpartition('@')[2]}>"
    message["Date"] = format_datetime(delivery.created)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence notice answers it
    reply = address_of(submission.answers) if delivery.notice.kind == "answer" else head.author
    if reply:
        message["Reply-To"] = _address(reply)
    message.set_content(as_text(letter))
    message.add_alternative(as_html(letter), subtype="html")
    return message


def as_text(letter: Letter) -> str:
    """The letter in plain text."""
    rows = (f"{name}:\n{_indented(value)}" for name, value in letter.table)
    return "\n\n".join([*letter.paragraphs, *rows]) + "\n"


def as_html(letter: Letter) -> str:
    """The letter in HTML, where nothing of the visitor's is more than text."""
    paragraphs = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in letter.paragraphs)
    rows = "".join(
        f'<dt style="margin-top:1em;color:#666">{escape(name)}</dt>'
        f'<dd style="margin:0;white-space:pre-wrap">{escape(value)}</dd>\n'
        for name, value in letter.table
    )
    table = f"<dl>\n{rows}</dl>\n" if rows else ""
    return f'<!doctype html>\n<html><body style="font-family:sans-serif">\n{paragraphs}{table}</body></html>\n'


def _for_author(head: Letterhead, submission: Submission, title: str) -> Letter:
    waits = " It is on the waitlist: all places are taken." if submission.state == "waitlist" else ""
    words = f"An answer to “{title}” has arrived.{waits}"
    return Letter(f"A new answer ({submission.id[:8]})", (words,), submission.answers)


def _confirmation(head: Letterhead, submission: Submission, title: str) -> Letter:
    what = "You are on the waitlist now." if submission.state == "waitlist" else "Your answer has arrived."
    return Letter("Your answer has arrived", (what, *_ending(head, submission)))


def _place(head: Letterhead, submission: Submission, title: str) -> Letter:
    return Letter("A place is free for you", ("A place has become free, and it is yours.", *_ending(head, submission)))


def _ending(head: Letterhead, submission: Submission) -> Iterable[str]:
    yield f"The number of your answer is {submission.id[:8]}."
    if head.author:
        yield "To change something, or to withdraw, answer this letter."
    yield f"You get it because this address was given in a form of {head.site}. If that was not you, nothing follows."


def _confirm(head: Letterhead, submission: Submission, title: str) -> Letter:
    asked = "An answer was sent with this address. It counts when you have confirmed that it is yours."
    how = ("Answer this letter with a yes.",) if head.author else ()
    return Letter("Please confirm your answer", (asked, *how, *_ending(head, submission)))


_LETTERS = {"answer": _for_author, "confirmation": _confirmation, "place": _place, "confirm": _confirm}


def _address(text: str, name: str = "") -> Address:
    """An address for a header; a name that it brings along stays. Raises ValueError for what is none."""
    given, address = parseaddr(text)
    if not is_email(address):
        raise ValueError("no address of mail")
    local, _, host = address.rpartition("@")
    return Address(_one_line(given or name), local, host.encode("idna").decode())


def _one_line(text: str) -> str:
    """Text for a header: what ends or hides a line becomes a blank."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:200]


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines()) or "  –"
