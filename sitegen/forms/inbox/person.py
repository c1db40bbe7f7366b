"""What an inbox has of one person, known by an address of e-mail, inside somebody else's transaction.

Letters may be great or small in it. Nothing else is guessed: `a.da@` is not `ada@`, and `xn--…` not its Unicode form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, or_, select

from sitegen.forms.emails import ADDRESSES, is_email
from sitegen.forms.inbox.rows import COLUMNS, submission_of
from sitegen.forms.inbox.searching import found
from sitegen.forms.inbox.tables import files, notes, outbox, submissions
from sitegen.forms.notices import TO_VISITORS
from sitegen.forms.submission import Answers, Submission

_LETTERS = select(outbox.c.number, outbox.c.submission, outbox.c.target).where(outbox.c.kind.in_(TO_VISITORS))


@dataclass(frozen=True)
class Traces:
    """Where the inbox has an address: the submissions that are `theirs`, and others in whose answers, or names of
    files, it stands (`mentions`). Beside the submissions of others there may be `notes` of the author with it, and
    `letters` to it: their numbers.
    """

    theirs: tuple[Submission, ...] = ()
    mentions: tuple[Submission, ...] = ()
    notes: tuple[int, ...] = ()
    letters: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.theirs or self.mentions or self.notes or self.letters)


def traces_of(connection: Connection, address: str) -> Traces:
    """Where an address stands, each list oldest first."""
    mentioned = mention_of(address)
    known = tuple(_with(connection, address, mentioned))
    theirs = tuple(one for one in known if is_of(one.answers, address))
    ids = {one.id for one in theirs}
    return Traces(
        theirs,
        tuple(one for one in known if one.id not in ids),
        tuple(_numbers(connection, notes.select(), lambda row: row.submission not in ids and mentioned(row.text))),
        tuple(_numbers(connection, _LETTERS, lambda row: row.submission not in ids and _same(row.target, address))),
    )


def _numbers(connection: Connection, query: Select[Any], wanted: Callable[[Row[Any]], bool]) -> Iterator[int]:
    return (row.number for row in connection.execute(query) if wanted(row))


def is_of(answers: Answers, address: str) -> bool:
    """Whether they are that person's: it is their address; or, where they gave none, an answer to anything else.

    >>> is_of((("email", "Ada@Example.org "),), "ada@example.org")
    True
    >>> is_of((("email", "bob@example.org"), ("friend", "ada@example.org")), "ada@example.org")
    False
    """
    own = [value for name, value in answers if name.lower() in ADDRESSES and is_email(value.strip())]
    return any(_same(value, address) for value in own or [value for _, value in answers])


def mention_of(address: str) -> Callable[[str], bool]:
    """What tells whether an address stands in a text, and not in a longer one.

    >>> mentions = mention_of("ada@example.org")
    >>> mentions("Ask <ADA@example.org>."), mentions("grada@example.org"), mentions("ada@example.org.uk")
    (True, False, False)
    """
    whole = re.compile(rf"(?<![\w.+-]){re.escape(address.strip().casefold())}(?!\.?[\w-])")
    return lambda text: whole.search(text.casefold()) is not None


def _with(connection: Connection, address: str, mentioned: Callable[[str], bool]) -> Iterator[Submission]:
    """All submissions with the address in an answer or in the name of a file."""
    names = connection.execute(select(files.c.submission, files.c.name))
    named = {row.submission for row in names if address.strip().casefold() in row.name.casefold()}
    near = or_(and_(*found(address)), submissions.c.id.in_(named))  # a superset, which the database finds quickly
    rows = connection.execute(select(*COLUMNS).where(near).order_by(submissions.c.number))
    for submission in map(submission_of, rows):
        texts = (text for pair in submission.answers for text in pair)
        if submission.id in named or any(map(mentioned, texts)):
            yield submission


def _same(text: str, address: str) -> bool:
    return text.strip().casefold() == address.strip().casefold()
