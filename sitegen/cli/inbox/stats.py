"""`sitegen inbox stats`: an inbox in numbers."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

from sitegen.cli.inbox.filters import add_filters, nothing, wanted
from sitegen.cli.inbox.options import whole_number
from sitegen.cli.inbox.printing import show, width
from sitegen.cli.inbox.stores import opened

WEEKS = 12
MOST_WEEKS = 520


def arguments(parser: argparse.ArgumentParser) -> None:
    """Of which ones, and how far back."""
    add_filters(parser)
    parser.add_argument("--weeks", type=whole_number, default=WEEKS, metavar="N", help=f"so many (default: {WEEKS})")


def run(args: argparse.Namespace) -> None:
    """Count, and draw."""
    from sitegen.forms.inbox.charts import charts
    from sitegen.forms.inbox.statistics import statistics_of

    with opened(args) as store:
        found = statistics_of(store, wanted(args), min(args.weeks, MOST_WEEKS), datetime.now(UTC))
        words = "" if found.forms else nothing(args, store, "stats")
    if args.json:
        print(json.dumps(found.as_json()))
    elif words:
        print(words)
    else:
        show(charts(found, width()))
