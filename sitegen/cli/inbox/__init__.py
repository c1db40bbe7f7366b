"""`sitegen inbox`: what readers sent, one module for each action.

An action's module has `NAME`, `HELP`, `arguments(parser)` and `run(args)`. It opens the inbox itself (`stores.opened`)
if it needs one, prints, and imports what is heavy only when it runs. A new one is a module here and a row in `ACTIONS`.
"""

from __future__ import annotations

import argparse

from sitegen.cli.inbox import (
    backup,
    delete,
    erase,
    export,
    list_,
    mark,
    migrate,
    note,
    password,
    person,
    promote,
    publish,
    purge,
    replay,
    reply,
    restore,
    save,
    show,
    stats,
)
from sitegen.cli.inbox.filters import UNFILTERED
from sitegen.cli.inbox.intermixed import intermix
from sitegen.cli.inbox.options import add_common, set_common
from sitegen.cli.options import extra_needed

ACTIONS = (
    list_,
    show,
    stats,
    mark,
    note,
    reply,
    promote,
    export,
    save,
    delete,
    purge,
    erase,
    person,
    replay,
    publish,
    backup,
    restore,
    migrate,
    password,
)

NAME = "inbox"
HELP = "the answers to your calls: read, mark, note, reply to, export and delete them"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The actions and their options. Without an action it lists."""
    set_common(parser)
    parser.set_defaults(act=list_.run, limit=None, all=False, **UNFILTERED)
    add_common(parser)
    commands = parser.add_subparsers(dest="action", metavar="ACTION")
    for action in ACTIONS:
        command = commands.add_parser(action.NAME, help=action.HELP)
        action.arguments(command)
        add_common(command)
        command.set_defaults(act=action.run)
        intermix(command)


def run(args: argparse.Namespace) -> int:
    """Do what was asked. Raises `SitegenError`, `UsageError`."""
    with extra_needed("the inbox"):
        args.act(args)
    return 0
