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
from sitegen.forms.sending.layout import Block, Letter, Link, Table, apart
from sitegen.forms.submission import PLACED, Submission
from sitegen.forms.validation import is_ticked
from sitegen.words import Words, english_words


@dataclass(frozen=True)
class _About:
    """What a letter is about: an answer, the title of its call, the questions by the names of their fields, and what
    confirms it; `words` are those of the language of the call.
    """

    head: Letterhead
    submission: Submission
    title: str
    token: str
    words: Words
    labels: Mapping[str, str] = field(default_factory=dict)


def compose(
    head: Letterhead,
    parcel: Parcel,
    title: str,
    labels: Mapping[str, str] | None = None,
    words: Words | None = None,
) -> EmailMessage:
    """The letter for a delivery about a submission; `title` is the call's, for the body, `labels` are the questions by
    the names of their fields. Letters to visitors are in the language of `words`, English if None.

    Raises ValueError where there is none to write: nobody to write to, or nothing to say any more.
    """
    kind, submission = parcel.delivery.notice.kind, parcel.submission
    if kind not in _LETTERS or submission is None:
        raise ValueError("there is no letter of this kind")
    letter = _LETTERS[kind](_About(head, submission, title, parcel.token, words or english_words(), labels or {}))
    message = addressed(head, parcel.delivery, letter)
    reply_to(message, address_of(submission.answers) if kind == "answer" else head.author)
    return message


def _for_author(about: _About) -> Letter:
    waits = " It is on the waitlist: all places are taken." if about.submission.state == "waitlist" else ""
    words = f"An answer to “{apart(about.title)}” has arrived.{waits}"
    return Letter(f"A new answer ({about.submission.id[:8]})", (words, Table(tuple(_rows(about)))))


def _rows(about: _About) -> Iterable[tuple[str, str]]:
    """The questions, as the page has them, and the answers."""
    for name, value in about.submission.answers:
        agreed = name in AGREED and is_ticked(value)
        yield about.labels.get(name) or name, "agreed" if agreed else value


def _confirmation(about: _About) -> Letter:
    key = "arrived_waitlist" if about.submission.state == "waitlist" else "arrived"
    return _letter(about, "arrived_subject", (_told(about, key),))


def _place(about: _About) -> Letter:
    if about.submission.state not in PLACED:  # declined, say, since the place was given
        raise ValueError("there is no place to tell of any more")
    return _letter(about, "place_subject", (_told(about, "place"),))


def _confirm(about: _About) -> Letter:
    if not about.token:
        raise ValueError("there is nothing to confirm any more")
    address = f"{about.head.receiver}/f/{quote(about.submission.form)}/confirm?token={about.token}"
    link = Link(_told(about, "confirm_link"), address)
    return _letter(about, "confirm_subject", (_told(about, "confirm"), link, _told(about, "confirm_until")))


def _letter(about: _About, subject: str, blocks: Iterable[Block]) -> Letter:
    """A letter to a visitor, in the language of the call."""
    return Letter(_told(about, subject), (*blocks, *_ending(about)), about.words.lang)


def _told(about: _About, key: str, **values: object) -> str:
    call = about.words.text("letters.quoted", title=apart(about.title))
    return about.words.text(f"letters.{key}", call=call, **values)


def _ending(about: _About) -> Iterable[str]:
    yield _told(about, "reference", reference=about.submission.id[:8])
    if about.head.author:
        yield _told(about, "reply")
    yield _told(about, "why", site=about.head.site)


_LETTERS = {"answer": _for_author, "confirmation": _confirmation, "place": _place, "confirm": _confirm}
