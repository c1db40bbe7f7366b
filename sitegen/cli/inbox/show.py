"""`sitegen inbox show`: one answer in full."""

from __future__ import annotations

import argparse
import json

from sitegen.cli.inbox.options import add_id
from sitegen.cli.inbox.printing import show, width
from sitegen.cli.inbox.stores import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which one."""
    add_id(parser)


def run(args: argparse.Namespace) -> None:
    """The answer, what was noted beside it, its files, and what was sent because of it."""
    from sitegen.forms.inbox.display import details

    with opened(args) as store:
        submission = store.find(args.id)
        files, deliveries = store.files_of(submission), store.deliveries_of(submission)
        notes, terms = store.notes_of(submission), store.forms().get(submission.form)
    if args.json:
        beside = {
            "notes": [note.as_json() for note in notes],
            "files": [file.as_json() for file in files],
            "deliveries": [delivery.as_json() for delivery in deliveries],
        }
        print(json.dumps({**submission.as_json(), "consent": submission.consent, **beside}))
    else:
        show(details(submission, files, deliveries, notes, terms.title if terms else "", width=width()))
