"""`sitegen inbox mark`: an answer gets another state."""

from __future__ import annotations

import argparse

from sitegen.cli.inbox.options import add_id
from sitegen.cli.inbox.printing import report
from sitegen.cli.inbox.stores import opened
from sitegen.forms.submission import MARKS

NAME = "mark"
HELP = "give one another state"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which one, and the state."""
    add_id(parser)
    parser.add_argument("state", choices=MARKS, metavar="STATE", help=", ".join(MARKS))


def run(args: argparse.Namespace) -> None:
    """Mark it, and tell who has moved up."""
    with opened(args) as store:
        change = store.mark(args.id, args.state)
    marked = change.submission
    reason = f" ({marked.reason})" if marked.state != args.state else ""
    report(args, change, f"{marked.id} is {marked.state} now{reason}")
