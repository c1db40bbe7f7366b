"""`sitegen inbox note`: something is written beside an answer."""

from __future__ import annotations

import argparse
import json
import sys

from sitegen.cli.inbox.editor import edited
from sitegen.cli.inbox.options import add_id
from sitegen.cli.inbox.stores import opened
from sitegen.errors import SitegenError, UsageError

LONGEST = 100_000  # signs


def arguments(parser: argparse.ArgumentParser) -> None:
    """Beside which one, and what."""
    add_id(parser)
    text = "what to note; - reads it from standard input; without it your editor opens"
    parser.add_argument("text", nargs="*", metavar="TEXT", help=text)


def run(args: argparse.Namespace) -> None:
    """Note it. Raises `UsageError` where there is nothing to read from, `SitegenError` if there is nothing to note."""
    with opened(args) as store:
        submission = store.find(args.id)  # before anybody writes in vain
        text = _text(args, submission.id).strip()
        if not text or len(text) > LONGEST:
            raise SitegenError(
                "nothing was written, so nothing is noted" if not text else "that is too long for a note"
            )
        note = store.note(submission.id, text)
    if args.json:
        print(json.dumps({"submission": submission.id, **note.as_json()}))
    else:
        print(f"Noted beside {submission.id}.")


def _text(args: argparse.Namespace, id_: str) -> str:
    if args.text == ["-"]:
        return sys.stdin.read(LONGEST + 1)
    if args.text:
        return " ".join(args.text)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(f"what is to be noted? sitegen inbox note {id_[:8]} TEXT, or - to read it")
    return edited(f"note-{id_}.txt")
