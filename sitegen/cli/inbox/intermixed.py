"""A command line on which options may stand between words: `mark ID --json STATE`."""

from __future__ import annotations

import argparse
from typing import Any


def intermix(parser: argparse.ArgumentParser) -> None:
    """Let options of this command stand anywhere; argparse knows how, but not for a command of a command."""
    plainly = parser.parse_known_args

    def parse(args: Any = None, namespace: Any = None) -> tuple[argparse.Namespace, list[str]]:
        setattr(parser, "parse_known_args", plainly)  # noqa: B010 - what reads them calls it, too
        try:
            return parser.parse_known_intermixed_args(args, namespace)
        finally:
            setattr(parser, "parse_known_args", parse)  # noqa: B010

    setattr(parser, "parse_known_args", parse)  # noqa: B010
