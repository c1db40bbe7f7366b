"""`sitegen inbox replay`: letters and webhooks that were given up are sent anew."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from sitegen.cli.inbox.stores import opened
from sitegen.errors import UsageError

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Because of which ones."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="the beginnings of their ids")
    parser.add_argument("--all", action="store_true", help="all that was given up, letters of the day, too")


def run(args: argparse.Namespace) -> None:
    """Put it back into the outbox: the receiver sends it. Raises `NotFound`, `UsageError`."""
    if bool(args.ids) == args.all:
        raise UsageError("which? Name ids, or say --all")
    with opened(args) as store:
        count = store.replay_all() if args.all else _replay(store, args.ids)
    if args.json:
        print(json.dumps({"replayed": count}))
    elif count:
        print(f"{count} will be sent by the receiver, which looks every few seconds.")
    elif args.all:
        print("Nothing was given up.")
    else:
        those = "it" if len(args.ids) == 1 else "them"
        print(f"Nothing was given up because of {those}: `sitegen inbox show` tells what became of everything.")


def _replay(store: Store, starts: list[str]) -> int:
    ids = dict.fromkeys(store.find(start).id for start in starts)  # all are known before the first is sent
    return sum(store.replay(one) for one in ids)
