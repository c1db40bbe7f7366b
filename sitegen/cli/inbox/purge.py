"""`sitegen inbox purge`: what has been kept as long as its form says is deleted."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sitegen.cli.inbox.questions import is_sure
from sitegen.cli.inbox.stores import opened
from sitegen.errors import UsageError

if TYPE_CHECKING:
    from sitegen.forms.inbox.purging import Counted, Old
    from sitegen.forms.inbox.store import Store

NAME = "purge"
HELP = "delete what has been kept as long as its form says (`keep`)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Of which form, and whether really."""
    parser.add_argument("--form", metavar="ID", help="only answers to this form")
    parser.add_argument("--dry-run", action="store_true", help="only tell what would be deleted")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(args: argparse.Namespace) -> None:
    """Delete it if that is meant, and tell how many. Raises `UsageError` where nobody can be asked."""
    with opened(args) as store:
        old = _old(args)
        counted, swept = store.count_old(old), True
        if counted and not args.dry_run:
            if not (args.yes or _is_meant(counted)):
                print("Nothing was deleted.")
                return
            purge = store.purge(old)
            counted, swept = purge.deleted, purge.swept
        words = _words_for_none(store) if not counted else ""
    if args.json:
        print(json.dumps({"dry_run": args.dry_run, "deleted": counted, "swept": swept}))
    else:
        _tell(counted, "would be deleted" if args.dry_run else "deleted", words)
    if not swept:
        print("warning: another program is reading the inbox: run this again later", file=sys.stderr)


def _old(args: argparse.Namespace) -> Old:
    from sitegen.config import load_config
    from sitegen.forms.inbox.purging import Old

    return Old(datetime.now(UTC), load_config(args.source, patient=True).keep_spam, args.form)


def _is_meant(counted: Counted) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("delete what is old? Say so with --yes, or look with --dry-run")
    _tell(counted, "to be deleted")
    return is_sure("Delete them for good? [y/N] ")


def _tell(counted: Counted, what: str, words: str = "") -> None:
    for form, states in counted.items():
        print(f"{form}: {', '.join(f'{number} {state}' for state, number in states.items())} {what}")
    if words:
        print(words)


def _words_for_none(store: Store) -> str:
    if any(terms.keep is not None for terms in store.forms().values()):
        return "Nothing has been kept longer than its form says."
    return "Nothing to delete: no form says how long answers are kept (`keep: 6 months`)."
