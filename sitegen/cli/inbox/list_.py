"""`sitegen inbox list`: all answers, or those that are wanted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sitegen.cli.inbox.filters import add_filters, nothing, wanted
from sitegen.cli.inbox.options import whole_number
from sitegen.cli.inbox.printing import show, show_lines, width
from sitegen.cli.inbox.stores import opened

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Filter, Store
    from sitegen.forms.submission import Submission


ON_A_TERMINAL = 50  # answers, unless options say otherwise


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which ones, and how many."""
    add_filters(parser)
    many = parser.add_mutually_exclusive_group()
    text = f"only the N newest (default: {ON_A_TERMINAL} on a terminal, elsewhere all)"
    many.add_argument("--limit", type=whole_number, metavar="N", help=text)
    many.add_argument("--all", action="store_true", help="all of them, on a terminal, too")


def run(args: argparse.Namespace) -> None:
    """A table, or JSON as an export has it. An inbox may be larger than the memory."""
    from sitegen.forms.inbox.export import json_text

    with opened(args) as store:
        filters, limit = wanted(args), _limit(args)
        submissions = _submissions(store, filters, limit)
        if args.json:
            sys.stdout.writelines(json_text(submissions, ascii_only=True))
        else:
            _print_table(args, store, filters, limit, submissions)


def _limit(args: argparse.Namespace) -> int | None:
    if args.limit or args.all or args.json or not sys.stdout.isatty():
        return None if args.all else args.limit
    return ON_A_TERMINAL


def _submissions(store: Store, filters: Filter, limit: int | None) -> Iterable[Submission]:
    return store.each(filters) if limit is None else reversed(store.page_of(filters, limit).submissions)


def _print_table(
    args: argparse.Namespace, store: Store, filters: Filter, limit: int | None, submissions: Iterable[Submission]
) -> None:
    from sitegen.forms.inbox.overview import columns_for, lines_of, total

    counts = store.counts(filters)
    if counts:
        states = {state for numbers in counts.values() for state in numbers}
        show_lines(lines_of(submissions, columns_for(counts, states, width())))
        show(total(counts, limit))
    else:
        print(nothing(args, store, "list"))
