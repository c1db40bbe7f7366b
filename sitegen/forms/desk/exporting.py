"""What the list shows, all of it, as a file: read and sent a few at a time, however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from starlette.responses import Response, StreamingResponse

from sitegen.forms.desk.painting import SAFE
from sitegen.forms.desk.visit import Visit
from sitegen.forms.desk.wanted import parse_wanted
from sitegen.forms.inbox.export import columns_of, csv_rows
from sitegen.forms.submission import Submission

AT_ONCE = 32 * 1024  # signs in a piece


def csv(visit: Visit) -> Response:
    """CSV that no spreadsheet takes for formulas, oldest first; the submissions are read twice, columns first."""
    named = visit.store.names_of_files()
    rows = csv_rows(lambda: columns_of(_submissions(visit), named), _submissions(visit), named)
    return _file(rows, "text/csv; charset=utf-8; header=present", "answers.csv")


def json_lines(visit: Visit) -> Response:
    """An object in each line, oldest first."""
    lines = (json.dumps(one.as_json(), ensure_ascii=False) + "\n" for one in _submissions(visit))
    return _file(lines, "application/x-ndjson", "answers.jsonl")


def _submissions(visit: Visit) -> Iterator[Submission]:
    return visit.store.each(parse_wanted(visit.query).filter(visit.zone))


def _file(pieces: Iterable[str], kind: str, name: str) -> Response:
    headers = {**SAFE, "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_gathered(pieces), 200, headers, kind)


def _gathered(pieces: Iterable[str]) -> Iterator[bytes]:
    """Larger pieces, as each is a turn of its own on the way to the socket; but the first goes at once."""
    kept: list[str] = []
    size = AT_ONCE
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size >= AT_ONCE:
            yield "".join(kept).encode("utf-8", "replace")
            kept, size = [], 0
    yield "".join(kept).encode("utf-8", "replace")
