"""The answers as the read API sends them: JSON, piece by piece, however many there are.

A submission is one flat object, as integrations with Formspree read it: `_id`, `_date` (in UTC, without a zone),
`_state`, and the answers by their names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from sitegen.forms.api.query import Query
from sitegen.forms.inbox.store import Store
from sitegen.forms.submission import Submission, joined, moment_text

OWN = ("_id", "_date", "_state")  # an answer to a field of such a name is not shown
BATCH = 500  # submissions that are read, and sent, at once
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def flat(submission: Submission) -> dict[str, str]:
    """One submission as integrations read it."""
    own = submission.id, moment_text(submission.created).removesuffix("Z"), submission.state
    said = joined(submission.answers)
    return {**dict(zip(OWN, own, strict=True)), **{name: value for name, value in said.items() if name not in OWN}}


def pieces(store: Store, query: Query) -> Iterator[str]:
    """The whole body. The names of all fields come last: by then they are known. Raises `StoreError`."""
    names = dict.fromkeys(OWN)
    beginning, before = '{"submissions":[\n', ""
    for batch in _batches(store, query):
        shown = [flat(submission) for submission in batch]
        names.update(dict.fromkeys(name for each in shown for name in each))
        yield beginning + before + ",\n".join(map(_encoded, shown))
        beginning, before = "", ",\n"
    yield f'{beginning}],"fields":{_encoded(list(names))}}}\n'


def _batches(store: Store, query: Query) -> Iterator[tuple[Submission, ...]]:
    """A transaction for each: however slowly a program takes them, it keeps nobody waiting."""
    cursor, left = None, query.limit
    if query.offset:
        cursor = store.cursor_at(query.wanted, query.offset, newest_first=query.newest_first)
        if cursor is None:
            return
    while left is None or left > 0:
        size = BATCH if left is None else min(BATCH, left)
        batch, cursor = store.batch_of(query.wanted, size, cursor, newest_first=query.newest_first)
        if batch:
            yield batch
        left = None if left is None else left - size
        if cursor is None:
            return
