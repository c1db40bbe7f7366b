"""`sitegen inbox backup`: all of the inbox in one file, while others write on."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sitegen.cli.report import plural
from sitegen.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup; one that is there is replaced")


def run(args: argparse.Namespace) -> None:
    """Make it, and tell what is in it. Raises `StoreError`, `UsageError`."""
    from sitegen.dates import now
    from sitegen.forms.inbox.backup import back_up
    from sitegen.forms.inbox.opening import inbox_url

    if not args.source.is_dir():
        raise UsageError(f"there is no folder {args.source}")
    manifest = back_up(inbox_url(args.source, args.database), args.file, now())
    if args.json:
        print(json.dumps({"file": str(args.file), **manifest.as_json()}))
        return
    kept, files = (manifest.tables[name].count for name in ("submissions", "files"))
    print(f"{args.file} has {plural(kept, 'submission')} and {plural(files, 'file')}, read again and found whole.")
