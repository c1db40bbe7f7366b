"""Options that every action has, the name of one answer, and of one person."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from sitegen.cli.options import DATABASE
from sitegen.errors import UsageError
from sitegen.forms.emails import is_email


def add_common(parser: argparse.ArgumentParser) -> None:
    """Options that may stand before the action and behind it: no defaults, so that one does not undo the other."""
    missing: dict[str, Any] = {"default": argparse.SUPPRESS}
    text = "the folder of the site (default: this one)"
    parser.add_argument("-s", "--source", type=Path, metavar="SOURCE", help=text, **missing)
    text = f"the inbox (default: ${DATABASE}, or SOURCE/.sitegen/inbox.db)"
    parser.add_argument("--database", metavar="URL", help=text, **missing)
    parser.add_argument("--json", action="store_true", help="for programs", **missing)


def set_common(parser: argparse.ArgumentParser) -> None:
    """What holds where `add_common`'s options stand nowhere."""
    parser.set_defaults(source=Path(), database=os.environ.get(DATABASE) or None, json=False)


def whole_number(text: str) -> int:
    """A number from 1 on, for argparse."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not number:
        raise argparse.ArgumentTypeError(f'"{text}" is no whole number from 1 on')
    return number


def add_id(parser: argparse.ArgumentParser) -> None:
    """Which answer is meant."""
    parser.add_argument("id", metavar="ID", help="the beginning of its id")


def add_address(parser: argparse.ArgumentParser) -> None:
    """Which person is meant."""
    parser.add_argument("address", metavar="ADDRESS", help="their address of e-mail")


def address_in(args: argparse.Namespace) -> str:
    """The address that was given. Raises `UsageError` for what is none."""
    address = str(args.address).strip()
    if not is_email(address):
        raise UsageError("that is no address of e-mail: write it as ada@example.org")
    return address
