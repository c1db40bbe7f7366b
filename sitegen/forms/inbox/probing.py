"""Whether an answer could be stored now: by storing something, and taking it away again."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, delete, insert

from sitegen.forms.inbox.schema import require_current
from sitegen.forms.inbox.tables import forms

_FILLER = "x" * 16_384  # about what an answer takes: a disk that is full has no room for it


def probe(connection: Connection) -> None:
    """Write and delete in somebody else's transaction, whose commit then has to reach the disk. Raises `StoreError`."""
    require_current(connection)
    name = f"probe {secrets.token_hex(8)}"  # never the id of a form: it has a blank
    connection.execute(insert(forms).values(id=name, title=_FILLER))
    connection.execute(delete(forms).where(forms.c.id == name))
