"""Which answers are wanted: `--form`, `--state`, `--since`."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sitegen.forms.submission import STATES

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Filter

UNFILTERED = {"form": None, "state": None, "since": None}  # where the options of `add_filters` are not there at all


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The options that `wanted` reads."""
    parser.add_argument("--form", metavar="ID", help="only those to this form")
    text = f"only those that are {', '.join(STATES[:-1])} or {STATES[-1]}"
    parser.add_argument("--state", action="append", choices=STATES, metavar="STATE", help=text)
    parser.add_argument("--since", metavar="WHEN", help="only newer ones: 2w, 3d, 12h, or a date")


def wanted(args: argparse.Namespace) -> Filter:
    """What the options ask for. Raises `UsageError` for a time that is none."""
    from sitegen.forms.inbox.opening import parse_since
    from sitegen.forms.inbox.store import Filter

    since = parse_since(args.since, datetime.now(UTC)) if args.since else None
    return Filter(args.form, tuple(args.state) if args.state else None, since)
