"""`sitegen inbox password`: the hash of a password, that opens the inbox on the web."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
from getpass import getpass

from sitegen.errors import SitegenError
from sitegen.forms.gate.keys import PASSWORD
from sitegen.forms.gate.passwords import SALT_BYTES, hashed, wrong_with


def arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(args: argparse.Namespace) -> None:
    """Ask for a password, and print the line that `receive` wants in its environment. It is stored nowhere."""
    password = _asked() if sys.stdin.isatty() else _read()
    if wrong := wrong_with(password):
        raise SitegenError(wrong)
    text = str(hashed(password, secrets.token_bytes(SALT_BYTES)))
    if args.json:
        print(json.dumps({PASSWORD: text}))
        return
    print("In the environment of `sitegen receive` this opens the inbox to whoever knows it:", file=sys.stderr)
    print(f"{PASSWORD}={text}")


def _read() -> str:
    """The line that comes in. What is no UTF-8 becomes lone surrogates, whatever the machine's locale says of it."""
    return sys.stdin.buffer.readline().decode("utf-8", "surrogateescape").rstrip("\r\n")


def _asked() -> str:
    """The password, typed twice without being seen. Raises `SitegenError` if that was not the same."""
    try:
        password = getpass("A password for the inbox: ")
        again = getpass("Once more: ")
    except EOFError as error:
        raise SitegenError("no password was given") from error
    if password != again:
        raise SitegenError("that was not the same twice: try again")
    return password
