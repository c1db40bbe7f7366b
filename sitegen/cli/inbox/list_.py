"""`sitegen inbox list`: all answers, or those that are wanted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sitegen.cli.inbox.filters import add_filters, wanted
from sitegen.cli.inbox.printing import show
from sitegen.cli.inbox.stores import opened
from sitegen.cli.options import is_site, shown_inbox

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Filter
    from sitegen.forms.submission import Submission

NAME = "list"
HELP = "all of them, oldest first"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which ones."""
    add_filters(parser)


def run(args: argparse.Namespace) -> None:
    """A table, or JSON as an export has it."""
    from sitegen.forms.inbox.export import json_text

    with opened(args) as store:
        filters = wanted(args)
        if args.json:
            sys.stdout.writelines(json_text(store.each(filters), ascii_only=True))
        else:
            _print_table(args, list(store.each(filters)), filters)


def _print_table(args: argparse.Namespace, submissions: Sequence[Submission], filters: Filter) -> None:
    from sitegen.forms.inbox.display import overview
    from sitegen.forms.inbox.listing import ALL

    if submissions:
        show(overview(submissions))
    elif filters != ALL:
        print("No submission is like that. Without filters: sitegen inbox list")
    else:
        _tell_empty(args)


def _tell_empty(args: argparse.Namespace) -> None:
    place = shown_inbox(args.source, args.database)
    print(f"The inbox is empty ({place}). Answers arrive while `sitegen serve` or `sitegen receive` runs.")
    if args.database is None and not is_site(args.source):
        print("There is no site in this folder: go to the folder of yours, or name it with -s.")
