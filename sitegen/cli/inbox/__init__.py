"""`sitegen inbox`: what readers sent, one module for each action.

An action's module has `arguments(parser)` and `run(args)`. It opens the inbox itself (`stores.opened`) if it needs one,
prints, and imports what is heavy only when it runs. A new one is a module here and a row in `ACTIONS`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from sitegen.cli.commands import Parser, add_commands, module_of
from sitegen.cli.inbox.filters import UNFILTERED
from sitegen.cli.inbox.intermixed import intermix
from sitegen.cli.inbox.options import add_common, set_common
from sitegen.cli.options import extra_needed

ACTIONS = {
    "list": "all of them, oldest first; on a terminal the newest ones",
    "show": "one of them in full",
    "stats": "how many are where, places taken, answers a week, deliveries",
    "mark": "give one or several another state",
    "note": "write something beside one",
    "reply": "write to one or several by your mail program",
    "promote": "give one on the waitlist a place",
    "export": "all of them as CSV, JSON or JSON Lines",
    "save": "write the files of one into a folder",
    "delete": "delete one or several for good",
    "purge": "delete what has been kept as long as its form says (`keep`)",
    "erase": "forget one person: all answers of an address, with whatever belongs to them",
    "person": "everything that is kept of one person: as a list, as JSON, or with the files into a folder",
    "replay": "send anew what was to be sent because of one or several, and was given up",
    "publish": "write how many places are taken, and who agreed to be named, for the next build",
    "backup": "write all of it into one file, while others go on",
    "restore": "put a backup into the inbox",
    "migrate": "make the tables of the inbox, or bring them on to this version",
    "password": "make what lets you in to the inbox on the web",
}
MODULES = {"list": "list_"}
USUAL = "list"  # where no action is named


def arguments(parser: argparse.ArgumentParser) -> None:
    """The actions and their options. Without an action it lists."""
    set_common(parser)
    parser.set_defaults(limit=None, all=False, **UNFILTERED)
    add_common(parser)
    commands = add_commands(parser, dest="action", metavar="ACTION")
    for name, words in ACTIONS.items():
        commands.add_parser(name, help=words, fill=_filling(name))


def _filling(name: str) -> Callable[[Parser], None]:
    def fill(command: Parser) -> None:
        module_of(__name__, name, MODULES).arguments(command)
        add_common(command)
        intermix(command)

    return fill


def run(args: argparse.Namespace) -> int:
    """Do what was asked. Raises `SitegenError`, `UsageError`."""
    with extra_needed("the inbox"):
        module_of(__name__, args.action or USUAL, MODULES).run(args)
    return 0
