"""`sitegen inbox person`: everything that is kept of one person, for them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.inbox.options import add_address, address_in
from sitegen.cli.inbox.printing import show_submissions
from sitegen.cli.inbox.private_files import write_privately
from sitegen.cli.inbox.stores import opened

if TYPE_CHECKING:
    from sitegen.forms.inbox.person import Traces
    from sitegen.forms.inbox.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Whose, and where to."""
    add_address(parser)
    parser.add_argument("--to", type=Path, metavar="DIR", help="write person.json and the files into this folder")


def run(args: argparse.Namespace) -> None:
    """Write it, or show it."""
    from sitegen.forms.inbox.records import records_of

    address = address_in(args)
    with opened(args) as store:
        if args.to is not None:
            paths = _write(store, address, args.to)
            print(json.dumps([str(path) for path in paths]) if args.json else "\n".join(map(str, paths)))
        elif args.json:
            print(json.dumps(records_of(store, address)))
        else:
            _print(store.traces_of(address))


def _write(store: Store, address: str, folder: Path) -> list[Path]:
    """The files, and what tells of them."""
    from sitegen.forms.inbox.records import records_of
    from sitegen.forms.inbox.saving import save_files

    records = records_of(store, address)
    paths: list[Path] = []
    for submission, record in zip(store.traces_of(address).theirs, records["submissions"], strict=True):
        written = save_files(submission, store.files_of(submission), store.content_of, folder)
        for file, path in zip(record["files"], written, strict=True):
            file["path"] = path.name
        paths += written
    main = folder / "person.json"
    folder.mkdir(parents=True, exist_ok=True)
    write_privately(main, [json.dumps(records, indent=1, ensure_ascii=False) + "\n"])
    return [main, *paths]


def _print(found: Traces) -> None:
    if found.theirs:
        show_submissions(found.theirs)
    else:
        print("No answer is of that address.")
    if found.mentions:
        print("It stands in these of others, too: " + " ".join(submission.id for submission in found.mentions))
