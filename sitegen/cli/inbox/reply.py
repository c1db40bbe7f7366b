"""`sitegen inbox reply`: the mail program begins a letter to those who answered."""

from __future__ import annotations

import argparse
import json
import os
import sys
import webbrowser
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sitegen.cli.inbox.stores import opened
from sitegen.errors import SitegenError
from sitegen.forms.emails import address_of, mailto

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Terms
    from sitegen.forms.submission import Submission


def arguments(parser: argparse.ArgumentParser) -> None:
    """To whom, and what else."""
    parser.add_argument(
        "ids", nargs="+", metavar="ID", help="the beginnings of their ids; several do not see each other"
    )
    parser.add_argument("--print", action="store_true", help="print the mailto: address, and open nothing")
    parser.add_argument("--mark", action="store_true", help="mark those that are new as contacted")


def run(args: argparse.Namespace) -> None:
    """Open the mail program where there is one, or print the address. Raises `SitegenError` where nobody gave one."""
    with opened(args) as store:
        asked = tuple({one.id: one for one in map(store.find, args.ids)}.values())
        reached = [one for one in asked if address_of(one.answers)]
        if not reached:
            raise SitegenError("there is nobody to write to: no e-mail address was given")
        letter = mailto(_addresses(reached), _subject(reached, store.forms()))
        marked = store.mark_all(_new(reached) if args.mark else (), "contacted").submissions
    if args.json:
        lists = {"submissions": [one.id for one in reached], "marked": [one.id for one in marked]}
        print(json.dumps({"mailto": letter, **lists}))
        return
    if args.print or not _opens(letter):
        print(letter)
    _tell(asked, reached, marked)


def _addresses(reached: Sequence[Submission]) -> list[str]:
    return list(dict.fromkeys(address_of(one.answers) for one in reached))


def _subject(reached: Sequence[Submission], forms: Mapping[str, Terms]) -> str:
    """The title of the call, where all answered the same one: no words of a visitor."""
    named = {one.form for one in reached}
    form = named.pop() if len(named) == 1 else ""
    title = forms[form].title if form in forms else ""
    return f"Re: {title or form}" if form else ""


def _new(reached: Sequence[Submission]) -> list[str]:
    return [one.id for one in reached if one.state == "new"]


def _opens(letter: str) -> bool:
    """Whether a mail program was begun: only where somebody looks at a terminal, and at a screen."""
    display = sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(sys.stdout.isatty() and display) and webbrowser.open(letter)


def _tell(asked: Sequence[Submission], reached: Sequence[Submission], marked: Sequence[Submission]) -> None:
    """What is not in the letter goes to the other stream: the address may be on its way to another program."""
    for one in asked:
        if one not in reached:
            print(f"{one.id} gave no e-mail address", file=sys.stderr)
    for one in marked:
        print(f"{one.id} is contacted now", file=sys.stderr)
