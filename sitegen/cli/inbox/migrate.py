"""`sitegen inbox migrate`: the tables of this version.

It opens no store: a store wants the tables as they are to be.
"""

from __future__ import annotations

import argparse
import json

from sitegen.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(args: argparse.Namespace) -> None:
    """Make them or bring them on, and tell from where. Raises `UsageError` where there is no such folder."""
    from sitegen.forms.inbox.opening import inbox_url
    from sitegen.forms.inbox.schema import migrate_at
    from sitegen.forms.inbox.tables import VERSION

    if not args.source.is_dir():
        raise UsageError(f"there is no folder {args.source}")
    found = migrate_at(inbox_url(args.source, args.database))
    if args.json:
        print(json.dumps({"from": found, "to": VERSION}))
    elif found == VERSION:
        print(f"The inbox has schema {VERSION} already: there is nothing to do.")
    elif found:
        print(f"The inbox has been brought from schema {found} to {VERSION}.")
    else:
        print(f"The tables of an inbox have been made, with schema {VERSION}.")
