"""What several actions print: tables, and what became of an answer."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sitegen.forms.inbox.store import Change

UNCUT = 100_000  # columns where there is no terminal: more than an answer has signs


def show(what: RenderableType) -> None:
    """Print it as wide as the terminal is. Elsewhere nothing is cut or wrapped, unless `COLUMNS` says how wide."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else UNCUT
    console = Console(width=width, highlight=False, emoji=False)
    with console.capture() as text:
        console.print(what)
    print("\n".join(line.rstrip(" ") for line in text.get().splitlines()))


def report(args: argparse.Namespace, change: Change, words: str) -> None:
    """Tell of a change, in `words` or as JSON, and who has moved up because of it."""
    if args.json:
        promoted = [submission.as_json() for submission in change.promoted]
        print(json.dumps({**change.submission.as_json(), "promoted": promoted}))
        return
    print(words)
    for submission in change.promoted:
        print(f"{submission.id} has moved up from the waitlist: it is new now")
