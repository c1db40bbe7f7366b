"""Which answers are wanted: `--form chicago --status new --since 2w --until 2026-05-31 --search "slow reader"`."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.options import is_site, shown_inbox
from sitegen.dates import now
from sitegen.errors import SitegenError, did_you_mean
from sitegen.forms.submission import STATES

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Filter, Store

# Where the options of `add_filters` are not there at all.
UNFILTERED = {"form": None, "state": None, "since": None, "until": None, "search": None}


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The options that `wanted` reads."""
    parser.add_argument("--form", action="append", metavar="ID", help="only those to this form")
    text = f"only those that are {', '.join(STATES[:-1])} or {STATES[-1]}"
    parser.add_argument(
        "--status", "--state", dest="state", action="append", choices=STATES, metavar="STATE", help=text
    )
    parser.add_argument("--since", metavar="WHEN", help="only newer ones: 2w, 3d, 12h, or a date")
    parser.add_argument("--until", metavar="WHEN", help="only older ones; a date is that whole day")
    parser.add_argument("--search", action="append", metavar="WORDS", help="only those that have all these words")


def wanted(args: argparse.Namespace) -> Filter:
    """What the options ask for. Raises `UsageError` for a time that is none."""
    from sitegen.forms.inbox.opening import parse_since, parse_until
    from sitegen.forms.inbox.store import Filter

    moment = datetime.now(UTC)
    return Filter(
        tuple(args.form) if args.form else None,
        tuple(args.state) if args.state else None,
        since=parse_since(args.since, moment, zone=None) if args.since else None,
        until=parse_until(args.until, moment, zone=None) if args.until else None,
        text=" ".join(args.search or ()),
    )


def nothing(args: argparse.Namespace, store: Store, action: str) -> str:
    """What to tell where an action has nothing to show: the inbox is empty, or the filters let nothing through."""
    from sitegen.forms.inbox.listing import ALL

    if wanted(args) != ALL:
        return f"{none_like_that(args, store)}\nWithout filters: sitegen inbox {action}"
    place = shown_inbox(args.source, args.database)
    empty = f"The inbox is empty ({place}). Answers arrive while `sitegen serve` or `sitegen receive` runs."
    elsewhere = args.database is None and not is_site(args.source)
    hint = "\nThere is no site in this folder: go to the folder of yours, or name it with -s."
    return empty + (hint if elsewhere else "")


def none_like_that(args: argparse.Namespace, store: Store) -> str:
    """What to tell where the filters let nothing through: perhaps a form was misspelt, or nobody has answered yet."""
    known = dict.fromkeys(store.forms())
    unknown = [form for form in args.form or () if form not in known]
    if unknown:
        known |= dict.fromkeys(_calls_of(args.source))
    for form in unknown:
        if form not in known:
            return f'There is no call "{form}"' + (f"; {hint}" if (hint := did_you_mean(form, known)) else ".")
    if args.form and not _answered(store, args.form):
        return f"No answer has come to {' or '.join(args.form)} yet."
    return "No submission is like that."


def _calls_of(source: Path) -> tuple[str, ...]:
    """The ids of the site's calls; none where it cannot be read just now."""
    from sitegen.forms.receiver.loading import load_site

    try:
        return tuple(call.form.id for call in load_site(source, now()).calls)
    except SitegenError:
        return ()


def _answered(store: Store, forms: list[str]) -> bool:
    from sitegen.forms.inbox.store import Filter

    return bool(store.counts(Filter(tuple(forms))))
