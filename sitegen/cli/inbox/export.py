"""`sitegen inbox export`: the answers as CSV, JSON or JSON Lines, for other programs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.inbox.filters import add_filters, wanted
from sitegen.cli.inbox.private_files import write_privately
from sitegen.cli.inbox.stores import opened
from sitegen.errors import UsageError

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Store


FORMATS = ("csv", "json", "jsonl")
BYTE_ORDER_MARK = "\ufeff"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which ones, as what, and where to."""
    parser.add_argument("--format", choices=FORMATS, metavar="FORMAT", help="csv (the default), json or jsonl")
    parser.add_argument("--bom", action="store_true", help="begin with a byte order mark, as Excel wants it")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    add_filters(parser)


def run(args: argparse.Namespace) -> None:
    """Write them piece by piece: an inbox may be larger than the memory. Raises `StoreError`, `UsageError`."""
    from sitegen.forms.inbox.destination import destination
    from sitegen.forms.inbox.opening import inbox_url

    if args.bom and _format(args) != "csv":
        raise UsageError("--bom is for csv: JSON does not begin with a byte order mark")
    beginning = [BYTE_ORDER_MARK] if args.bom else []
    output = None if args.output is None else destination(args.output, inbox_url(args.source, args.database))
    with opened(args) as store:
        pieces = _pieces(args, store)
        if output is None:
            _print(beginning, pieces)
        else:
            write_privately(output, chain(beginning, pieces))


def _pieces(args: argparse.Namespace, store: Store) -> Iterator[str]:
    from sitegen.forms.inbox.export import csv_text, json_lines, json_text

    form = _format(args)
    if form == "csv":
        with store.snapshot(wanted(args)) as submissions:
            yield from csv_text(submissions)
    else:
        text = json_text if form == "json" else json_lines
        yield from text(store.each(wanted(args)))


def _format(args: argparse.Namespace) -> str:
    return args.format or ("json" if args.json else "csv")


def _print(beginning: Iterable[str], pieces: Iterator[str]) -> None:
    if sys.stdout.isatty():  # a terminal would obey what visitors wrote
        from sitegen.forms.inbox.display import visible

        pieces = (visible(piece.replace("\r\n", "\n")) for piece in pieces)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    sys.stdout.writelines(chain(beginning, pieces))
