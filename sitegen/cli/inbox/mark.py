"""`sitegen inbox mark`: answers get another state."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sitegen.cli.inbox.chosen import add_chosen, agreed, chosen
from sitegen.cli.inbox.printing import report
from sitegen.cli.inbox.stores import opened
from sitegen.forms.submission import MARKS

if TYPE_CHECKING:
    from sitegen.forms.submission import Submission


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which ones, and the state."""
    add_chosen(parser)
    parser.add_argument("to", choices=MARKS, metavar="STATE", help=", ".join(MARKS))


def run(args: argparse.Namespace) -> None:
    """Mark them, and tell who has moved up. Those that filters chose are asked for."""
    with opened(args) as store:
        those = chosen(args, store)
        if args.all and not agreed(args, those, store, f"Mark {those} as {args.to}?"):
            print("Nothing is changed.")
            return
        changes = store.mark_all(those.ids, args.to)
    report(args, changes, lambda marked: _became(marked, args.to))


def _became(marked: Submission, asked: str) -> str:
    return f"{marked.state} now" + (f" ({marked.reason})" if marked.state != asked else "")
