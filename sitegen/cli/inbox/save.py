"""`sitegen inbox save`: the files that came with an answer."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sitegen.cli.inbox.options import add_id
from sitegen.cli.inbox.stores import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whose files, and the folder."""
    add_id(parser)
    text = "the folder for the files (default: this one)"
    parser.add_argument("--to", type=Path, default=Path(), metavar="DIR", help=text)


def run(args: argparse.Namespace) -> None:
    """Write the files, and tell their paths."""
    from sitegen.forms.inbox.saving import save_files

    with opened(args) as store:
        submission = store.find(args.id)
        files = store.files_of(submission)
        written = save_files(submission, files, store.content_of, args.to)
    if args.json:
        saved = zip(files, written, strict=True)
        print(json.dumps([{**file.as_json(), "path": str(path)} for file, path in saved]))
        return
    for path in written:
        print(path)
    if not files:
        print(f"No files came with {submission.id}.")
