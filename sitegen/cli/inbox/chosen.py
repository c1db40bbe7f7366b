"""Which answers an action is for: `ID ID`, or `--form chicago --status spam --all`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from sitegen.cli.inbox.filters import UNFILTERED, add_filters, none_like_that, wanted
from sitegen.cli.inbox.printing import show, show_submissions
from sitegen.cli.inbox.questions import is_sure
from sitegen.errors import SitegenError, UsageError

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Store
    from sitegen.forms.submission import Submission

SHOWN = 10  # answers that are shown before a question


@dataclass(frozen=True)
class Chosen:
    """The ids, and the first of the submissions."""

    ids: tuple[str, ...]
    first: tuple[Submission, ...]

    def __str__(self) -> str:
        return self.ids[0] if len(self.ids) == 1 else f"{len(self.ids):,} submissions"


def add_chosen(parser: argparse.ArgumentParser) -> None:
    """The options that `chosen` reads."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="the beginnings of their ids")
    add_filters(parser)
    parser.add_argument("--all", action="store_true", help="all that the filters let through, instead of ids")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def chosen(args: argparse.Namespace, store: Store) -> Chosen:
    """The answers that are meant. Raises `NotFound`, `UsageError` where that is not clear, `SitegenError` for none."""
    filtered = any(getattr(args, name) for name in UNFILTERED)
    if args.ids and (args.all or filtered):
        raise UsageError("name ids, or filters with --all, and not both")
    if args.ids:
        return _named(args.ids, store)
    if not args.all:
        raise UsageError("which? Name ids, or say --all behind filters such as --status spam")
    return _filtered(args, store)


def agreed(args: argparse.Namespace, those: Chosen, store: Store, question: str) -> bool:
    """Whether it is meant: they are shown first. Raises `UsageError` where nobody can be asked."""
    if args.yes:
        return True
    if args.json or not sys.stdin.isatty():
        raise UsageError(f"{question} Say so with --yes")
    if len(those.ids) == 1:
        _show_one(those.first[0], store)
    else:
        _show_some(those)
    return is_sure(f"\n{question} [y/N] ")


def _named(starts: Sequence[str], store: Store) -> Chosen:
    found = {one.id: one for one in map(store.find, starts)}
    return Chosen(tuple(found), tuple(islice(found.values(), SHOWN)))


def _filtered(args: argparse.Namespace, store: Store) -> Chosen:
    submissions = store.each(wanted(args))
    first = tuple(islice(submissions, SHOWN))
    ids = [one.id for one in first] + [one.id for one in submissions]
    if not ids:
        raise SitegenError(none_like_that(args, store))
    return Chosen(tuple(ids), first)


def _show_one(submission: Submission, store: Store) -> None:
    from sitegen.forms.inbox.display import details

    show(details(submission, store.files_of(submission)))


def _show_some(those: Chosen) -> None:
    show_submissions(those.first)
    if len(those.ids) > len(those.first):
        print(f"… and {len(those.ids) - len(those.first):,} more")
