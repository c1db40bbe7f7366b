"""`sitegen inbox purge`: what has been kept as long as its form says is deleted."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sitegen.cli.inbox.printing import tell_promoted
from sitegen.cli.inbox.questions import is_sure
from sitegen.cli.inbox.stores import opened
from sitegen.errors import SitegenError, UsageError
from sitegen.forms.description import open_at

if TYPE_CHECKING:
    from sitegen.forms.inbox.purging import Counted, Old
    from sitegen.forms.inbox.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Of which form, and whether really."""
    parser.add_argument("--form", metavar="ID", help="only answers to this form")
    parser.add_argument("--dry-run", action="store_true", help="only tell what would be deleted")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(args: argparse.Namespace) -> None:
    """Delete it if that is meant, and tell how many. Raises `UsageError` where nobody can be asked."""
    from sitegen.forms.inbox.purging import Purge

    with opened(args) as store:
        old = _old(args, store)
        purge = Purge(store.count_old(old))
        if purge.deleted and not args.dry_run:
            if not (args.yes or _is_meant(purge.deleted)):
                print("Nothing was deleted.")
                return
            purge = store.purge(old)
        words = _words_for_none(store) if not purge.deleted else ""
    if args.json:
        promoted = [one.as_json() for one in purge.promoted]
        told = {"dry_run": args.dry_run, "deleted": purge.deleted, "promoted": promoted, "swept": purge.swept}
        print(json.dumps(told))
    else:
        _tell(purge.deleted, "would be deleted" if args.dry_run else "deleted", words)
        tell_promoted(purge.promoted)
    if not purge.swept:
        print("warning: another program is reading the inbox: run this again later", file=sys.stderr)


def _old(args: argparse.Namespace, store: Store) -> Old:
    """What is old by the site as it is now; where it cannot be read, by what the inbox knows of it."""
    from sitegen.config import load_config
    from sitegen.forms.inbox.purging import Old
    from sitegen.forms.receiver.loading import load_site

    now = datetime.now(UTC)
    old = Old(now, load_config(args.source, patient=True).keep_spam, args.form)
    try:
        forms = [call.form for call in load_site(args.source, now).calls]
    except SitegenError as error:
        print(f"warning: nobody moves up from a waitlist, as the site cannot be read: {error}", file=sys.stderr)
        return old
    store.note_periods({form.id: form.keep for form in forms})
    return replace(old, open=open_at(forms, now))


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
