"""Letters about an answer, as plain text and as HTML. Pure functions: what the mail server gets is made here.

Subjects are one neutral line of ours, as they are read over shoulders; the visitor's words stand in the body of the
author's letters only. `Reply-To` is exactly one address. The Message-ID is the delivery's, the same at every attempt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import quote

from sitegen.forms.description import AGREED
from sitegen.forms.emails import address_of
from sitegen.forms.notices import Parcel
from sitegen.forms.sending.envelope import Letterhead, addressed, reply_to
from sitegen.forms.sending.layout import Letter, Link, Table, apart
from sitegen.forms.submission import PLACED, Submission
from sitegen.forms.validation import is_ticked


@dataclass(frozen=True)
class _About:
    """What a letter is about: an answer, the title of its call, the questions by the names of their fields, and what
    confirms it.
    """

    head: Letterhead
    submission: Submission
    title: str
    token: str
    labels: Mapping[str, str] = field(default_factory=dict)


def compose(head: Letterhead, parcel: Parcel, title: str, labels: Mapping[str, str] | None = None) -> EmailMessage:
    """The letter for a delivery about a submission; `title` is the call's, for the body, `labels` are the questions by
    the names of their fields.

    Raises ValueError where there is none to write: nobody to write to, or nothing to say any more.
    """
    kind, submission = parcel.delivery.notice.kind, parcel.submission
    if kind not in _LETTERS or submission is None:
        raise ValueError("there is no letter of this kind")
    letter = _LETTERS[kind](_About(head, submission, title, parcel.token, labels or {}))
    message = addressed(head, parcel.delivery, letter)
    reply_to(message, address_of(submission.answers) if kind == "answer" else head.author)
    return message


def _for_author(about: _About) -> Letter:
    waits = " It is on the waitlist: all places are taken." if about.submission.state == "waitlist" else ""
    words = f"An answer to {_call(about)} has arrived.{waits}"
    return Letter(f"A new answer ({about.submission.id[:8]})", (words, Table(tuple(_rows(about)))))


def _rows(about: _About) -> Iterable[tuple[str, str]]:
    """The questions, as the page has them, and the answers."""
    for name, value in about.submission.answers:
        agreed = name in AGREED and is_ticked(value)
        yield about.labels.get(name) or name, "agreed" if agreed else value


def _confirmation(about: _About) -> Letter:
    waits = " All places are taken, so you are on the waitlist." if about.submission.state == "waitlist" else ""
    return Letter("Your answer has arrived", (f"Your answer to {_call(about)} has arrived.{waits}", *_ending(about)))


def _place(about: _About) -> Letter:
    if about.submission.state not in PLACED:  # declined, say, since the place was given
        raise ValueError("there is no place to tell of any more")
    what = f"A place for {_call(about)} has become free, and it is yours."
    return Letter("A place is free for you", (what, *_ending(about)))


def _confirm(about: _About) -> Letter:
    if not about.token:
        raise ValueError("there is nothing to confirm any more")
    address = f"{about.head.receiver}/f/{quote(about.submission.form)}/confirm?token={about.token}"
    asked = f"An answer to {_call(about)} was sent with this address. It counts when you confirm that it is yours:"
    until = "The link is good for seven days. If you sent nothing, do nothing: the answer is deleted then."
    return Letter("Please confirm your answer", (asked, Link("Confirm", address), until, *_ending(about)))


def _call(about: _About) -> str:
    return f"“{apart(about.title)}”"


def _ending(about: _About) -> Iterable[str]:
    yield f"The reference of your answer is {about.submission.id[:8]}."
    if about.head.author:
        yield "To change something, or to withdraw, answer this letter."
    site = about.head.site
    yield f"You get it because this address was given in a form of {site}. If that was not you, nothing follows."


_LETTERS = {"answer": _for_author, "confirmation": _confirmation, "place": _place, "confirm": _confirm}
