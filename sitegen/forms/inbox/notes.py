"""What the author writes beside a submission, inside somebody else's transaction. It goes with the submission."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from sitegen.forms.inbox.tables import notes
from sitegen.forms.submission import Note, moment_of, moment_text


def insert_note(connection: Connection, submission: str, note: Note) -> None:
    """Add a note to a submission."""
    values = {"submission": submission, "created": moment_text(note.created), "text": note.text}
    connection.execute(insert(notes).values(**values))


def notes_of(connection: Connection, submission: str) -> tuple[Note, ...]:
    """The notes beside a submission, oldest first."""
    query = select(notes.c.created, notes.c.text).where(notes.c.submission == submission).order_by(notes.c.number)
    return tuple(Note(moment_of(row.created), row.text) for row in connection.execute(query))
