"""A batch of entries becomes submissions, inside somebody else's transaction.

Many visitors share one commit, which is what takes time; each is judged as if they had come alone, in their order:
a double submit is found among those before it too, and a place that one takes is taken for the next.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Text, bindparam, column, exists, select, values

from sitegen.errors import SitegenError
from sitegen.forms.inbox.files import insert_file
from sitegen.forms.inbox.outbox import put_notices, write_to_visitor
from sitegen.forms.inbox.places import Terms, free_places, note_form
from sitegen.forms.inbox.rows import COLUMNS, answers_of, insert_rows, row_of, submission_of
from sitegen.forms.inbox.tables import submissions
from sitegen.forms.judgement.free_texts import WINDOW, Sender, repeated, sender_of
from sitegen.forms.notices import Notice
from sitegen.forms.submission import ASIDE, Answers, State, Submission, Upload, moment_text

DOUBLE = timedelta(minutes=10)  # the same answers within this time are one submission
MOST_COMPARED = 50  # submissions with one text, the newest: a flood must not slow down what comes after it

# Made once: SQLAlchemy takes longer to make a statement than SQLite to execute it.
_EARLIER = select(*[*COLUMNS, submissions.c.key, submissions.c.content]).where(
    submissions.c.form.in_(bindparam("forms", expanding=True))
)
_WITH_KEY = _EARLIER.where(submissions.c.key.in_(bindparam("keys", expanding=True)))
_WITH_CONTENT = _EARLIER.where(
    submissions.c.content.in_(bindparam("contents", expanding=True)), submissions.c.created > bindparam("since")
).order_by(submissions.c.number)


class KeyConflict(SitegenError):
    """The visitor's key has been used for other answers."""


class Full(SitegenError):
    """All places are taken, and the form has no waitlist."""


@dataclass(frozen=True)
class Entry:
    """A submission to be: `spam` says why it is so judged, `key` is the visitor's; "" for neither.

    Without a `waitlist` it is not stored when no place is free. `text` is the digest of a text that is spam if too many
    others send the same; None if there is no such text. The `notices` are sent unless it is spam; with `letters` the
    visitor is written to, too. Whoever made it closes the `files`, which are read while it is stored. `consent` are the
    words that the visitor agreed to. What the visitor has to `confirm` takes no place, and nobody is told of it before.
    `title` and `keep` as in `Terms`.
    """

    form: str
    capacity: int | None
    answers: Answers
    created: datetime
    spam: str = ""
    key: str = ""
    waitlist: bool = True
    notices: tuple[Notice, ...] = ()
    letters: bool = False
    text: str | None = None
    files: tuple[Upload, ...] = ()
    title: str = ""
    keep: int | None = None
    consent: str = ""
    confirm: bool = False

    @property
    def terms(self) -> Terms:
        """What its form says."""
        return Terms(self.capacity, self.letters, self.title, self.keep)


@dataclass(frozen=True)
class Accepted:
    """What became of an entry; `repeated` if it was there already."""

    submission: Submission
    repeated: bool = False


Outcome = Accepted | KeyConflict | Full


def accept_entries(connection: Connection, entries: Sequence[Entry], make_id: Callable[[], str]) -> tuple[Outcome, ...]:
    """Store the entries that are new. The outcomes are in the order of the entries."""
    if not entries:
        return ()
    signed = [_signed(entry) for entry in entries]
    ledger = _Ledger(connection, signed, make_id)
    outcomes = tuple(map(ledger.enter, signed))
    if ledger.rows:
        insert_rows(connection, ledger.rows)
        _tell(connection, ledger.added)
    for submission, file in ledger.files:
        insert_file(connection, make_id(), submission, file)
    return outcomes


def _tell(connection: Connection, added: Sequence[tuple[Submission, Entry]]) -> None:
    """Put what is to be sent. Of spam nobody is told, and of what is not confirmed the visitor alone."""
    welcome = [(made, entry) for made, entry in added if made.state not in ASIDE]
    put_notices(connection, [(made, entry.notices) for made, entry in welcome])
    for made, entry in added:
        if made.state == "unconfirmed":
            write_to_visitor(connection, "confirm", made, made.created)
        elif entry.letters and made.state != "spam":
            write_to_visitor(connection, "confirmation", made, made.created)


@dataclass(frozen=True)
class _Signed:
    """An entry with the digests by which it is known again."""

    entry: Entry
    content: str
    key: str | None
    sender: Sender


@dataclass(frozen=True)
class _Earlier:
    """A submission that is there already, and the digest of its content."""

    submission: Submission
    content: str


