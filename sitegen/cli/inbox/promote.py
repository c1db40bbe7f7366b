"""`sitegen inbox promote`: somebody on the waitlist is given a place."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sitegen.cli.inbox.stores import opened
from sitegen.dates import now
from sitegen.errors import SitegenError, UsageError

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Store, Terms
    from sitegen.forms.notices import Delivery


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whom, or of which form the next one."""
    parser.add_argument("id", nargs="?", metavar="ID", help="the beginning of its id")
    parser.add_argument("--form", metavar="ID", help="whoever waits longest for this form, instead of an id")


def run(args: argparse.Namespace) -> None:
    """Give the place, be one free or not, and tell how many are taken."""
    if bool(args.id) == bool(args.form):
        raise UsageError("whom? Name an id, or the next one by --form")
    with opened(args) as store:
        placed = store.promote_one(args.id or _next(store, args.form))
        taken, terms = store.taken(placed.form), store.forms()[placed.form]
        letters = [one for one in store.deliveries_of(placed) if one.notice.kind == "place" and one.state == "waiting"]
    if args.json:
        print(json.dumps(placed.as_json()))
    else:
        print(f"{placed.id} has a place now: {_places(taken, terms)}.{_letter(letters[-1:])}")


def _next(store: Store, form: str) -> str:
    """Whoever waits longest; those whom the author made wait come last. Raises `SitegenError` where nobody waits."""
    waiting = store.queue_of(form, 1)
    if not waiting:
        raise SitegenError(f'nobody waits for "{form}"')
    return waiting[0].id


def _places(taken: int, terms: Terms) -> str:
    return f"{taken} are taken" if terms.capacity is None else f"{taken} of {terms.capacity} are taken"


def _letter(letters: Sequence[Delivery]) -> str:
    """When the letter goes out: nobody gets two within a day."""
    from sitegen.forms.inbox.display import when

    due = [f" on {when(one.due, None)}, a day after the last one" if one.due > now() else "" for one in letters]
    return "".join(f" A letter tells them{words}." for words in due)
