"""`sitegen inbox restore`: a backup becomes the inbox again.

It opens no store: what is to be replaced may be broken.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.inbox.questions import is_sure
from sitegen.cli.report import plural
from sitegen.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import URL

    from sitegen.forms.inbox.comparing import Comparison
    from sitegen.forms.inbox.restoring import Restored


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, what is to be replaced, what is not to be sent, and whether to ask."""
    parser.add_argument("file", type=Path, metavar="FILE", help="what `sitegen inbox backup` wrote")
    parser.add_argument("--replace", action="store_true", help="in place of what the inbox holds")
    text = "give up what waited to be sent: much of it may have been sent since"
    parser.add_argument("--without-deliveries", action="store_true", help=text)
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(args: argparse.Namespace) -> None:
    """Verify it, restore it if that is meant, and tell what there is now. Raises `StoreError`, `UsageError`."""
    from sitegen.forms.inbox.opening import inbox_url
    from sitegen.forms.inbox.restoring import restore

    if not args.source.is_dir():
        raise UsageError(f"there is no folder {args.source}")
    url = inbox_url(args.source, args.database)
    if args.replace and not (args.yes or _is_meant(args, url)):
        print("Nothing was replaced.")
        return
    done = restore(args.file, url, replace=args.replace, deliveries=not args.without_deliveries)
    if args.json:
        more = {"replaced": done.replaced, "waiting": done.waiting, "held_back": done.held_back}
        print(json.dumps({"file": str(args.file), **done.manifest.as_json(), **more}))
    else:
        _tell(done)


def _is_meant(args: argparse.Namespace, url: URL) -> bool:
    """Whether what would be lost may be. Raises `UsageError` where nobody can be asked."""
    from sitegen.forms.inbox.comparing import compare

    found = compare(args.file, url)
    if not found.there:
        return True
    words = _losses(found)
    if args.json or not sys.stdin.isatty():
        raise UsageError(f"{words} Replace it? Say so with --yes")
    print(words)
    print("Marks and notes are as they were then. Stop `sitegen receive` first: what arrives meanwhile is lost, too.")
    return is_sure("Replace it? [y/N] ")


def _losses(found: Comparison) -> str:
    """What would be gone, and who would be back."""
    is_, are = ("is", "are")
    lost = (
        f"{found.lost} of them {is_ if found.lost == 1 else are} not in the backup" if found.lost else "all are in it"
    )
    words = f"The inbox holds {plural(found.there, 'submission')}; {lost} of {found.made:%Y-%m-%d %H:%M} UTC."
    if found.back:
        come = "comes" if found.back == 1 else "come"
        words += f" {plural(found.back, 'submission')} that {is_ if found.back == 1 else are} not there any more {come}"
        words += " back, also of people whom you have forgotten since."
    return words


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
        print(f"Deliveries given up: {done.held_back}. `sitegen inbox replay ID` sends those of one, with --all all.")
