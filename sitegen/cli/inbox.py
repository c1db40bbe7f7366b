"""`sitegen inbox`: what readers sent."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from sitegen.cli.options import DATABASE, extra_needed, is_site, shown_inbox
from sitegen.errors import SitegenError, UsageError
from sitegen.forms.submission import STATES

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sitegen.forms.inbox.store import Change, Filter, Store

NAME = "inbox"
UNCUT = 100_000  # columns where there is no terminal: more than an answer has signs
HELP = "the answers to your calls: list, show, export, mark, save and delete them"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own commands, and their options. Without a command it lists."""
    parser.set_defaults(
        source=Path(), database=os.environ.get(DATABASE) or None, json=False, form=None, state=None, since=None
    )
    _add_common(parser)
    commands = parser.add_subparsers(dest="action", metavar="ACTION")
    listing = commands.add_parser("list", help="all of them, oldest first")
    showing = commands.add_parser("show", help="one of them in full")
    exporting = commands.add_parser("export", help="all of them as CSV or JSON")
    marking = commands.add_parser("mark", help="give one another state")
    deleting = commands.add_parser("delete", help="delete one for good")
    saving = commands.add_parser("save", help="write the files of one into a folder")
    replaying = commands.add_parser("replay", help="send anew what was to be sent because of one, and was given up")
    migrating = commands.add_parser("migrate", help="make the tables of the inbox, or bring them on to this version")
    for command in (showing, marking, deleting, saving, replaying):
        command.add_argument("id", metavar="ID", help="the beginning of its id")
    marking.add_argument("state", choices=STATES, metavar="STATE", help=", ".join(STATES))
    text = "the folder for the files (default: this one)"
    saving.add_argument("--to", type=Path, default=Path(), metavar="DIR", help=text)
    deleting.add_argument("--yes", action="store_true", help="do not ask")
    exporting.add_argument("--format", choices=("csv", "json"), default="csv", help="default: csv")
    exporting.add_argument("--bom", action="store_true", help="begin with a byte order mark, as Excel wants it")
    exporting.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    for command in (listing, exporting):
        _add_filters(command)
    for command in (listing, showing, exporting, marking, deleting, saving, replaying, migrating):
        _add_common(command)


def _add_common(parser: argparse.ArgumentParser) -> None:
    """Options that may stand before the action and behind it: no defaults, so that one does not undo the other."""
    missing: dict[str, Any] = {"default": argparse.SUPPRESS}
    text = "the folder of the site (default: this one)"
    parser.add_argument("-s", "--source", type=Path, metavar="SOURCE", help=text, **missing)
    text = f"the inbox (default: ${DATABASE}, or SOURCE/.sitegen/inbox.db)"
    parser.add_argument("--database", metavar="URL", help=text, **missing)
    parser.add_argument("--json", action="store_true", help="for programs", **missing)


def _add_filters(command: argparse.ArgumentParser) -> None:
    missing: dict[str, Any] = {"default": argparse.SUPPRESS}
    command.add_argument("--form", metavar="ID", help="only those to this form", **missing)
    text = f"only those that are {', '.join(STATES[:-1])} or {STATES[-1]}"
    command.add_argument("--state", action="append", choices=STATES, metavar="STATE", help=text, **missing)
    command.add_argument("--since", metavar="WHEN", help="only newer ones: 2w, 3d, 12h, or a date", **missing)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    with extra_needed("the inbox"):
        from sitegen.forms.inbox.opening import open_for_reading

        if args.action == "migrate":
            _migrate(args)
            return 0
        with closing(open_for_reading(args.source, args.database)) as store:
            _ACTIONS[args.action or "list"](args, store)
    return 0


def _list(args: argparse.Namespace, store: Store) -> None:
    from sitegen.forms.inbox.export import json_text
    from sitegen.forms.inbox.rows import ALL

    wanted = _wanted(args)
    if args.json:
        sys.stdout.writelines(json_text(store.each(wanted), ascii_only=True))
        return
    from sitegen.forms.inbox.display import overview

    submissions = list(store.each(wanted))
    if submissions:
        _show(overview(submissions))
    elif wanted != ALL:
        print("No submission is like that. Without filters: sitegen inbox list")
    else:
        place = shown_inbox(args.source, args.database)
        print(f"The inbox is empty ({place}). Answers arrive while `sitegen serve` or `sitegen receive` runs.")
        if args.database is None and not is_site(args.source):
            print("There is no site in this folder: go to the folder of yours, or name it with -s.")


def _show_one(args: argparse.Namespace, store: Store) -> None:
    from sitegen.forms.inbox.display import details

    submission = store.find(args.id)
    files, deliveries = store.files_of(submission), store.deliveries_of(submission)
    if args.json:
        lists = {"files": [file.as_json() for file in files], "deliveries": [one.as_json() for one in deliveries]}
        print(json.dumps({**submission.as_json(), **lists}))
    else:
        _show(details(submission, files, deliveries))


