"""The files of submissions, inside somebody else's transaction. Their bytes are in the inbox, and never a path."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from sitegen.errors import SitegenError
from sitegen.forms.inbox.tables import files
from sitegen.forms.submission import Answers, KeptFile, Upload

_COLUMNS = [files.c[name] for name in ("id", "field", "name", "type", "size", "digest")]


def insert_file(connection: Connection, new_id: str, submission: str, upload: Upload) -> None:
    """Keep a file of a submission. One at a time: its bytes are in memory while that is done."""
    if upload.content is None:
        raise ValueError(f"the bytes of a file in {upload.field} were not kept")
    upload.content.seek(0)
    values = {name: getattr(upload, name) for name in ("field", "name", "type", "size", "digest")}
    connection.execute(insert(files).values(id=new_id, submission=submission, content=upload.content.read(), **values))


def files_of(connection: Connection, submission: str) -> tuple[KeptFile, ...]:
    """The files of a submission, in the order in which they came."""
    rows = connection.execute(select(*_COLUMNS).where(files.c.submission == submission).order_by(files.c.number))
    return tuple(KeptFile(*row) for row in rows)


def names_of_files(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, Answers]:
    """The names of the files of these submissions, or of all that have some, as pairs of field and name."""
    found: dict[str, Answers] = {}
    query = select(files.c.submission, files.c.field, files.c.name).order_by(files.c.number)
    if ids is not None:
        query = query.where(files.c.submission.in_(ids))
    for submission, field, name in connection.execute(query):
        found[submission] = (*found.get(submission, ()), (field, name))
    return found


def content_of(connection: Connection, file: str) -> bytes:
    """The bytes of a file. Raises `SitegenError` if it has been deleted."""
    content = connection.execute(select(files.c.content).where(files.c.id == file)).scalar()
    if content is None:
        raise SitegenError(f"the file {file} is not in the inbox any more")
    return bytes(content)
