"""What the list shows, all of it, as a file: read and sent a few at a time, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from starlette.responses import Response, StreamingResponse

from sitegen.forms.desk.painting import SAFE
from sitegen.forms.desk.visit import Visit
from sitegen.forms.desk.wanted import parse_wanted
from sitegen.forms.inbox.export import csv_text, json_lines
from sitegen.forms.inbox.listing import Snapshot

AT_ONCE = 32 * 1024  # signs in a piece


def csv(visit: Visit) -> Response:
    """CSV that no spreadsheet takes for formulas, oldest first."""
    return _file(_written(visit, csv_text), "text/csv; charset=utf-8; header=present", "answers.csv")


def jsonl(visit: Visit) -> Response:
    """JSON Lines: an object in each line, oldest first."""
    return _file(_written(visit, json_lines), "application/x-ndjson", "answers.jsonl")


def _written(visit: Visit, write: Callable[[Snapshot], Iterator[str]]) -> Iterator[str]:
    with visit.store.snapshot(parse_wanted(visit.query).filter(visit.zone)) as snapshot:
        yield from write(snapshot)


def _file(pieces: Iterable[str], kind: str, name: str) -> Response:
    headers = {**SAFE, "Content-Disposition": f'attachment; filename="{name}"'}
    gathered = _gathered(pieces)
    first = next(gathered)  # read while it can still be said that nothing can be
    return StreamingResponse(chain([first], gathered), 200, headers, kind)


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
