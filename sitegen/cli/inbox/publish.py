"""`sitegen inbox publish`: what everybody may know of the calls, as a data file for the next build."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.cli.inbox.private_files import write_whole
from sitegen.cli.inbox.stores import opened
from sitegen.dates import now
from sitegen.errors import SitegenError, UsageError, did_you_mean

if TYPE_CHECKING:
    from sitegen.forms.description import Form
    from sitegen.forms.inbox.publishing import Published


FILE = Path("_data", "calls.json")  # where layouts find it
KEYS = {"taken", "waitlist", "members"}  # of an entry


def arguments(parser: argparse.ArgumentParser) -> None:
    """Of which calls, and where to."""
    parser.add_argument("--form", metavar="ID", help="of this call only: the others stay as they are in the file")
    parser.add_argument("--forms", type=Path, metavar="FILE", help="what `build --forms` wrote, instead of the sources")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help=f"default: SOURCE/{FILE.as_posix()}")
    parser.add_argument("--dry-run", action="store_true", help="print it, and write nothing")


def run(args: argparse.Namespace) -> None:
    """Write the file, unless it says the same already. Raises `SiteError`, `SitegenError`, `UsageError`."""
    path = _destination(args)
    before = _read(path)
    forms = _forms(args)
    found = _published(args, forms)
    kept = before if args.form is not None else {}
    entries = kept | {form: entry.as_json() for form, entry in found.items()}
    data = {form: entry for form, entry in sorted(entries.items()) if entry}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if args.dry_run:
        print(text, end="")
    else:
        written = _write(path, text)
        _tell(args, path, data, forms)
        if not args.json:
            read = args.source / FILE
            shown = "the next build shows it" if path.resolve() == read.resolve() else f"a build reads {read}"
            print(f"{path} {'is written' if written else 'says so already'}: {shown}.")
    for form, entry in found.items():
        if entry.left_out:
            words = "left out, whose name cannot be shown: it is empty, unreadable or with an address"
            print(f"warning: {form}: {entry.left_out} {words}", file=sys.stderr)


def warn_of_names(source: Path, forms: Iterable[str]) -> None:
    """Tell that members of these forms may be named on the site, though they were deleted."""
    try:
        entries = _read(source / FILE)
    except SitegenError:  # somebody else's, which names nobody of ours
        return
    if any(entries.get(form, {}).get("members") for form in forms):
        print("warning: the site may name them: run `sitegen inbox publish`, and build", file=sys.stderr)


def _destination(args: argparse.Namespace) -> Path:
    from sitegen.forms.inbox.destination import destination
    from sitegen.forms.inbox.opening import inbox_url

    wanted = args.source / FILE if args.output is None else args.output
    return destination(wanted, inbox_url(args.source, args.database))


def _forms(args: argparse.Namespace) -> dict[str, Form]:
    """The forms that sitegen's own receiver takes the answers to, by id."""
    from sitegen.forms.receiver.loading import load_exported, load_site

    site = load_site(args.source, now()) if args.forms is None else load_exported(args.forms, now())
    forms = {call.form.id: call.form for call in site.calls if not call.form.hosted}
    if args.form is None:
        return forms
    if args.form not in forms:
        raise UsageError(f'there is no call "{args.form}" here; {did_you_mean(args.form, forms) or "see `form:`"}')
    return {args.form: forms[args.form]}


def _published(args: argparse.Namespace, forms: Mapping[str, Form]) -> dict[str, Published]:
    from sitegen.forms.inbox.database import file_of
    from sitegen.forms.inbox.opening import inbox_url
    from sitegen.forms.inbox.publishing import published

    file = file_of(inbox_url(args.source, args.database))
    if file is not None and not file.exists():  # an empty one would take everybody off the page
        raise SitegenError(f"there is no inbox at {file}: run this where the answers arrive, or name it by --database")
    with opened(args) as store:
        return {form.id: published(store, form) for form in forms.values()}


def _read(path: Path) -> dict[str, Any]:
    """What the file says now; {} for none. Raises `SitegenError` for one that is not ours."""
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise _foreign(path) from error
    if isinstance(data, dict) and all(isinstance(entry, dict) and entry.keys() <= KEYS for entry in data.values()):
        return data
    raise _foreign(path)


def _foreign(path: Path) -> SitegenError:
    return SitegenError(f"{path} is not a file that this command wrote: move it away, or name another by -o")


def _write(path: Path, text: str) -> bool:
    """As a whole: a build that runs meanwhile reads all of the one or of the other. Whether it was needed."""
    try:
        if path.exists() and path.read_bytes() == text.encode():
            return False
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise SitegenError(f"{path} cannot be written: {error.strerror}") from error
    write_whole(path, [text])
    return True


def _tell(args: argparse.Namespace, path: Path, data: Mapping[str, Any], forms: Mapping[str, Form]) -> None:
    if args.json:
        print(json.dumps({"file": str(path), "calls": data}, ensure_ascii=False))
        return
    for form in sorted(forms.values(), key=lambda form: form.id):
        words = ", ".join(_words(form, data.get(form.id, {}))) or "nothing to show"
        print(f"{form.id}: {words}")


def _words(form: Form, entry: Mapping[str, Any]) -> Iterator[str]:
    if "taken" in entry:
        yield f"{entry['taken']} of {form.capacity} places taken, {entry['waitlist']} waiting"
    if form.members:
        yield f"{len(entry.get('members', ()))} named"
