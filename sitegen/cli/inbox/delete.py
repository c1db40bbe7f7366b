"""`sitegen inbox delete`: answers and their files go for good."""

from __future__ import annotations

import argparse
import sys

from sitegen.cli.inbox.chosen import add_chosen, agreed, chosen
from sitegen.cli.inbox.printing import report
from sitegen.cli.inbox.publish import warn_of_names
from sitegen.cli.inbox.stores import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which ones, and whether to ask."""
    add_chosen(parser)


def run(args: argparse.Namespace) -> None:
    """Delete them if that is meant. Raises `UsageError` where nobody can be asked."""
    with opened(args) as store:
        those = chosen(args, store)
        if not agreed(args, those, store, f"Delete {those} for good?"):
            print("It is still there." if len(those.ids) == 1 else "They are still there.")
            return
        changes = store.delete_all(those.ids)
    report(args, changes, lambda _: "deleted")
    warn_of_names(args.source, {one.form for one in changes.submissions})
    if not changes.swept:
        words = "its bytes stay in the journal until the next deletion, or until no program has the inbox open"
        print(f"warning: another program is reading the inbox: {words}", file=sys.stderr)
