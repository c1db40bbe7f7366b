"""An answer to a form: what was sent, what is wrong with it, what is kept and in which state. Pure values."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Literal, get_args

State = Literal["new", "contacted", "joined", "declined", "spam", "waitlist", "unconfirmed"]
STATES: tuple[State, ...] = get_args(State)
MARKS = STATES[:-1]  # what an author can make of an answer: `unconfirmed` is up to the visitor
ASIDE: tuple[State, ...] = ("spam", "unconfirmed")  # no answers (yet): not shown, not told, without a place
SHOWN: tuple[State, ...] = tuple(state for state in STATES if state not in ASIDE)
PLACED: tuple[State, ...] = ("new", "contacted", "joined")  # the states that take a place

_UNSAFE = re.compile("[\x00\ud800-\udfff]")

Answers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Upload:
    """A file that came with an answer.

    `name` is the visitor's, to be shown and never used as a path; `type` is what the bytes say; `digest` is theirs
    (SHA-256). `content` is None where the file was too large, or one too many: then only its `size` is known.
    """

    field: str
    name: str
    type: str
    size: int
    digest: str = ""
    content: BinaryIO | None = None

    def close(self) -> None:
        """Let go of the bytes."""
        if self.content is not None:
            self.content.close()


@dataclass(frozen=True)
class KeptFile:
    """A file in an inbox, without its bytes; the fields as in `Upload`."""

    id: str
    field: str
    name: str
    type: str
    size: int
    digest: str

    def as_json(self) -> dict[str, object]:
        """The shape that `inbox show --json` has."""
        return asdict(self)


@dataclass(frozen=True)
class Submission:
    """What one visitor sent: `answers` as (name, value) pairs in the order of the wire, names may repeat.

    `created` is aware and in UTC; `reason` says why the state is what it is, where that is not plain. `consent` are the
    words that the visitor agreed to, as they stood on the page, "" for none.
    """

    id: str
    form: str
    state: State
    reason: str
    created: datetime
    answers: Answers
    consent: str = ""

    def as_json(self) -> dict[str, object]:
        """The shape that `inbox list --json` promises; what was agreed to, where there was something."""
        return {
            "id": self.id,
            "form": self.form,
            "state": self.state,
            "reason": self.reason,
            "created": moment_text(self.created),
            "answers": joined(self.answers),
            **({"consent": self.consent} if self.consent else {}),
        }


@dataclass(frozen=True)
class Note:
    """A remark of the author's beside a submission."""

    created: datetime
    text: str

    def as_json(self) -> dict[str, str]:
        """The shape for programs."""
        return {"created": moment_text(self.created), "text": self.text}


@dataclass(frozen=True)
class FieldError:
    """One thing to mend in an answer; `code` is one of the protocol, `field` is "" where the whole form is meant."""

    code: str
    message: str
    field: str = ""

    def as_json(self) -> dict[str, str]:
        """The entry of `errors` in the answer: without `field`, clients take it as an error of the form."""
        named = {"field": self.field} if self.field else {}
        return {"code": self.code, **named, "message": self.message}


def joined(answers: Answers) -> dict[str, str]:
    """Name to value, in the order of first appearance; repeated names are joined by a comma.

    >>> joined((("a", "1"), ("b", "2"), ("a", "3")))
    {'a': '1, 3', 'b': '2'}
    """
    values: dict[str, list[str]] = {}
    for name, value in answers:
        values.setdefault(name, []).append(value)
    return {name: ", ".join(found) for name, found in values.items()}


def clean(text: str) -> str:
    """Text that every database can store: no NUL, no lone surrogates; line ends are those of Unix."""
    if text.isprintable():  # most is one line
        return text
    return _UNSAFE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")


def moment_text(moment: datetime) -> str:
    """ISO 8601 in UTC to the microsecond: of fixed width, so that the texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """The moment that `moment_text` wrote."""
    return datetime.fromisoformat(text)
