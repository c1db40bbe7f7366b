"""`sitegen inbox erase`: one person is forgotten."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from sitegen.cli.inbox.options import add_address, address_in
from sitegen.cli.inbox.printing import show_submissions, tell_promoted
from sitegen.cli.inbox.publish import warn_of_names
from sitegen.cli.inbox.questions import is_sure
from sitegen.cli.inbox.stores import opened
from sitegen.cli.report import plural
from sitegen.errors import UsageError

if TYPE_CHECKING:
    from sitegen.forms.inbox.erasing import Erasure
    from sitegen.forms.inbox.person import Traces
    from sitegen.forms.inbox.store import Store


_IN_USE = "another program is using the inbox, and bytes of what was deleted are still there: run this again later"
_SERVER = (
    "The server's write-ahead log has the bytes until it is used again, replicas and backups as long as you keep them."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whom, how far, and whether to ask."""
    add_address(parser)
    text = "delete the answers of others where the address stands, too, and notes beside them"
    parser.add_argument("--mentions", action="store_true", help=text)
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(args: argparse.Namespace) -> None:
    """Erase if that is meant, and tell what is left. Raises `UsageError` where nobody can be asked."""
    address = address_in(args)
    with opened(args) as store:
        if not (args.yes or _is_meant(store, address, mentions=args.mentions)):
            print("Nothing was deleted.")
            return
        erasure = store.erase(address, mentions=args.mentions)
        server = store.on_server
    if args.json:
        print(json.dumps(_as_json(erasure)))
    else:
        _tell(erasure, mentions=args.mentions, server=server)
    warn_of_names(args.source, {one.form for one in erasure.deleted})
    if not erasure.swept:
        print(f"warning: {_IN_USE}", file=sys.stderr)


def _is_meant(store: Store, address: str, *, mentions: bool) -> bool:
    found = store.traces_of(address)
    wanted = (*found.theirs, *(found.mentions if mentions else ()))
    if not wanted:
        return True  # nothing to lose: the sweep is done anyway
    if not sys.stdin.isatty():
        raise UsageError(f"forget {address}, and delete {plural(len(wanted), 'submission')}? Say so with --yes")
    show_submissions(wanted)
    return is_sure("Delete all of it for good? [y/N] ")


def _tell(erasure: Erasure, *, mentions: bool, server: bool) -> None:
    for submission in erasure.deleted:
        print(f"{submission.id} is deleted")
    if not erasure.deleted:
        print("No answer is of that address.")
    tell_promoted(erasure.promoted)
    if not mentions:
        _tell_mentions(erasure.found)
    if server:
        print(_SERVER)


def _tell_mentions(found: Traces) -> None:
    for submission in found.mentions:
        print(f"{submission.id} is somebody else's and has the address in it: it is still there")
    if found.notes:
        count = len(found.notes)
        print(f"{count} of your notes beside other answers {'has' if count == 1 else 'have'} the address in it")
    if found.mentions or found.notes:
        print("--mentions deletes these, too.")


def _as_json(erasure: Erasure) -> dict[str, object]:
    return {
        "deleted": [submission.id for submission in erasure.deleted],
        "mentioned_in": [submission.id for submission in erasure.found.mentions],
        "notes": len(erasure.found.notes),
        "promoted": [submission.id for submission in erasure.promoted],
        "swept": erasure.swept,
    }
