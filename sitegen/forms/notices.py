"""What is to be sent because of an answer, and what became of it. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sitegen.config import Config
from sitegen.forms.submission import Submission, moment_text

Kind = Literal["answer", "confirmation", "place", "confirm", "digest"]
Channel = Literal["mail", "webhook"]
DeliveryState = Literal["waiting", "sent", "dead"]
TO_VISITORS: tuple[Kind, ...] = ("confirmation", "place", "confirm")
NEEDED: tuple[Kind, ...] = ("place", "confirm")  # letters to visitors that are late rather than left out

WORDS: Mapping[Kind, str] = {
    "answer": "answer",
    "confirmation": "receipt",
    "place": "free place",
    "confirm": "question to confirm",
    "digest": "letter of the day",
}  # as people read them


@dataclass(frozen=True)
class Notice:
    """One thing to send: an `answer` or a `digest` of many to the author; a `confirmation` (a receipt), a `place` (off
    the waitlist) or the question to `confirm` to the visitor.

    `target` is an address of mail or of the web.
    """

    kind: Kind
    channel: Channel
    target: str

    @property
    def words(self) -> str:
        """What it is, as people read it."""
        return WORDS[self.kind]


def notices_of(config: Config) -> tuple[Notice, ...]:
    """What is sent because of each answer; nothing in a preview."""
    if config.preview:
        return ()
    mails = tuple(Notice("answer", "mail", address) for address in config.notify if config.notify_each)
    return (*mails, Notice("answer", "webhook", config.webhook)) if config.webhook else mails


@dataclass(frozen=True)
class Delivery:
    """A notice on its way. `id` is the same at every attempt; `due` is when the next one may begin;
    where none will, it means nothing. A digest is about no `submission`.

    `error` says why the last attempt failed, "" if none did.
    """

    id: str
    notice: Notice
    submission: str | None
    state: DeliveryState
    created: datetime
    due: datetime
    attempts: int
    error: str

    def as_json(self) -> dict[str, object]:
        """The shape that `inbox show --json` has."""
        return {
            "id": self.id,
            "kind": self.notice.kind,
            "channel": self.notice.channel,
            "target": self.notice.target,
            "state": self.state,
            "created": moment_text(self.created),
            "due": moment_text(self.due) if self.state == "waiting" else None,
            "attempts": self.attempts,
            "error": self.error,
        }


@dataclass(frozen=True)
class Parcel:
    """A delivery, and the submission that it is about, if any; `token` confirms that, "" where it is not to be."""

    delivery: Delivery
    submission: Submission | None
    token: str = ""
