"""`sitegen inbox replay`: letters and webhooks that were given up are sent anew."""

from __future__ import annotations

import argparse
import json

from sitegen.cli.inbox.options import add_id
from sitegen.cli.inbox.stores import opened

NAME = "replay"
HELP = "send anew what was to be sent because of one, and was given up"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Because of which one."""
    add_id(parser)


def run(args: argparse.Namespace) -> None:
    """Put it back into the outbox: the receiver sends it."""
    with opened(args) as store:
        count = store.replay(args.id)
    if args.json:
        print(json.dumps({"replayed": count}))
    elif count:
        print(f"{count} will be sent by the receiver, which looks every few seconds.")
    else:
        print("Nothing was given up because of it: `sitegen inbox show` tells what became of everything.")