class _Ledger:
    """What the database has that bears on a batch; kept up as the entries are gone through."""

    def __init__(self, connection: Connection, signed: Sequence[_Signed], make_id: Callable[[], str]) -> None:
        self.rows: list[dict[str, Any]] = []
        self.added: list[tuple[Submission, Entry]] = []
        self.files: list[tuple[str, Upload]] = []  # with the id of their submission
        self._make_id = make_id
        terms = {one.entry.form: one.entry.terms for one in signed}
        now = max(one.entry.created for one in signed)
        for form in sorted(terms):  # in order: two receivers must not wait for each other crosswise
            note_form(connection, form, terms[form], now)
        self._free = {form: free_places(connection, form, said.capacity) for form, said in terms.items()}
        self._by_key = _by_key(connection, signed)
        self._by_content = _by_content(connection, signed)
        self._by_text = _by_text(connection, [one.entry for one in signed])

    def enter(self, signed: _Signed) -> Outcome:
        """The next entry: found, refused, or a row more."""
        entry = signed.entry
        if signed.key is not None:
            earlier = self._by_key.get((entry.form, signed.key))
            if earlier is not None and earlier.content not in (signed.content, _content_of(entry, not entry.spam)):
                return KeyConflict("the key has been used for other answers")
        else:
            earlier = self._by_content.get((entry.form, signed.content))
            if earlier is not None and earlier.submission.created <= entry.created - DOUBLE:
                earlier = None
        if earlier is not None:
            return Accepted(earlier.submission, repeated=True)
        if self._free[entry.form] == 0 and not (entry.waitlist or entry.spam):
            return Full("all places are taken")
        return Accepted(self._add(signed))

    def _add(self, signed: _Signed) -> Submission:
        entry = signed.entry
        state, reason = self._place(signed)
        made = Submission(self._make_id(), entry.form, state, reason, entry.created, entry.answers, entry.consent)
        token = secrets.token_hex(16) if state == "unconfirmed" else None
        ours = {"key": signed.key, "content": signed.content, "text": entry.text, "token": token}
        self.rows.append(row_of(made) | ours)
        self.files += [(made.id, file) for file in entry.files]
        self.added.append((made, entry))
        earlier = _Earlier(made, signed.content)
        self._by_content[entry.form, signed.content] = earlier
        if signed.key is not None:
            self._by_key[entry.form, signed.key] = earlier
        if entry.text is not None:
            self._by_text[entry.text].add(signed.sender)
        return made

    def _place(self, signed: _Signed) -> tuple[State, str]:
        entry = signed.entry
        spam = entry.spam or (repeated(signed.sender, self._by_text[entry.text]) if entry.text is not None else "")
        if spam:
            return "spam", spam
        if entry.confirm:
            return "unconfirmed", ""
        free = self._free[entry.form]
        if free == 0:
            return "waitlist", "all places were taken"
        if free is not None:
            self._free[entry.form] = free - 1
        return "new", ""


def _by_key(connection: Connection, signed: Iterable[_Signed]) -> dict[tuple[str, str], _Earlier]:
    """What is there under the keys of the entries, by form and key."""
    wanted = [(one.entry.form, one.key) for one in signed if one.key is not None]
    if not wanted:
        return {}
    forms, keys = (list(set(names)) for names in zip(*wanted, strict=True))
    rows = connection.execute(_WITH_KEY, {"forms": forms, "keys": keys})
    return {(row.form, row.key): _Earlier(submission_of(row), row.content) for row in rows}


def _by_content(connection: Connection, signed: Iterable[_Signed]) -> dict[tuple[str, str], _Earlier]:
    """The newest of the last minutes with the answers of the entries that have no key, by form and digest."""
    wanted = [one for one in signed if one.key is None]
    if not wanted:
        return {}
    since = moment_text(min(one.entry.created for one in wanted) - DOUBLE)
    forms, contents = list({one.entry.form for one in wanted}), list({one.content for one in wanted})
    rows = connection.execute(_WITH_CONTENT, {"forms": forms, "contents": contents, "since": since})
    return {(row.form, row.content): _Earlier(submission_of(row), row.content) for row in rows}


def _by_text(connection: Connection, entries: Iterable[Entry]) -> dict[str, set[Sender]]:
    """From whom the texts of the entries came lately, to any form, by digest of the text.

    Each answer is read once, however many entries there are: a flood of one text must not keep the others waiting.
    """
    wanted = [(entry.text, entry.created) for entry in entries if entry.text is not None]
    found: dict[str, set[Sender]] = {text: set() for text, _ in wanted}
    if not wanted:
        return found
    since = moment_text(min(created for _, created in wanted) - WINDOW)
    lately = submissions.c.created > since
    asked = values(column("text", Text)).data([(text,) for text in found]).cte("asked")
    known = select(asked.c.text).where(exists().where(submissions.c.text == asked.c.text, lately))
    for text in connection.execute(known).scalars().all():  # few: most people write words of their own
        newest = select(submissions.c.answers).where(submissions.c.text == text, lately)
        rows = connection.execute(newest.order_by(submissions.c.created.desc()).limit(MOST_COMPARED))
        found[text].update(sender_of(answers_of(row)) for row in rows)
    return found


def _signed(entry: Entry) -> _Signed:
    sender = sender_of(entry.answers) if entry.text is not None else ()
    return _Signed(entry, _content_of(entry, bool(entry.spam)), _digest(entry.key) if entry.key else None, sender)


def _content_of(entry: Entry, spam: bool) -> str:
    """What is spam and what is not are never the same: one that nobody has looked at must not swallow the other."""
    files = [(file.field, file.name, file.digest) for file in entry.files]
    return _digest(entry.answers, spam, *files)


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