def _save(args: argparse.Namespace, store: Store) -> None:
    from sitegen.forms.inbox.saving import save_files

    submission = store.find(args.id)
    files = store.files_of(submission)
    written = save_files(submission, files, store.content_of, args.to)
    if args.json:
        saved = zip(files, written, strict=True)
        print(json.dumps([{**file.as_json(), "path": str(path)} for file, path in saved]))
        return
    for path in written:
        print(path)
    if not files:
        print(f"No files came with {submission.id}.")


def _replay(args: argparse.Namespace, store: Store) -> None:
    count = store.replay(args.id)
    if args.json:
        print(json.dumps({"replayed": count}))
    elif count:
        print(f"{count} will be sent by the receiver, which looks every few seconds.")
    else:
        print("Nothing was given up because of it: `sitegen inbox show` tells what became of everything.")


def _export(args: argparse.Namespace, store: Store) -> None:
    from sitegen.forms.inbox.export import csv_text, json_text

    wanted = _wanted(args)
    as_json = args.json or args.format == "json"
    pieces = json_text(store.each(wanted)) if as_json else csv_text(store.each(wanted), store.names_of_files())
    if args.output is None:
        if sys.stdout.isatty():  # a terminal would obey what visitors wrote
            from sitegen.forms.inbox.display import visible

            pieces = (visible(piece.replace("\r\n", "\n")) for piece in pieces)
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        _write(sys.stdout, pieces, bom=args.bom)
        return
    _write_file(args.output, pieces, bom=args.bom)


def _write_file(path: Path, pieces: Iterator[str], *, bom: bool) -> None:
    """Write beside and rename: an export that fails half-way leaves the last one as it was. Only its owner reads it."""
    beside = path.with_name(f".{path.name}.part")
    private = partial(os.open, mode=0o600)  # it has people's names in it, as the inbox has
    try:
        beside.unlink(missing_ok=True)  # of an export that was killed
        with open(beside, "x", encoding="utf-8", newline="", opener=private) as file:
            _write(file, pieces, bom=bom)
        beside.replace(path)
    except OSError as error:
        raise SitegenError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)


def _write(file: TextIO, pieces: Iterator[str], *, bom: bool) -> None:
    file.write("\ufeff" if bom else "")
    file.writelines(pieces)


def _mark(args: argparse.Namespace, store: Store) -> None:
    change = store.mark(args.id, args.state)
    marked = change.submission
    reason = f" ({marked.reason})" if marked.state != args.state else ""
    _report(args, change, f"{marked.id} is {marked.state} now{reason}")


def _delete(args: argparse.Namespace, store: Store) -> None:
    from sitegen.forms.inbox.display import details

    submission = store.find(args.id)
    if not args.yes:
        if not sys.stdin.isatty():
            raise UsageError(f"delete {submission.id}? Say so with --yes")
        _show(details(submission, store.files_of(submission)))
        if not _is_sure("Delete it for good? [y/N] "):
            print("It is still there.")
            return
    change = store.delete(submission.id)
    _report(args, change, f"{submission.id} is deleted")
    if not change.swept:
        words = "its bytes stay in the journal until the next deletion, or until no program has the inbox open"
        print(f"warning: another program is reading the inbox: {words}", file=sys.stderr)


def _is_sure(question: str) -> bool:
    """Whether the answer is yes. Who ends the input (Ctrl-D) has said no."""
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        print()
        return False


def _migrate(args: argparse.Namespace) -> None:
    from sitegen.forms.inbox.opening import inbox_url
    from sitegen.forms.inbox.schema import migrate_at
    from sitegen.forms.inbox.tables import VERSION

    if not args.source.is_dir():
        raise UsageError(f"there is no folder {args.source}")
    found = migrate_at(inbox_url(args.source, args.database))
    if args.json:
        print(json.dumps({"from": found, "to": VERSION}))
    elif found == VERSION:
        print(f"The inbox has schema {VERSION} already: there is nothing to do.")
    elif found:
        print(f"The inbox has been brought from schema {found} to {VERSION}.")
    else:
        print(f"The tables of an inbox have been made, with schema {VERSION}.")


def _report(args: argparse.Namespace, change: Change, words: str) -> None:
    if args.json:
        promoted = [submission.as_json() for submission in change.promoted]
        print(json.dumps({**change.submission.as_json(), "promoted": promoted}))
        return
    print(words)
    for submission in change.promoted:
        print(f"{submission.id} has moved up from the waitlist: it is new now")


def _wanted(args: argparse.Namespace) -> Filter:
    from sitegen.forms.inbox.opening import parse_since
    from sitegen.forms.inbox.store import Filter

    since = parse_since(args.since, datetime.now(UTC)) if args.since else None
    return Filter(args.form, tuple(args.state) if args.state else None, since)


def _show(what: RenderableType) -> None:
    """Print it as wide as the terminal is. Elsewhere nothing is cut or wrapped, unless `COLUMNS` says how wide."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else UNCUT
    console = Console(width=width, highlight=False, emoji=False)
    with console.capture() as text:
        console.print(what)
    print("\n".join(line.rstrip(" ") for line in text.get().splitlines()))


_ACTIONS: Mapping[str, Callable[[argparse.Namespace, Store], None]] = {
    "list": _list,
    "show": _show_one,
    "export": _export,
    "mark": _mark,
    "delete": _delete,
    "save": _save,
    "replay": _replay,
}
