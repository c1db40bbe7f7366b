"""`sitegen inbox delete`: an answer and its files go for good."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from sitegen.cli.inbox.options import add_id
from sitegen.cli.inbox.printing import report, show
from sitegen.cli.inbox.questions import is_sure
from sitegen.cli.inbox.stores import opened
from sitegen.errors import UsageError

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Store
    from sitegen.forms.submission import Submission

NAME = "delete"
HELP = "delete one for good"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which one, and whether to ask."""
    add_id(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(args: argparse.Namespace) -> None:
    """Delete it if that is meant. Raises `UsageError` where nobody can be asked."""
    with opened(args) as store:
        submission = store.find(args.id)
        if not (args.yes or _is_meant(submission, store)):
            print("It is still there.")
            return
        change = store.delete(submission.id)
        report(args, change, f"{submission.id} is deleted")
        if not change.swept:
            words = "its bytes stay in the journal until the next deletion, or until no program has the inbox open"
            print(f"warning: another program is reading the inbox: {words}", file=sys.stderr)


def _is_meant(submission: Submission, store: Store) -> bool:
    from sitegen.forms.inbox.display import details

    if not sys.stdin.isatty():
        raise UsageError(f"delete {submission.id}? Say so with --yes")
    show(details(submission, store.files_of(submission)))
    return is_sure("Delete it for good? [y/N] ")
