"""Options that several commands have."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_source(parser: argparse.ArgumentParser) -> None:
    """`-s SOURCE`: the folder of the site."""
    parser.add_argument(
        "-s",
        "--source",
        type=Path,
        default=Path(),
        metavar="SOURCE",
        help="the folder of the site (default: this one)",
    )


def add_drafts(parser: argparse.ArgumentParser) -> None:
    """`--drafts` and `--future`."""
    parser.add_argument("--drafts", action="store_true", help="build drafts, too")
    parser.add_argument("--future", action="store_true", help="build posts whose date is yet to come, too")
