"""`sitegen inbox restore`: a backup becomes the inbox again.

It opens no store: what is to be replaced may be broken.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.report import plural
from sitegen.errors import UsageError

if TYPE_CHECKING:
    from sitegen.forms.inbox.restoring import Restored

NAME = "restore"
HELP = "put a backup into the inbox"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, what is to be replaced, and what is not to be sent."""
    parser.add_argument("file", type=Path, metavar="FILE", help="what `sitegen inbox backup` wrote")
    parser.add_argument("--replace", action="store_true", help="in place of what the inbox holds")
    text = "give up what waited to be sent: much of it may have been sent since"
    parser.add_argument("--without-deliveries", action="store_true", help=text)


def run(args: argparse.Namespace) -> None:
    """Verify it, restore it, and tell what there is now. Raises `StoreError`, `UsageError`."""
    from sitegen.forms.inbox.opening import inbox_url
    from sitegen.forms.inbox.restoring import restore

    if not args.source.is_dir():
        raise UsageError(f"there is no folder {args.source}")
    url = inbox_url(args.source, args.database)
    done = restore(args.file, url, replace=args.replace, deliveries=not args.without_deliveries)
    if args.json:
        more = {"replaced": done.replaced, "waiting": done.waiting, "held_back": done.held_back}
        print(json.dumps({"file": str(args.file), **done.manifest.as_json(), **more}))
    else:
        _tell(done)


def _tell(done: Restored) -> None:
    rows = {name: table.count for name, table in done.manifest.tables.items()}
    kept, files = rows["submissions"], rows.get("files", 0)  # those of an older schema are without
    made = f"{done.manifest.made:%Y-%m-%d %H:%M} UTC"
    print(f"The inbox is as it was on {made}: {plural(kept, 'submission')}, {plural(files, 'file')}.")
    if done.replaced:
        print(f"{plural(done.replaced, 'submission')} that were there are gone.")
    if done.waiting:
        print(
            f"Deliveries that waited then: {done.waiting}. `sitegen receive` sends them, even if that was done since;"
        )
        print("with --without-deliveries (and --replace) they are given up instead.")
    if done.held_back:
        print(f"Deliveries given up: {done.held_back}. `sitegen inbox replay ID` sends those of one submission.")
